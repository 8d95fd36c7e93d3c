package dev.vitrine.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.storage.DatabaseState;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever has a storefront's key can make up visits without end: what they take of the memory is bounded. */
class VisitsTest {
    private static final int LONG = 500;

    private final VisitConfig config = Shop.config(500, 1);
    private final Catalog catalog = Shop.catalog();
    private final Clock clock = Clock.fixed(Shop.NOON, ZoneOffset.UTC);
    private final Visits visits = new Visits(
            catalog,
            new Shoppers(null, null, new DatabaseState(null, clock), catalog, config, task -> {}),
            config,
            clock);

    private static List<Event> searches(String visit) {
        return IntStream.range(0, 100)
                .mapToObj(i -> Event.builder(visit + i, EventType.SEARCH, Shop.NOON)
                        .visit(visit)
                        .query("字".repeat(LONG))
                        .build())
                .toList();
    }

    private boolean knows(String visit) {
        return !visits.snapshot(
                        new VisitContext(visit, null, null, Set.of(), Circumstances.UNKNOWN, Set.of()),
                        List.of(),
                        Shop.NOON)
                .visit()
                .equals(Visit.JUST_BEGUN);
    }

    @Test
    void visitsWithLongTextsGiveWayToOthersBeforeTheMemoryIsFull() {
        int made = 2_000;
        for (int i = 0; i < made; i++) {
            visits.apply(searches("visit-" + i));
        }
        long known = IntStream.range(0, made).filter(i -> knows("visit-" + i)).count();
        long bytesOfOne = 100L * 2 * LONG;
        assertThat(known).isPositive().isLessThan(config.maxBytes().asLongValue() / bytesOfOne);
    }

    @Test
    void asManyOrdinaryVisitsAsTheSettingSaysAreKept() {
        int made = config.visitsMax();
        for (int i = 0; i < made; i++) {
            visits.apply(List.of(Event.builder("e-" + i, EventType.SEARCH, Shop.NOON)
                    .visit("visit-" + i)
                    .query("mats")
                    .build()));
        }
        assertThat(IntStream.range(0, made).filter(i -> knows("visit-" + i)).count())
                .isEqualTo(made);
    }
}
