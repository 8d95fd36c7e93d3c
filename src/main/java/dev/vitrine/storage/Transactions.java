package dev.vitrine.storage;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs work in database transactions. This is the one place that finds out that the database cannot be reached: it then
 * marks {@link DatabaseState} as down, and refuses work at once until the database is back.
 *
 * <p>Work that takes long for other reasons (compiling, training, reading files) stays outside of a transaction.
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

    /**
     * Runs the work in the current transaction, or in one of its own where there is none.
     *
     * @throws DatabaseUnavailableException when the database cannot be reached; nothing was changed then
     */
    public <T> T call(Supplier<T> work) {
        return call(TIME_MAX, work);
    }

    /** The same for work without a result. */
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
        try {
            return QuarkusTransaction.requiringNew()
                    .timeout((int) timeMax.toSeconds())
                    .call(work::get);
        } catch (RuntimeException e) {
            if (database.failed(e)) {
                throw new DatabaseUnavailableException(e);
            }
            if (DatabaseState.withoutTables(e)) {
                LOG.error("The tables of the database cannot be used", e);
                throw new DatabaseUnavailableException(e);
            }
            throw e;
        }
    }
}
