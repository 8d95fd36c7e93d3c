package dev.vitrine.decision.share;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Instance;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes what the ledger has counted behind the answers, and takes the running day up again after a start. With the
 * database away the ledger goes on counting, and what it has counted is written when the database is back.
 *
 * <p>Each start of each instance writes rows of its own. What a start takes up are the rows of its instance, which is known
 * by its name.
 */
@Singleton
final class ShareRecorder {
    private static final Logger LOG = Logger.getLogger(ShareRecorder.class);
    private static final int BATCH = 500;

    private final ShareLedger ledger;
    private final ShareRepository store;
    private final DatabaseState database;
    private final DecisionConfig config;
    private final Clock clock;
    private final String instance;
    private boolean takenUp;

    ShareRecorder(
            ShareLedger ledger,
            ShareRepository store,
            DatabaseState database,
            DecisionConfig config,
            Clock clock,
            Instance instance) {
        this.ledger = ledger;
        this.store = store;
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.instance = instance.name();
    }

    void start(@Observes StartupEvent started) {
        record();
    }

    void stop(@Observes ShutdownEvent stopping) {
        record();
    }

    /** What a crash can cost: the counts of these seconds. */
    @Scheduled(every = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void record() {
        Instant now = clock.instant();
        try {
            if (database.up()) {
                takeUp(now);
                write();
            }
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Cannot keep what became of guarantees and caps, trying on: %s", e.getMessage());
        }
        long lost = ledger.forget(now);
        if (lost > 0) {
            LOG.errorf("The database was away for too long: %d hourly counts of shares are lost", lost);
        }
    }

    private void takeUp(Instant now) throws SQLException {
        if (!takenUp) {
            ledger.takeUp(store.earlier(ledger.run(), instance, ledger.midnight(now)));
            takenUp = true;
        }
    }

    private void write() throws SQLException {
        List<ShareCount> unwritten = ledger.unwritten();
        for (int i = 0; i < unwritten.size(); i += BATCH) {
            List<ShareCount> batch = unwritten.subList(i, Math.min(i + BATCH, unwritten.size()));
            try {
                store.save(ledger.run(), instance, batch);
            } catch (SQLException e) {
                if (DatabaseState.unavailable(e)) {
                    throw e;
                }
                for (ShareCount count : batch) {
                    writeAlone(count);
                }
            }
            ledger.written(batch);
        }
    }

    /** A line that the database will never take (a group's text is whatever a rule made it) must not cost the others. */
    private void writeAlone(ShareCount count) throws SQLException {
        try {
            store.save(ledger.run(), instance, List.of(count));
        } catch (SQLException e) {
            if (DatabaseState.unavailable(e)) {
                throw e;
            }
            LOG.errorf("The share of '%s' on %s cannot be kept: %s", count.group(), count.placement(), e.getMessage());
        }
    }

    @Scheduled(every = "24h", delayed = "15m", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        try {
            store.deleteBefore(clock.instant().minus(config.keepShares()));
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Cannot delete old shares: %s", e.getMessage());
        }
    }
}
