package dev.vitrine.decision.share;

import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/** Writes the ledger's counts, each run in rows of its own, and restores the running day of the instance after a start. */
@Singleton
final class ShareRecorder {
    private static final Logger LOG = Logger.getLogger(ShareRecorder.class);
    private static final int BATCH = 500;

    private final ShareLedger ledger;
    private final ShareRepository repository;
    private final Transactions transactions;
    private final Clock clock;
    private final String instance;
    private boolean restored;

    ShareRecorder(
            ShareLedger ledger, ShareRepository repository, Transactions transactions, Clock clock, Instance instance) {
        this.ledger = ledger;
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
        this.instance = instance.name();
    }

    void start(@Observes StartupEvent started) {
        record();
    }

    void stop(@Observes ShutdownEvent stopping) {
        record();
    }

    /** A crash loses the counts of the time between two calls. */
    @Scheduled(every = "3s", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void record() {
        Instant now = clock.instant();
        try {
            restore(now);
            write();
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Counts of shares wait for the database");
        } finally {
            long lost = ledger.forget(now);
            if (lost > 0) {
                LOG.errorf("The database was away for too long: %d hourly counts of shares are lost", lost);
            }
        }
    }

    private void restore(Instant now) {
        if (!restored) {
            Instant midnight = ledger.midnight(now);
            ledger.restore(transactions.call(() -> repository.earlier(ledger.run(), instance, midnight)));
            restored = true;
        }
    }

    private void write() {
        List<ShareCount> unwritten = ledger.unwritten();
        for (int i = 0; i < unwritten.size(); i += BATCH) {
            List<ShareCount> batch = unwritten.subList(i, Math.min(i + BATCH, unwritten.size()));
            saveOrSkip(batch);
            ledger.written(batch);
        }
    }

    private void saveOrSkip(List<ShareCount> batch) {
        try {
            transactions.run(() -> repository.save(ledger.run(), instance, batch));
        } catch (DatabaseUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                ShareCount count = batch.get(0);
                LOG.errorf(e, "The share of '%s' on %s cannot be stored", count.group(), count.placement());
            } else {
                // a rule may make any text a group; one that the database does not take must not cost the others
                batch.forEach(count -> saveOrSkip(List.of(count)));
            }
        }
    }
}
