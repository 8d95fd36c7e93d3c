package dev.vitrine.visit;

import dev.vitrine.storage.DatabaseState;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Deletes what is older than is kept, once a day. */
@Singleton
final class Retention {
    private static final Logger LOG = Logger.getLogger(Retention.class);

    private final EventRepository store;
    private final DatabaseState database;
    private final VisitConfig config;
    private final Clock clock;

    Retention(EventRepository store, DatabaseState database, VisitConfig config, Clock clock) {
        this.store = store;
        this.database = database;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(every = "24h", delayed = "10m", concurrentExecution = ConcurrentExecution.SKIP)
    void forget() {
        Instant oldest = clock.instant().minus(config.keep());
        try {
            long deleted = store.deleteBefore(oldest);
            LOG.infof("Deleted %d events and shoppers from before %s", deleted, oldest);
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Cannot delete what is too old: %s", e.getMessage());
        }
    }
}
