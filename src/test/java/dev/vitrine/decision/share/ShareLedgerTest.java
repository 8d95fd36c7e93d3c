package dev.vitrine.decision.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.catalog.ShopSettings;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Share;
import dev.vitrine.merchandising.Share.Window;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ShareLedgerTest {
    private static final Group CORE = Groups.taggedWith("core");
    /** Midday of a day with 25 hours, in Berlin. */
    private static final Instant NOON = Instant.parse("2026-10-25T11:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ShareLedger ledger = in("Europe/Berlin");

    private ShareLedger in(String zone) {
        return new ShareLedger(ShopSettings.zone(zone), meters);
    }

    private static Kept kept(String verb, double share, Window over, int places, int delivered) {
        return new Kept("a rule", "core", verb, new Share(share, over), places, delivered, Missing.NOTHING);
    }

    private static Kept overTheDay(int places, int delivered) {
        return kept(Kept.GUARANTEE, 0.3, Window.DAY, places, delivered);
    }

    private static Kept overTheHour(int places, int delivered) {
        return kept(Kept.GUARANTEE, 0.3, Window.HOUR, places, delivered);
    }

    private void shown(String at, Kept... kept) {
        ledger.count("home-page", Instant.parse(at), List.of(kept));
    }

    private static Count running(ShareLedger ledger, String at, Window window) {
        return ledger.running("home-page", Instant.parse(at)).of(CORE, Kept.GUARANTEE, window);
    }

    private Count hour(String at) {
        return running(ledger, at, Window.HOUR);
    }

    private Count day(String at) {
        return running(ledger, at, Window.DAY);
    }

    @Test
    void theHourIsTheFullHourOnTheClock() {
        shown("2026-11-20T09:59:59Z", overTheHour(10, 1));
        shown("2026-11-20T10:00:00Z", overTheHour(10, 2));
        shown("2026-11-20T10:40:00Z", overTheHour(10, 4));
        assertThat(hour("2026-11-20T10:59:59Z")).isEqualTo(new Count(20, 6));
        assertThat(hour("2026-11-20T11:00:00Z")).isEqualTo(Count.NOTHING);
    }

    @Test
    void theHourIsTheShopsInATimeZoneWithHalfHours() {
        ShareLedger kolkata = in("Asia/Kolkata");
        // 15:20 and 15:40 in Kolkata
        kolkata.count("home-page", Instant.parse("2026-11-20T09:50:00Z"), List.of(overTheHour(10, 1)));
        kolkata.count("home-page", Instant.parse("2026-11-20T10:10:00Z"), List.of(overTheHour(10, 2)));
        assertThat(running(kolkata, "2026-11-20T10:29:00Z", Window.HOUR)).isEqualTo(new Count(20, 3));
        assertThat(running(kolkata, "2026-11-20T10:30:00Z", Window.HOUR)).isEqualTo(Count.NOTHING);
    }

    @Test
    void theDayBeginsAtTheShopsMidnight() {
        shown("2026-11-20T22:59:00Z", overTheDay(10, 9));
        shown("2026-11-20T23:00:00Z", overTheDay(10, 2));
        shown("2026-11-21T12:00:00Z", overTheDay(10, 3));
        assertThat(day("2026-11-20T22:59:59Z")).isEqualTo(new Count(10, 9));
        assertThat(day("2026-11-21T22:59:59Z")).isEqualTo(new Count(20, 5));
        assertThat(day("2026-11-21T23:00:00Z")).isEqualTo(Count.NOTHING);
    }

    @Test
    void theDayOnWhichClocksGoBackHas25Hours() {
        Instant midnight = Instant.parse("2026-10-24T22:00:00Z");
        for (int i = 0; i < 25; i++) {
            shown(midnight.plus(Duration.ofHours(i)).plusSeconds(60).toString(), overTheDay(1, 1));
        }
        assertThat(day("2026-10-25T22:59:59Z")).isEqualTo(new Count(25, 25));
        assertThat(day("2026-10-25T23:00:00Z")).isEqualTo(Count.NOTHING);
        assertThat(ledger.counted()).hasSize(25);
    }

    @Test
    void theRepeatedHourInAutumnCountsAsTwo() {
        shown("2026-10-25T00:30:00Z", overTheHour(10, 1));
        assertThat(hour("2026-10-25T00:59:00Z")).isEqualTo(new Count(10, 1));
        assertThat(hour("2026-10-25T01:30:00Z")).isEqualTo(Count.NOTHING);
    }

    @Test
    void theDayOnWhichClocksGoForwardHas23Hours() {
        shown("2026-03-28T22:59:00Z", overTheDay(10, 9));
        shown("2026-03-28T23:00:00Z", overTheDay(10, 1));
        shown("2026-03-29T21:59:00Z", overTheDay(10, 2));
        assertThat(day("2026-03-29T21:59:59Z")).isEqualTo(new Count(20, 3));
        assertThat(day("2026-03-29T22:00:00Z")).isEqualTo(Count.NOTHING);
    }

    @Test
    void placementsVerbsAndWindowsAreCountedSeparately() {
        ledger.count("home-page", NOON, List.of(overTheDay(10, 3)));
        ledger.count("cart", NOON, List.of(overTheDay(4, 1)));
        ledger.count("home-page", NOON, List.of(kept(Kept.CAP, 0.5, Window.DAY, 8, 2)));
        ledger.count("home-page", NOON, List.of(kept(Kept.GUARANTEE, 0.1, Window.LIST, 6, 1)));
        RunningShares running = ledger.running("home-page", NOON);
        assertThat(running.of(CORE, Kept.GUARANTEE, Window.DAY)).isEqualTo(new Count(10, 3));
        assertThat(running.of(CORE, Kept.CAP, Window.DAY)).isEqualTo(new Count(8, 2));
        assertThat(running.of(CORE, Kept.GUARANTEE, Window.HOUR)).isEqualTo(Count.NOTHING);
        assertThat(running.of(CORE, Kept.GUARANTEE, Window.LIST)).isEqualTo(Count.NOTHING);
        assertThat(running.of(Groups.ofBrand("core"), Kept.GUARANTEE, Window.DAY))
                .isEqualTo(Count.NOTHING);
    }

    @Test
    void rulesForTheSameGroupCountAListOnceWithTheStricterShare() {
        ledger.count(
                "home-page",
                NOON,
                List.of(
                        kept(Kept.CAP, 0.5, Window.LIST, 10, 3),
                        kept(Kept.CAP, 0.2, Window.LIST, 10, 3),
                        kept(Kept.GUARANTEE, 0.1, Window.LIST, 10, 3),
                        kept(Kept.GUARANTEE, 0.4, Window.LIST, 10, 3)));
        assertThat(ledger.counted())
                .allMatch(count -> count.lists() == 1 && count.places() == 10 && count.delivered() == 3)
                .extracting(ShareCount::verb, ShareCount::promised)
                .containsExactlyInAnyOrder(tuple("cap", 2.0), tuple("guarantee", 4.0));
    }

    @Test
    void runningSharesDoNotChangeDuringADecision() {
        RunningShares running = ledger.running("home-page", NOON);
        assertThat(running.of(CORE, Kept.GUARANTEE, Window.DAY)).isEqualTo(Count.NOTHING);
        ledger.count("home-page", NOON, List.of(overTheDay(10, 3)));
        assertThat(running.of(CORE, Kept.GUARANTEE, Window.DAY)).isEqualTo(Count.NOTHING);
    }

    @Test
    void oldHoursAreForgotten() {
        shown("2026-10-23T10:59:00Z", overTheDay(10, 3));
        shown("2026-10-23T11:59:00Z", overTheDay(10, 3));
        assertThat(ledger.forget(NOON)).isEqualTo(1);
        assertThat(ledger.counted()).extracting(ShareCount::at).containsExactly(Instant.parse("2026-10-23T11:00:00Z"));
    }

    @Test
    void madeUpGroupsDoNotFillTheMemory() {
        for (int i = 0; i < ShareLedger.LINES_AN_HOUR + 50; i++) {
            ledger.count(
                    "home-page",
                    NOON,
                    List.of(new Kept(
                            "r", "brand " + i, Kept.CAP, new Share(0.5, Window.LIST), 10, 1, Missing.NOTHING)));
        }
        ledger.count(
                "home-page",
                NOON,
                List.of(new Kept("r", "brand 0", Kept.CAP, new Share(0.5, Window.LIST), 10, 1, Missing.NOTHING)));
        assertThat(ledger.counted()).hasSize(ShareLedger.LINES_AN_HOUR);
        assertThat(ledger.counted().stream().mapToLong(ShareCount::lists).sum())
                .isEqualTo(ShareLedger.LINES_AN_HOUR + 1);
        assertThat(meters.counter("vitrine.shares.uncounted").count()).isEqualTo(50);
    }

    @Test
    void concurrentCountsAreAllKept() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> counting = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            counting.add(threads.submit(() -> {
                for (int i = 0; i < 5000; i++) {
                    ledger.count("home-page", NOON, List.of(overTheDay(10, 3)));
                }
            }));
        }
        for (Future<?> one : counting) {
            one.get();
        }
        threads.shutdown();
        assertThat(ledger.counted()).singleElement().satisfies(count -> {
            assertThat(count.lists()).isEqualTo(40_000);
            assertThat(count.places()).isEqualTo(400_000);
            assertThat(count.promised()).isEqualTo(120_000, within(0.01));
            assertThat(count.delivered()).isEqualTo(120_000);
        });
    }
}
