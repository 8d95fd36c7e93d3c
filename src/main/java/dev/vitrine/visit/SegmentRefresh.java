package dev.vitrine.visit;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Transactions;
import dev.vitrine.storage.Watermark;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/** Brings segments that another instance has stored into the memory of this one. */
@Singleton
final class SegmentRefresh {
    private static final Logger LOG = Logger.getLogger(SegmentRefresh.class);
    /** Shoppers whose segments are looked through at the start: enough to meet every segment in use. */
    private static final int LOOKED_THROUGH = 100_000;

    private static final int FETCH = 500;

    private final ShopperRepository repository;
    private final Shoppers shoppers;
    private final StorefrontWords words;
    private final Transactions transactions;
    private final DatabaseState database;
    private final Watermark read = new Watermark();
    private final FailureLog failures = new FailureLog(LOG, "Segments that other instances have stored");

    SegmentRefresh(
            ShopperRepository repository,
            Shoppers shoppers,
            StorefrontWords words,
            Transactions transactions,
            DatabaseState database) {
        this.repository = repository;
        this.shoppers = shoppers;
        this.words = words;
        this.transactions = transactions;
        this.database = database;
    }

    @Scheduled(every = "2s", identity = "segments", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void refresh() {
        if (!database.up()) {
            return;
        }
        try {
            Watermark.Moment now = transactions.call(repository::now);
            if (!read.isSet()) {
                words.addSegments(transactions.call(() -> repository.segmentNames(LOOKED_THROUGH)));
            } else {
                List<String> known = shoppers.inMemory(transactions.call(() -> repository.segmentsSince(read.since())));
                for (int i = 0; i < known.size(); i += FETCH) {
                    List<String> some = known.subList(i, Math.min(i + FETCH, known.size()));
                    List<ShopperHistory> histories = transactions.call(() -> repository.of(some));
                    shoppers.changed(histories);
                    histories.stream()
                            .map(ShopperHistory::segments)
                            .filter(segments -> segments != null)
                            .forEach(segments -> words.addSegments(segments.names()));
                }
            }
            read.advance(now);
            failures.over();
        } catch (RuntimeException e) {
            failures.goesOn(e);
        }
    }
}
