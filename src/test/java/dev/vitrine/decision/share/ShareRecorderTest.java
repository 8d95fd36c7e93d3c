package dev.vitrine.decision.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.catalog.ShopSettings;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Share;
import dev.vitrine.merchandising.Share.Window;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several starts of several instances on one database. */
@QuarkusTest
@WithTestResource(QuietService.class)
class ShareRecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-22T11:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(1800), ZoneOffset.UTC);

    @Inject
    ShareRepository repository;

    @Inject
    Transactions transactions;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    /** One start of one instance. */
    private final class Run {
        private final ShareLedger ledger =
                new ShareLedger(ShopSettings.zone("Europe/Berlin"), new SimpleMeterRegistry());
        private final DatabaseState state = new DatabaseState(database, CLOCK);
        private final ShareRecorder recorder;

        Run(String instance, boolean withDatabase) {
            recorder = new ShareRecorder(
                    ledger, repository, new Transactions(state), CLOCK, new Instance(Optional.ofNullable(instance)));
            if (!withDatabase) {
                databaseAway();
            }
            recorder.start(null);
        }

        Run shows(Instant at, int places, int delivered) {
            ledger.count(
                    "home-page",
                    at,
                    List.of(new Kept(
                            "r",
                            "core",
                            Kept.GUARANTEE,
                            new Share(0.3, Window.DAY),
                            places,
                            delivered,
                            Missing.NOTHING)));
            return this;
        }

        Count day() {
            return ledger.running("home-page", CLOCK.instant())
                    .of(Groups.taggedWith("core"), Kept.GUARANTEE, Window.DAY);
        }

        void databaseAway() {
            state.failed(new SQLException("gone", "08006"));
        }

        void databaseBack() {
            state.probe();
            recorder.record();
        }
    }

    private Run start(String instance) {
        return new Run(instance, true);
    }

    @BeforeEach
    void nothingStored() {
        sql.run("truncate share");
    }

    private List<ShareCount> stored(List<Instant> days) {
        return transactions.call(() -> repository.sums(new ShareRepository.Selection(
                null, null, NOON.minus(Duration.ofDays(3)), NOON.plus(Duration.ofDays(3)), days, "none", NOON, 10)));
    }

    @Test
    void aRestartDoesNotForgetTheDay() {
        Run first =
                start("shop-1").shows(NOON.minus(Duration.ofHours(2)), 10, 1).shows(NOON, 10, 2);
        first.recorder.stop(null);
        Run second = start("shop-1");
        assertThat(second.day()).isEqualTo(new Count(20, 3));
        second.shows(NOON, 10, 6);
        assertThat(second.day()).isEqualTo(new Count(30, 9));
        second.recorder.record();
        Run third = start("shop-1");
        assertThat(third.day()).isEqualTo(new Count(30, 9));
        assertThat(stored(null))
                .extracting(ShareCount::at, ShareCount::places, ShareCount::delivered)
                .containsExactly(tuple(NOON, 20L, 8L), tuple(NOON.minus(Duration.ofHours(2)), 10L, 1L));
    }

    @Test
    void yesterdayIsNotRestored() {
        start("shop-1")
                .shows(Instant.parse("2026-11-21T22:59:00Z"), 10, 9)
                .shows(Instant.parse("2026-11-21T23:00:00Z"), 10, 1)
                .recorder
                .record();
        assertThat(start("shop-1").day()).isEqualTo(new Count(10, 1));
    }

    @Test
    void instancesNeitherOverwriteNorRestoreEachOther() {
        Run one = start("shop-1").shows(NOON, 10, 1);
        Run other = start("shop-2").shows(NOON, 10, 2);
        // two on one host have the same name
        Run same = start("shop-2").shows(NOON, 10, 4);
        for (Run run : List.of(one, other, same, one, other, same)) {
            run.recorder.record();
        }
        assertThat(one.day()).isEqualTo(new Count(10, 1));
        assertThat(stored(null))
                .extracting(ShareCount::lists, ShareCount::places, ShareCount::promised, ShareCount::delivered)
                .containsExactly(tuple(3L, 30L, 9.0, 7L));
    }

    @Test
    void writingTwiceCountsOnce() {
        Run run = start("shop-1").shows(NOON, 10, 1);
        run.recorder.record();
        run.recorder.record();
        run.shows(NOON, 10, 2).recorder.record();
        assertThat(stored(null)).extracting(ShareCount::lists).containsExactly(2L);
        assertThat(run.ledger.unwritten()).isEmpty();
    }

    @Test
    void countsMadeWithTheDatabaseAwayAreWrittenWhenItIsBack() {
        Run run = start("shop-1").shows(NOON, 10, 1);
        run.databaseAway();
        run.recorder.record();
        assertThat(run.state.up()).isFalse();
        run.shows(NOON, 10, 2).recorder.record();
        assertThat(run.day()).isEqualTo(new Count(20, 3));
        assertThat(stored(null)).isEmpty();
        run.databaseBack();
        assertThat(stored(null)).extracting(ShareCount::places).containsExactly(20L);
    }

    @Test
    void aLineThatTheDatabaseRejectsCostsNoOther() {
        Run run = start("shop-1").shows(NOON, 10, 1);
        run.ledger.count(
                "home-page",
                NOON,
                List.of(new Kept("r", "no\u0000ne", Kept.CAP, new Share(0.3, Window.LIST), 10, 1, Missing.NOTHING)));
        run.recorder.record();
        assertThat(stored(null)).extracting(ShareCount::group).containsExactly("core");
        assertThat(run.ledger.unwritten()).isEmpty();
    }

    @Test
    void hoursAreSummedToDays() {
        Instant midnight = Instant.parse("2026-11-21T23:00:00Z");
        start("shop-1")
                .shows(midnight.minusSeconds(1), 10, 1)
                .shows(midnight, 10, 2)
                .shows(NOON, 10, 4)
                .recorder
                .record();
        assertThat(stored(List.of(midnight.minus(Duration.ofDays(1)), midnight)))
                .extracting(ShareCount::at, ShareCount::places, ShareCount::delivered)
                .containsExactly(tuple(midnight, 20L, 6L), tuple(midnight.minus(Duration.ofDays(1)), 10L, 1L));
    }

    @Test
    void anInstanceWithoutANameHasTheNameOfItsHost() {
        start(null).shows(NOON, 10, 1).recorder.record();
        assertThat(start(null).day()).isEqualTo(new Count(10, 1));
    }

    @Test
    void aStartWithoutADatabaseRestoresTheDayOnceItIsThere() {
        start("shop-1").shows(NOON, 10, 1).recorder.record();
        Run second = new Run("shop-1", false).shows(NOON, 10, 2);
        second.recorder.record();
        assertThat(second.day()).isEqualTo(new Count(10, 2));
        second.databaseBack();
        assertThat(second.day()).isEqualTo(new Count(20, 3));
        assertThat(stored(null)).extracting(ShareCount::places).containsExactly(20L);
    }
}
