package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(QuietService.class)
class TransactionsTest {
    /** The service's own limit is 15 s. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @Inject
    DataSource database;

    @Inject
    StatelessSession session;

    @Inject
    Sql sql;

    private DatabaseState state;
    private Transactions transactions;

    @BeforeEach
    void start() {
        state = new DatabaseState(database, Clock.systemUTC());
        transactions = new Transactions(state);
    }

    private int one() {
        return session.createNativeQuery("select 1", Integer.class).getSingleResult();
    }

    @Test
    void theProbeReleasesWhoWaitsForASilentDatabase() {
        state.probe();
        assertThat(transactions.call(this::one)).isEqualTo(1);
        try (SilentPostgres silent = new SilentPostgres(sql)) {
            long begun = System.nanoTime();
            Future<Integer> waits = CompletableFuture.supplyAsync(() -> transactions.call(this::one));
            state.probe();
            assertThat(state.up()).isFalse();
            assertThatThrownBy(waits::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(DatabaseUnavailableException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SOON);
        }
        Await.until(() -> {
            state.probe();
            return state.up();
        });
        assertThat(transactions.call(this::one)).isEqualTo(1);
    }

    @Test
    void aRowThatCannotBeReadCostsNoOtherAndIsShown() {
        UnreadableRows unreadable = new UnreadableRows();
        Transactions reading = new Transactions(state, unreadable);
        List<Integer> rows = List.of(1, 2, 3, 4, 5, 6, 7);
        assertThat(reading.readable("shelf", rows, this::butThree)).containsExactly(1, 2, 4, 5, 6, 7);
        assertThat(unreadable.summary()).containsEntry("shelf", "1, first '3': three is damaged");
        assertThat(reading.readable("shelf", rows, keys -> keys)).isEqualTo(rows);
        assertThat(unreadable.summary()).isEmpty();
        assertThatThrownBy(() -> reading.readable("shelf", rows, keys -> {
                    sql.run("select 1 from nowhere");
                    return keys;
                }))
                .as("nothing of a row")
                .isInstanceOf(DatabaseUnavailableException.class);
        assertThat(unreadable.summary()).isEmpty();
    }

    private List<Integer> butThree(List<Integer> keys) {
        // what fails in a session costs its whole transaction
        String one = keys.contains(3) ? "select cast('three is damaged' as integer)" : "select 1";
        try {
            session.createNativeQuery(one, Integer.class).getSingleResult();
        } catch (RuntimeException e) {
            throw new IllegalStateException("three is damaged", null);
        }
        return keys;
    }

    @Test
    void aPoolInUseIsNoDatabaseThatIsAway() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                taken.add(database.getConnection());
            }
            state.probe();
            assertThat(state.up()).isTrue();
        } finally {
            for (Connection connection : taken) {
                connection.close();
            }
        }
    }
}
