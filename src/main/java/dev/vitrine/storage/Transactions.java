package dev.vitrine.storage;

import dev.vitrine.problem.UnavailableException;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs work in database transactions. This is the one place that finds out that the database is away: it then marks {@link
 * DatabaseState} as down, and refuses work at once. Long work, such as a training, stays outside.
 */
@Singleton
public final class Transactions {
    private static final Logger LOG = Logger.getLogger(Transactions.class);
    /** A statement that takes longer blocks others; long reads state a limit of their own. */
    private static final Duration TIME_MAX = Duration.ofSeconds(30);

    private final DatabaseState database;
    private final UnreadableRows unreadable;

    @Inject
    Transactions(DatabaseState database, UnreadableRows unreadable) {
        this.database = database;
        this.unreadable = unreadable;
    }

    public Transactions(DatabaseState database) {
        this(database, new UnreadableRows());
    }

    /**
     * @throws DatabaseUnavailableException when the database cannot be reached; nothing was changed then
     * @throws OutcomeUnknownException when it was lost during the commit, and nobody could say what became of that
     */
    public <T> T call(Supplier<T> work) {
        return call(TIME_MAX, work);
    }

    public void run(Runnable work) {
        call(() -> {
            work.run();
            return null;
        });
    }

    /** The same with a time limit for a transaction of its own. */
    public <T> T call(Duration timeMax, Supplier<T> work) {
        return call(timeMax, new Attempt<>(work, true));
    }

    /** The same for work that may be done twice: what became of a commit without an answer does not matter. */
    public <T> T callRepeatable(Supplier<T> work) {
        return call(TIME_MAX, new Attempt<>(work, false));
    }

    private <T> T call(Duration timeMax, Attempt<T> attempt) {
        if (QuarkusTransaction.isActive()) {
            return attempt.work.get();
        }
        if (!database.up()) {
            throw new DatabaseUnavailableException(null);
        }
        try (attempt) {
            return QuarkusTransaction.requiringNew()
                    .timeout((int) timeMax.toSeconds())
                    .call(attempt);
        } catch (RuntimeException e) {
            boolean away = database.failed(e);
            if (attempt.transactionId != null) {
                return afterAll(attempt, e);
            }
            if (away) {
                throw new DatabaseUnavailableException(e);
            }
            if (SqlFailure.withoutTables(e)) {
                LOG.error("The tables of the database cannot be used", e);
                throw new DatabaseUnavailableException(e);
            }
            throw e;
        }
    }

    /** The result of work whose commit failed, if it happened all the same. */
    private <T> T afterAll(Attempt<T> attempt, RuntimeException failure) {
        return switch (new CommitOutcome(database).of(attempt.transactionId)) {
            case COMMITTED -> {
                LOG.warnf("A commit was not answered (%s), but happened", FailureLog.reason(failure));
                yield attempt.result;
            }
            case ABORTED -> throw SqlFailure.unavailable(failure) ? new DatabaseUnavailableException(failure) : failure;
            case UNKNOWN -> {
                LOG.warnf("Whether a change was committed is not known: %s", FailureLog.reason(failure));
                throw new OutcomeUnknownException(failure);
            }
        };
    }

    /**
     * Reads the rows of these keys, each time in a transaction of its own: at once, or, when one of them cannot be read, in
     * halves until it is alone. That one is reported and skipped.
     */
    public <K, R> List<R> readable(String table, List<K> keys, Function<List<K>, List<R>> rows) {
        if (keys.isEmpty()) {
            return List.of();
        }
        try {
            List<R> read = call(() -> rows.apply(keys));
            unreadable.remove(table, keys);
            return read;
        } catch (RuntimeException e) {
            if (!unreadableRow(e)) {
                throw e;
            }
            if (keys.size() == 1) {
                unreadable.add(table, keys.get(0), e);
                return List.of();
            }
            int half = keys.size() / 2;
            List<R> read = new ArrayList<>(readable(table, keys.subList(0, half), rows));
            read.addAll(readable(table, keys.subList(half, keys.size()), rows));
            return read;
        }
    }

    /** Whether what a read failed on is a row that cannot be read, so that others can be. */
    public static boolean unreadableRow(RuntimeException failure) {
        return !(failure instanceof UnavailableException) && SqlFailure.ofAValue(failure);
    }

    /** Whether the same work may well succeed later. */
    public static boolean worthRepeating(RuntimeException failure) {
        return failure instanceof UnavailableException || SqlFailure.passing(failure);
    }

    /** Work in its transaction, on a connection that is cut when the database falls silent, up to the commit. */
    private final class Attempt<T> implements Callable<T>, AutoCloseable {
        private final Supplier<T> work;
        private final boolean once;
        private BusyConnections.Use use;
        private T result;
        /** Of work that was done, changed something, and is to be committed. */
        private String transactionId;

        Attempt(Supplier<T> work, boolean once) {
            this.work = work;
            this.once = once;
        }

        @Override
        public T call() throws SQLException {
            // the one that the session gets, too: it belongs to the transaction
            try (Connection connection = database.pool().getConnection()) {
                use = database.busy().use(connection);
                if (!database.up()) {
                    throw new DatabaseUnavailableException(null);
                }
                result = work.get();
                if (once) {
                    // the id is given with the first change, which may still be waiting in the session
                    Panache.getEntityManager().flush();
                    transactionId = CommitOutcome.transactionId(connection);
                }
                use.commits();
                return result;
            }
        }

        @Override
        public void close() {
            if (use != null) {
                use.close();
            }
        }
    }
}
