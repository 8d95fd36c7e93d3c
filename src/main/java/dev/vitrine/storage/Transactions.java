package dev.vitrine.storage;

import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.inject.Singleton;
import java.time.Duration;
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
