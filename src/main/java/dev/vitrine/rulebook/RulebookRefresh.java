package dev.vitrine.rulebook;

import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Outage;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Keeps the rule book up with what other instances publish and stage. */
@Singleton
final class RulebookRefresh {
    private static final Logger LOG = Logger.getLogger(RulebookRefresh.class);

    private final Rulebook rulebook;
    private final Staging staging;
    private final DatabaseState database;
    private final Outage outage = new Outage(LOG, "Editions of other instances");

    RulebookRefresh(Rulebook rulebook, Staging staging, DatabaseState database) {
        this.rulebook = rulebook;
        this.staging = staging;
        this.database = database;
    }

    @Scheduled(every = "1s", identity = "rulebook-refresh", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        try {
            rulebook.follow();
            staging.follow();
            outage.over();
        } catch (SQLException e) {
            database.failed(e);
            outage.goesOn(e);
        }
    }
}
