package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.problem.UnavailableException;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.ShutdownEvent;
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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.hibernate.StatelessSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(QuietService.class)
class TransactionsTest {
    /** The service's own limit is 15 s. */
    private static final Duration SOON = Duration.ofSeconds(4);

    @Inject
    AgroalDataSource database;

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
    void aStopWaitsForTransactionsAndRefusesLaterOnes() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goesOn = new CountDownLatch(1);
        Future<Integer> waits = CompletableFuture.supplyAsync(() -> transactions.call(() -> {
            begun.countDown();
            Await.until(() -> goesOn.getCount() == 0);
            return one();
        }));
        begun.await();
        Future<?> stop = CompletableFuture.runAsync(() -> state.stop(new ShutdownEvent()));
        Await.until(() -> !state.up());
        assertThatThrownBy(() -> transactions.call(this::one)).isInstanceOf(DatabaseUnavailableException.class);
        assertThat(stop).isNotDone();
        goesOn.countDown();
        assertThat(waits.get()).isEqualTo(1);
        stop.get();
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

    private String insert(String text) {
        return session.createNativeQuery(
                        "insert into access_key (name, role, hash, created_at) values (:text, 'NOBODY', :text, now())"
                                + " returning name",
                        String.class)
                .setParameter("text", text)
                .getSingleResult();
    }

    private long stored(String text) {
        return sql.number("select count(*) from access_key where name = '" + text + "'");
    }

    @Test
    void aCommitWithoutAnAnswerThatHappenedIsASuccess() throws Exception {
        try (UnansweredCommits commits = new UnansweredCommits(database, sql)) {
            Future<String> change = CompletableFuture.supplyAsync(() -> transactions.call(() -> insert("happened")));
            commits.await();
            commits.disconnect();
            assertThat(change.get()).isEqualTo("happened");
        }
        assertThat(stored("happened")).isEqualTo(1);
    }

    @Test
    void aCommitOfWhichNobodyKnowsIsSaidToBeUnknown() {
        try (UnansweredCommits commits = new UnansweredCommits(database, sql)) {
            Future<String> change = CompletableFuture.supplyAsync(() -> transactions.call(() -> insert("unknown")));
            commits.await();
            state.busy().cut();
            assertThatThrownBy(change::get)
                    .cause()
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("did not say whether");
            assertThat(stored("unknown")).as("it waits for its stand-by").isZero();
            commits.disconnect();
            Await.until(() -> stored("unknown") == 1);
        }
    }

    /** The database answers everything but commits, so no probe finds it silent. */
    @Test
    void aCommitThatIsNotAnsweredEndsSoon() {
        try (UnansweredCommits commits = new UnansweredCommits(database, sql)) {
            long begun = System.nanoTime();
            Future<String> change = CompletableFuture.supplyAsync(() -> transactions.call(() -> insert("unanswered")));
            commits.await();
            Await.until(() -> {
                state.probe();
                return change.isDone();
            });
            // how long a busy machine takes beyond that says nothing
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(SOON);
            assertThatThrownBy(change::get).cause().isInstanceOf(OutcomeUnknownException.class);
            commits.disconnect();
            Await.until(() -> stored("unanswered") == 1);
        }
    }

    @Test
    void aLongStatementIsNotCut() throws Exception {
        Future<?> slow = CompletableFuture.supplyAsync(() -> transactions.call(() ->
                session.createNativeQuery("select pg_sleep(7)", Object.class).getResultList()));
        Await.until(() -> {
            state.probe();
            return slow.isDone();
        });
        slow.get();
    }

    @Test
    void whatFailsBeforeItsCommitHasChangedNothing() {
        Future<String> change = CompletableFuture.supplyAsync(() -> transactions.call(() -> {
            String inserted = insert("never");
            session.createNativeQuery("select pg_sleep(60)", Object.class).getSingleResult();
            return inserted;
        }));
        Await.until(() -> sql.number("select count(*) from pg_stat_activity where wait_event = 'PgSleep'") == 1);
        state.busy().cut();
        assertThatThrownBy(change::get)
                .cause()
                .isInstanceOf(DatabaseUnavailableException.class)
                .isNotInstanceOf(OutcomeUnknownException.class);
        assertThat(stored("never")).isZero();
    }

    @Test
    void whatTheDatabaseRefusesAtItsCommitIsAFailureOfItsOwn() {
        sql.run(
                "create table promise (name text primary key, kept text references promise deferrable initially deferred)");
        try {
            assertThatThrownBy(() -> transactions.call(
                            () -> session.createNativeMutationQuery("insert into promise values ('a', 'b')")
                                    .executeUpdate()))
                    .isNotInstanceOf(UnavailableException.class);
            assertThat(state.up()).isTrue();
        } finally {
            sql.run("drop table promise");
        }
    }

    @AfterEach
    void forget() {
        sql.run("delete from access_key where role = 'NOBODY'");
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
