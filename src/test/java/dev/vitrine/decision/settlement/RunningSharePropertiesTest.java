package dev.vitrine.decision.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.ShopSettings;
import dev.vitrine.decision.Ware;
import dev.vitrine.decision.share.ShareCount;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Shares;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** A day of lists, in which some make up for what others cannot deliver. */
class RunningSharePropertiesTest {
    private static final Instant MORNING = Instant.parse("2026-11-22T06:00:00Z");
    private static final int LISTS = 300;
    private static final double SHARE = 0.3;

    private static List<Candidate> candidates(int core) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            candidates.add(ware("a" + i, i).candidate());
        }
        for (int i = 1; i <= core; i++) {
            candidates.add(ware("core" + i, 20 + i).tags("core").candidate());
        }
        return candidates;
    }

    private static Ware ware(String sku, int rank) {
        return Ware.ware(sku, rank, 100 - rank);
    }

    private static int core(SettlementResult settled) {
        return (int) settled.places().stream()
                .filter(place -> place.candidate().tagged("core"))
                .count();
    }

    /** Half of the pages have hardly any core products, and the model ranks those last. */
    @Property(tries = 50)
    void aShareOverTheDayIsReachedAndNoListIsFlooded(@ForAll long seed) {
        Random random = new Random(seed);
        ShareLedger ledger = new ShareLedger(ShopSettings.zone("UTC"), new SimpleMeterRegistry());
        int poor = 0;
        int below = 0;
        long places = 0;
        long delivered = 0;
        for (int i = 0; i < LISTS; i++) {
            boolean rich = random.nextBoolean();
            int limit = 4 + random.nextInt(9);
            Instant at = MORNING.plusSeconds(60L * i);
            SettlementResult settled = Settlement.settle(
                    candidates(rich ? 12 : 1 + random.nextInt(2)),
                    List.of(new Proposal.Guarantee("r", Shares.overTheDay(SHARE), Groups.taggedWith("core"))),
                    limit,
                    seed,
                    ledger.running("home-page", at),
                    () -> false);
            ledger.count("home-page", at, settled.kept());
            int core = core(settled);
            places += limit;
            delivered += core;
            poor += rich ? 0 : 1;
            below += core < SHARE * limit ? 1 : 0;
            assertThat(core).isLessThanOrEqualTo(2 * (int) Math.ceil(SHARE * limit - 1e-9));
        }
        assertThat(ledger.counted().stream().mapToLong(ShareCount::delivered).sum())
                .isEqualTo(delivered);
        double reached = (double) delivered / places;
        // after the last list less than two lists are missing
        assertThat(reached).isBetween(SHARE - 0.015, SHARE + 0.015);
        assertThat(below).isGreaterThan(poor / 2);
    }

    /** Where every list can deliver, each does, and no more than rounding up asks for. */
    @Property(tries = 20)
    void aShareThatEachListCanDeliverIsNeverBehind(@ForAll long seed) {
        Random random = new Random(seed);
        ShareLedger ledger = new ShareLedger(ShopSettings.zone("UTC"), new SimpleMeterRegistry());
        long places = 0;
        long delivered = 0;
        for (int i = 0; i < LISTS; i++) {
            int limit = 1 + random.nextInt(12);
            Instant at = MORNING.plusSeconds(60L * i);
            SettlementResult settled = Settlement.settle(
                    candidates(12),
                    List.of(new Proposal.Guarantee("r", Shares.overTheDay(SHARE), Groups.taggedWith("core"))),
                    limit,
                    seed,
                    ledger.running("home-page", at),
                    () -> false);
            ledger.count("home-page", at, settled.kept());
            places += limit;
            delivered += core(settled);
            assertThat((double) delivered).isGreaterThanOrEqualTo(SHARE * places - 1e-6);
            assertThat((double) delivered).isLessThan(SHARE * places + 1);
        }
    }

    /** A cap over the day allows one list more than its share where others had less. */
    @Property(tries = 20)
    void aCapOverTheDayIsNeverBroken(@ForAll long seed) {
        Random random = new Random(seed);
        ShareLedger ledger = new ShareLedger(ShopSettings.zone("UTC"), new SimpleMeterRegistry());
        long places = 0;
        long delivered = 0;
        boolean more = false;
        for (int i = 0; i < LISTS; i++) {
            // the model ranks them first, where there are any
            int liked = random.nextBoolean() ? 10 : 0;
            List<Candidate> candidates = new ArrayList<>();
            for (int j = 1; j <= 30; j++) {
                candidates.add(
                        ware("c" + j, j).tags(j <= liked ? "core" : "other").candidate());
            }
            Instant at = MORNING.plusSeconds(60L * i);
            SettlementResult settled = Settlement.settle(
                    candidates,
                    List.of(new Proposal.Cap("r", Shares.overTheDay(SHARE), Groups.taggedWith("core"))),
                    10,
                    seed,
                    ledger.running("home-page", at),
                    () -> false);
            ledger.count("home-page", at, settled.kept());
            places += 10;
            delivered += core(settled);
            more |= core(settled) > 3;
            assertThat((double) delivered).isLessThanOrEqualTo(SHARE * places + 1e-6);
        }
        assertThat(more).isTrue();
    }
}
