package dev.vitrine.rulebook.rollout;

import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Keeps the rule book up with what other instances publish and stage. */
@Singleton
final class RulebookRefresh {
    private static final Logger LOG = Logger.getLogger(RulebookRefresh.class);

    private final Rulebook rulebook;
    private final RolloutController staging;
    private final FailureLog outage = new FailureLog(LOG, "Editions of other instances");

    RulebookRefresh(Rulebook rulebook, RolloutController staging) {
        this.rulebook = rulebook;
        this.staging = staging;
    }

    @Scheduled(every = "1s", identity = "rulebook-refresh", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        try {
            rulebook.follow();
            staging.follow();
            outage.over();
        } catch (DatabaseUnavailableException e) {
            outage.goesOn(e);
        }
    }
}
