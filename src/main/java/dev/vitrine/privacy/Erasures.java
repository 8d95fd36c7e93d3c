package dev.vitrine.privacy;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import dev.vitrine.storage.Watermark;
import io.quarkus.arc.All;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * Erases shoppers: in the database at once, in the memory of every instance within seconds, and what still waited elsewhere
 * when it arrives.
 */
@Singleton
final class Erasures {
    private static final Logger LOG = Logger.getLogger(Erasures.class);
    /** What was in memory when a shopper was erased is stored long before this is over. */
    private static final Duration SWEPT = Duration.ofHours(1);
    /** What was on its way into memory when a shopper was forgotten is there before this is over. */
    private static final Duration FORGOTTEN_AGAIN = Duration.ofMinutes(1);

    private final ErasureRepository repository;
    private final List<ShopperRecords> records;
    private final Transactions transactions;
    private final Audit audit;
    private final PrivacyConfig config;
    private final Clock clock;
    private final ErasedShoppers erased;
    private final Watermark read = new Watermark();

    Erasures(
            ErasureRepository repository,
            @All List<ShopperRecords> records,
            Transactions transactions,
            Audit audit,
            PrivacyConfig config,
            Clock clock,
            ErasedShoppers erased) {
        this.repository = repository;
        this.records = records;
        this.transactions = transactions;
        this.audit = audit;
        this.config = config;
        this.clock = clock;
        this.erased = erased;
    }

    /** @throws DatabaseUnavailableException when nothing was erased */
    void erase(String shopper, Caller caller) {
        Instant now = clock.instant();
        Erasure erasure = transactions.call(() -> {
            Erasure all = withVisits(new Erasure(shopper, Set.of(), now));
            repository.add(all);
            records.forEach(each -> each.erase(all));
            // the log says that it was done, and not whose data it was
            audit.addInTransaction(
                    Audit.Entry.by(caller, now, Audit.Action.SHOPPER_ERASED, "").about("shopper", ""));
            return all;
        });
        apply(List.of(erasure));
    }

    private Erasure withVisits(Erasure erasure) {
        Set<String> visits = new HashSet<>();
        records.forEach(each -> visits.addAll(each.visitsOf(erasure.shopper())));
        return erasure.with(visits);
    }

    @Scheduled(every = "2s", identity = "erasures", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        try {
            Watermark.Moment now = transactions.call(repository::now);
            Instant since = read.isSet() ? read.since() : Instant.EPOCH;
            apply(transactions.call(() -> repository.since(since)));
            read.advance(now);
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Erased shoppers of other instances are not seen for now");
        }
    }

    private void apply(List<Erasure> erasures) {
        for (Erasure erasure : erased.add(erasures)) {
            records.forEach(each -> each.forget(erasure));
        }
    }

    /** Erases what was still in memory, of this instance or another, when the shopper was erased. */
    @Scheduled(
            every = "20s",
            delayed = "20s",
            identity = "erasures-again",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweep() {
        sweep(SWEPT);
    }

    /** Erases what waited on a disk for long, and forgets erasures of long ago. */
    @Scheduled(
            every = "24h",
            delayed = "15m",
            identity = "erasures-daily",
            concurrentExecution = ConcurrentExecution.SKIP)
    void sweepAll() {
        sweep(config.keepErasures());
        try {
            transactions.run(() -> repository.deleteOlderThan(config.keepErasures()));
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Old erasures are deleted once the database is back");
        }
        erased.removeBefore(clock.instant().minus(config.keepErasures()));
    }

    private void sweep(Duration age) {
        try {
            List<Erasure> recent = transactions.call(() -> repository.youngerThan(age));
            for (Erasure each : recent) {
                sweep(each);
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Late data of erased shoppers is erased once the database is back");
        }
    }

    private void sweep(Erasure known) {
        Erasure erasure = transactions.call(() -> {
            Erasure all = withVisits(known);
            records.forEach(each -> each.eraseLate(all));
            return all;
        });
        if (erasure.at().isAfter(clock.instant().minus(FORGOTTEN_AGAIN))) {
            records.forEach(each -> each.forget(erasure));
        }
    }
}
