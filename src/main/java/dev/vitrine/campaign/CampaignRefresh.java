package dev.vitrine.campaign;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.FailureLog;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Reads the campaigns at the start, or when the database comes later, and adds what other instances store. */
@Singleton
final class CampaignRefresh {
    private static final Logger LOG = Logger.getLogger(CampaignRefresh.class);

    private final CampaignUpdater updater;
    private final FailureLog failures = new FailureLog(LOG, "Changes of campaigns by other instances");
    private boolean started;

    CampaignRefresh(CampaignUpdater updater) {
        this.updater = updater;
    }

    synchronized void load(@Observes StartupEvent start) {
        try {
            updater.load();
        } catch (UnavailableException e) {
            LOG.warn("No campaign is known until the database can be reached");
        }
        started = true;
    }

    @Scheduled(every = "1s", identity = "campaign-refresh", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        if (!started) {
            return;
        }
        try {
            updater.refresh();
            failures.over();
        } catch (UnavailableException e) {
            failures.goesOn(e);
        }
    }
}
