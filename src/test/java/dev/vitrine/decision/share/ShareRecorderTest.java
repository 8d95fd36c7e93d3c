package dev.vitrine.decision.share;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.Settings;
import dev.vitrine.decision.settlement.RunningShares.Count;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Share;
import dev.vitrine.merchandising.Share.Window;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Instance;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Vitrines that start, write and go, on one database. */
class ShareRecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-22T11:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(1800), ZoneOffset.UTC);
    private static final DecisionConfig CONFIG = Settings.zone("Europe/Berlin");
    private static final PGSimpleDataSource DATABASE = new PGSimpleDataSource();
    private static EmbeddedPostgres postgres;
    private static String url;

    /** One start of one instance. */
    private static final class Run {
        private final ShareLedger ledger = new ShareLedger(CONFIG, new SimpleMeterRegistry());
        private final PGSimpleDataSource database = new PGSimpleDataSource();
        private final DatabaseState state = new DatabaseState(database, CLOCK);
        private final ShareRecorder recorder;

        Run(String instance) {
            database.setUrl(url);
            recorder = new ShareRecorder(
                    ledger,
                    new ShareRepository(database),
                    state,
                    CONFIG,
                    CLOCK,
                    new Instance(Optional.ofNullable(instance)));
            recorder.start(null);
        }

        Run shows(Instant at, int places, int delivered) {
            ledger.count(
                    "home-page",
                    at,
                    List.of(new Kept("r", "core", Kept.GUARANTEE, new Share(0.3, Window.DAY), places, delivered)));
            return this;
        }

        Count day() {
            return ledger.running("home-page", CLOCK.instant())
                    .of(Groups.taggedWith("core"), Kept.GUARANTEE, Window.DAY);
        }

        void databaseAway() throws SQLException {
            // nobody listens on the port for "discard"
            database.setUrl("jdbc:postgresql://localhost:9/postgres");
            recorder.record();
            assertThat(state.up()).isFalse();
        }

        void databaseBack() {
            database.setUrl(url);
            state.probe();
            recorder.record();
        }
    }

    @BeforeAll
    static void startDatabase() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        url = postgres.getJdbcUrl("postgres", "postgres");
        DATABASE.setUrl(url);
        Flyway.configure().dataSource(DATABASE).load().migrate();
    }

    @AfterAll
    static void stopDatabase() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void nothingStored() throws SQLException {
        try (Connection connection = DATABASE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate share");
        }
    }

    private static List<ShareCount> stored(List<Instant> days) throws SQLException {
        return new ShareRepository(DATABASE)
                .told(new ShareRepository.Question(
                        null,
                        null,
                        NOON.minus(Duration.ofDays(3)),
                        NOON.plus(Duration.ofDays(3)),
                        days,
                        "none",
                        NOON,
                        10));
    }

    @Test
    void aRestartDoesNotForgetTheDay() throws SQLException {
        Run first =
                new Run("shop-1").shows(NOON.minus(Duration.ofHours(2)), 10, 1).shows(NOON, 10, 2);
        first.recorder.stop(null);
        Run second = new Run("shop-1");
        assertThat(second.day()).isEqualTo(new Count(20, 3));
        second.shows(NOON, 10, 6);
        assertThat(second.day()).isEqualTo(new Count(30, 9));
        second.recorder.record();
        Run third = new Run("shop-1");
        assertThat(third.day()).isEqualTo(new Count(30, 9));
        assertThat(stored(null))
                .extracting(ShareCount::at, ShareCount::places, ShareCount::delivered)
                .containsExactly(tuple(NOON, 20L, 8L), tuple(NOON.minus(Duration.ofHours(2)), 10L, 1L));
    }

    @Test
    void yesterdayIsNotTakenUp() {
        new Run("shop-1")
                .shows(Instant.parse("2026-11-21T22:59:00Z"), 10, 9)
                .shows(Instant.parse("2026-11-21T23:00:00Z"), 10, 1)
                .recorder
                .record();
        assertThat(new Run("shop-1").day()).isEqualTo(new Count(10, 1));
    }

    @Test
    void instancesNeitherOverwriteNorTakeUpEachOther() throws SQLException {
        Run one = new Run("shop-1").shows(NOON, 10, 1);
        Run other = new Run("shop-2").shows(NOON, 10, 2);
        // of the same name, as two on one host are
        Run same = new Run("shop-2").shows(NOON, 10, 4);
        for (Run run : List.of(one, other, same, one, other, same)) {
            run.recorder.record();
        }
        assertThat(one.day()).isEqualTo(new Count(10, 1));
        assertThat(stored(null))
                .extracting(ShareCount::lists, ShareCount::places, ShareCount::promised, ShareCount::delivered)
                .containsExactly(tuple(3L, 30L, 9.0, 7L));
    }

    @Test
    void writingTwiceCountsOnce() throws SQLException {
        Run run = new Run("shop-1").shows(NOON, 10, 1);
        run.recorder.record();
        run.recorder.record();
        run.shows(NOON, 10, 2).recorder.record();
        assertThat(stored(null)).extracting(ShareCount::lists).containsExactly(2L);
        assertThat(run.ledger.unwritten()).isEmpty();
    }

    @Test
    void withTheDatabaseAwayCountsGoOnAndAreWrittenWhenItIsBack() throws SQLException {
        Run run = new Run("shop-1").shows(NOON, 10, 1);
        run.databaseAway();
        run.shows(NOON, 10, 2).recorder.record();
        assertThat(run.day()).isEqualTo(new Count(20, 3));
        assertThat(stored(null)).isEmpty();
        run.databaseBack();
        assertThat(stored(null)).extracting(ShareCount::places).containsExactly(20L);
    }

    @Test
    void aLineThatTheDatabaseDoesNotTakeCostsNoOther() throws SQLException {
        Run run = new Run("shop-1").shows(NOON, 10, 1);
        run.ledger.count(
                "home-page", NOON, List.of(new Kept("r", "no\u0000ne", Kept.CAP, new Share(0.3, Window.LIST), 10, 1)));
        run.recorder.record();
        assertThat(stored(null)).extracting(ShareCount::group).containsExactly("core");
        assertThat(run.ledger.unwritten()).isEmpty();
    }

    @Test
    void hoursAreAddedUpToDays() throws SQLException {
        Instant midnight = Instant.parse("2026-11-21T23:00:00Z");
        new Run("shop-1")
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
    void anInstanceWithoutANameIsKnownByItsHost() {
        new Run(null).shows(NOON, 10, 1).recorder.record();
        assertThat(new Run(null).day()).isEqualTo(new Count(10, 1));
    }
}
