package dev.vitrine.rulebook.rollout;

import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.FailureLog;
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
    private final RolloutController staging;
    private final DatabaseState database;
    private final FailureLog outage = new FailureLog(LOG, "Editions of other instances");

    RulebookRefresh(Rulebook rulebook, RolloutController staging, DatabaseState database) {
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
