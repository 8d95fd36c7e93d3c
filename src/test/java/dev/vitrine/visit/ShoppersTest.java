package dev.vitrine.visit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.DatabaseState;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever has a storefront's key can make up shoppers without end: what they take of the memory is bounded. */
class ShoppersTest {
    private static final int LONG = 200;

    private final VisitConfig config = Shop.config(500, 1);
    private final Catalog catalog = Shop.catalog();
    private final Clock clock = Clock.fixed(Shop.NOON, ZoneOffset.UTC);
    private final Shoppers shoppers =
            new Shoppers(null, null, new DatabaseState(null, clock), catalog, config, task -> {});

    private ShopperHistory looksInto(String shopper, int categories, String prefix) {
        ShopperHistory history = ShopperHistory.blank(shopper);
        for (int i = 0; i < categories; i++) {
            history = history.with(
                    Event.builder(shopper + i, EventType.CATEGORY, Shop.NOON)
                            .visit("visit of " + shopper)
                            .shopper(shopper)
                            .category(prefix + i)
                            .build(),
                    catalog,
                    config);
        }
        return history;
    }

    private long known(int made) {
        return IntStream.range(0, made)
                .filter(i -> shoppers.of("shopper-" + i).visits() > 0)
                .count();
    }

    @Test
    void shoppersWithLongTextsGiveWayToOthersBeforeTheMemoryIsFull() {
        int made = config.shoppersMax();
        for (int i = 0; i < made; i++) {
            shoppers.stored(List.of(looksInto("shopper-" + i, 20, "字".repeat(LONG))));
        }
        long bytesOfOne = 20L * 2 * LONG;
        assertThat(known(made))
                .isPositive()
                .isLessThan(config.shoppersMaxBytes().asLongValue() / bytesOfOne);
    }

    @Test
    void asManyOrdinaryShoppersAsTheSettingSaysAreKept() {
        int made = config.shoppersMax();
        for (int i = 0; i < made; i++) {
            shoppers.stored(List.of(looksInto("shopper-" + i, 1, "home/")));
        }
        assertThat(known(made)).isEqualTo(made);
    }
}
