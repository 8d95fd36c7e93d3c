package dev.vitrine.storage;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
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

    public Transactions(DatabaseState database) {
        this.database = database;
    }

    /** @throws DatabaseUnavailableException when the database cannot be reached; nothing was changed then */
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
        if (QuarkusTransaction.isActive()) {
            return work.get();
        }
        if (!database.up()) {
            throw new DatabaseUnavailableException(null);
        }
        try (Attempt<T> attempt = new Attempt<>(work)) {
            return QuarkusTransaction.requiringNew()
                    .timeout((int) timeMax.toSeconds())
                    .call(attempt);
        } catch (RuntimeException e) {
            if (database.failed(e)) {
                throw new DatabaseUnavailableException(e);
            }
            if (SqlFailure.withoutTables(e)) {
                LOG.error("The tables of the database cannot be used", e);
                throw new DatabaseUnavailableException(e);
            }
            throw e;
        }
    }

    /** Work in its transaction, on a connection that is cut when the database falls silent, up to the commit. */
    private final class Attempt<T> implements Callable<T>, AutoCloseable {
        private final Supplier<T> work;
        private BusyConnections.Use use;

        Attempt(Supplier<T> work) {
            this.work = work;
        }

        @Override
        public T call() throws SQLException {
            // the one that the session gets, too: it belongs to the transaction
            try (Connection connection = database.pool().getConnection()) {
                use = database.busy().use(connection);
            }
            return work.get();
        }

        @Override
        public void close() {
            if (use != null) {
                use.close();
            }
        }
    }
}
