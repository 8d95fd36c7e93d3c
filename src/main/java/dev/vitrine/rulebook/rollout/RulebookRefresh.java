package dev.vitrine.rulebook.rollout;

import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Takes over what other instances publish and stage. */
@Singleton
final class RulebookRefresh {
    private static final Logger LOG = Logger.getLogger(RulebookRefresh.class);

    private final Rulebook rulebook;
    private final RolloutController rollouts;
    private final FailureLog outage = new FailureLog(LOG, "Editions of other instances");

    RulebookRefresh(Rulebook rulebook, RolloutController rollouts) {
        this.rulebook = rulebook;
        this.rollouts = rollouts;
    }

    @Scheduled(every = "1s", identity = "rulebook-refresh", concurrentExecution = ConcurrentExecution.SKIP)
    void refresh() {
        try {
            rulebook.follow();
            rollouts.follow();
            outage.over();
        } catch (DatabaseUnavailableException e) {
            outage.goesOn(e);
        }
    }
}
