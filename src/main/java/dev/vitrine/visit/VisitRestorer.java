package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Brings the current visits back to where they were when the service stopped. */
@Singleton
final class VisitRestorer {
    /** After the observers of default priority: the counters of a visit depend on the catalog. */
    static final int AFTER_THE_CATALOG = 3000;

    private static final Logger LOG = Logger.getLogger(VisitRestorer.class);
    /** A busy shop has millions of events in its current visits. */
    private static final Duration READ_MAX = Duration.ofMinutes(5);

    private final EventRepository events;
    private final Transactions transactions;
    private final Catalog catalog;
    private final Visits visits;
    private final VisitConfig config;
    private final Clock clock;
    private final FailureLog failures = new FailureLog(LOG, "Visits of before the start");
    private boolean restored;

    VisitRestorer(
            EventRepository events,
            Transactions transactions,
            Catalog catalog,
            Visits visits,
            VisitConfig config,
            Clock clock) {
        this.events = events;
        this.transactions = transactions;
        this.catalog = catalog;
        this.visits = visits;
        this.config = config;
        this.clock = clock;
    }

    void start(@Observes @Priority(AFTER_THE_CATALOG) StartupEvent started) {
        restore();
    }

    /** The database, and the catalog with it, may come after the start. */
    @Scheduled(every = "1s", identity = "visits", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void restore() {
        if (restored || !catalog.isLoaded()) {
            return;
        }
        Instant since = clock.instant().minus(config.idle());
        try {
            transactions.call(READ_MAX, () -> {
                events.ofCurrentVisits(since, config.visitsMax(), visits::restore);
                return null;
            });
            // events that came before the catalog were counted without their products
            visits.recount();
            restored = true;
            failures.over();
        } catch (RuntimeException e) {
            // whatever it is, visits begin anew meanwhile, and the next second tries again
            failures.goesOn(e);
        }
    }
}
