package dev.vitrine.visit;

import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Deletes events and shoppers that are older than the setting says, once a day. */
@Singleton
final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);
    /** Small transactions, so that nothing waits for their locks. */
    private static final int BATCH = 10_000;

    private final EventRepository events;
    private final ShopperRepository shoppers;
    private final Transactions transactions;
    private final VisitConfig config;
    private final Clock clock;

    Retention(
            EventRepository events,
            ShopperRepository shoppers,
            Transactions transactions,
            VisitConfig config,
            Clock clock) {
        this.events = events;
        this.shoppers = shoppers;
        this.transactions = transactions;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "24h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    void deleteOld() {
        Instant oldest = clock.instant().minus(config.keep());
        try {
            // shoppers after their events: one who still has events stays
            long deleted = deleteAll(() -> events.deleteBefore(oldest, BATCH))
                    + deleteAll(() -> shoppers.deleteUnseenSince(oldest, BATCH));
            LOG.infof("Deleted %d events and shoppers from before %s", deleted, oldest);
        } catch (DatabaseUnavailableException e) {
            LOG.warnf("Cannot delete old events and shoppers: %s", e.getMessage());
        }
    }

    private long deleteAll(Supplier<Integer> batch) {
        long deleted = 0;
        int last = BATCH;
        while (last == BATCH) {
            last = transactions.call(batch);
            deleted += last;
        }
        return deleted;
    }
}
