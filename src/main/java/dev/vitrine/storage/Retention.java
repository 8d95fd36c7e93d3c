package dev.vitrine.storage;

import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Deletes what is older than its setting says. */
@Singleton
public final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** Small transactions, so that nothing waits for their locks. */
    private static final int BATCH = 10_000;

    private final List<ExpiringRows> tables;
    private final Transactions transactions;
    private final Clock clock;

    public Retention(@All List<ExpiringRows> tables, Transactions transactions, Clock clock) {
        this.tables = tables;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Scheduled(every = "1h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    public void deleteOld() {
        for (ExpiringRows rows : tables) {
            try {
                delete(rows);
            } catch (DatabaseUnavailableException e) {
                LOG.warnf("Old %s are deleted once the database is back: %s", rows.what(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "Old %s cannot be deleted", rows.what());
            }
        }
    }

    private void delete(ExpiringRows rows) {
        Instant oldest = clock.instant().minus(rows.keep());
        long deleted = 0;
        int last = BATCH;
        while (last == BATCH) {
            last = transactions.call(() -> rows.deleteBefore(oldest, BATCH));
            deleted += last;
        }
        if (deleted > 0) {
            LOG.infof("Deleted %d %s from before %s", deleted, rows.what(), oldest);
        }
    }
}
