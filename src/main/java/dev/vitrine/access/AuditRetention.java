package dev.vitrine.access;

import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Deletes entries of the audit log that are older than the setting says, once a day. */
@Singleton
final class AuditRetention {
    private static final Logger LOG = Logger.getLogger(AuditRetention.class);
    private static final int BATCH = 10_000;

    private final AuditRepository repository;
    private final Transactions transactions;
    private final AccessConfig config;
    private final Clock clock;

    AuditRetention(AuditRepository repository, Transactions transactions, AccessConfig config, Clock clock) {
        this.repository = repository;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "24h", delayed = "20m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        Instant oldest = clock.instant().minus(config.keepAudit());
        try {
            int deleted = BATCH;
            while (deleted == BATCH) {
                deleted = transactions.call(() -> repository.deleteBefore(oldest, BATCH));
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Old entries of the audit log are deleted once the database is back");
        }
    }
}
