package dev.vitrine.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseState;
import io.quarkus.runtime.StartupEvent;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

class CampaignRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-05-01T00:00:00.123456Z");

    private static EmbeddedPostgres postgres;

    private final DataSource database = postgres.getPostgresDatabase();
    private final Campaigns campaigns = new Campaigns();
    private final CampaignRepository store = store(database, campaigns);
    private final PlannedCampaign sale = Plans.season(
            "sale",
            "2026-06-01T00:00:00",
            "2026-06-09T00:00:00",
            ", \"priority\": 7, \"mode\": \"promo\", \"tags\": [\"'; drop table campaign; --\"], \"skus\": [\"ä 瑜伽\"]");

    private static CampaignRepository store(DataSource database, Campaigns campaigns) {
        return new CampaignRepository(database, new DatabaseState(database, Clock.systemUTC()), campaigns);
    }

    @BeforeAll
    static void start() throws IOException {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void empty() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("truncate campaign");
        }
    }

    private Campaigns restarted() {
        Campaigns restarted = new Campaigns();
        new CampaignRefresh(store(database, restarted)).load(new StartupEvent());
        return restarted;
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() {
        assertThat(store.add(sale)).isTrue();
        assertThat(restarted().campaign("sale")).isEqualTo(sale);
        PlannedCampaign byHand = store.change("sale", before -> before.activated(NOW));
        assertThat(restarted().campaign("sale")).isEqualTo(byHand).isEqualTo(sale.activated(NOW));
        store.change("sale", before -> before.ended(NOW.plusSeconds(1)));
        assertThat(restarted().campaign("sale").runs(NOW)).isTrue();
        assertThat(restarted().campaign("sale").runs(NOW.plusSeconds(1))).isFalse();
    }

    @Test
    void anIdIsTakenOnce() {
        store.add(sale);
        PlannedCampaign other = Plans.season("sale", "2026-01-01T00:00:00", "2026-01-09T00:00:00", "");
        assertThat(store.add(other)).isFalse();
        assertThat(campaigns.campaign("sale")).isEqualTo(sale);
        assertThat(restarted().campaign("sale")).isEqualTo(sale);
    }

    @Test
    void aChangeElsewhereIsSeenAndNeverOverwritten() {
        Campaigns elsewhere = new Campaigns();
        CampaignRepository other = store(database, elsewhere);
        CampaignRefresh refresh = new CampaignRefresh(other);
        refresh.load(new StartupEvent());
        store.add(sale);
        assertThat(elsewhere.planned("sale")).isFalse();
        refresh.refresh();
        assertThat(elsewhere.campaign("sale")).isEqualTo(sale);
        store.change("sale", before -> before.activated(NOW));
        // this one has not heard of it, and must not undo it
        other.change("sale", before -> before.changed(sale, NOW));
        assertThat(elsewhere.campaign("sale").runs(NOW)).isTrue();
    }

    @Test
    void changesAtOnceLeaveMemoryAsTheDatabaseIs() {
        store.add(sale);
        IntStream.range(0, 40).parallel().forEach(i -> {
            store.change(
                    "sale",
                    before -> Plans.season(
                            "sale",
                            "2026-06-01T00:00:00",
                            "2026-06-09T00:00:00",
                            ", \"priority\": " + (before.priority() + 1)));
            store.refresh();
        });
        assertThat(campaigns.campaign("sale").priority()).isEqualTo(47);
        assertThat(restarted().campaign("sale").priority()).isEqualTo(47);
    }

    @Test
    void whatIsRefusedOrUnknownChangesNothing() {
        store.add(sale);
        assertThatThrownBy(() -> store.change("sale", before -> {
                    throw new ProblemException("priority", "no");
                }))
                .isInstanceOf(ProblemException.class);
        assertThatThrownBy(() -> store.change("none", before -> before)).isInstanceOf(ProblemException.class);
        assertThat(store.change("sale", before -> before)).isEqualTo(sale);
    }

    @Test
    void withTheDatabaseDownNothingIsStoredAndNothingChangesInMemory() {
        AtomicBoolean down = new AtomicBoolean();
        DataSource failing = new PGSimpleDataSource() {
            @Override
            public Connection getConnection() throws SQLException {
                if (down.get()) {
                    throw new PSQLException("down", PSQLState.CONNECTION_UNABLE_TO_CONNECT);
                }
                return database.getConnection();
            }
        };
        DatabaseState state = new DatabaseState(failing, Clock.systemUTC());
        CampaignRepository store = new CampaignRepository(failing, state, campaigns);
        CampaignRefresh refresh = new CampaignRefresh(store);
        refresh.load(new StartupEvent());
        store.add(sale);
        down.set(true);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> store.add(Plans.season("b", "2026-06-01T00:00:00", "2026-06-09T00:00:00", "")))
                    .isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> store.change("sale", before -> before.activated(NOW)))
                    .isInstanceOf(UnavailableException.class);
        }
        refresh.refresh();
        assertThat(campaigns.all()).containsExactly(sale);
        assertThat(campaigns.running(Instant.parse("2026-06-02T00:00:00Z"), 0)).hasSize(1);
        down.set(false);
        state.probe();
        store.change("sale", before -> before.activated(NOW));
        refresh.refresh();
        assertThat(campaigns.campaign("sale").runs(NOW)).isTrue();
    }
}
