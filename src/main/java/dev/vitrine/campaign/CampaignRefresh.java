package dev.vitrine.campaign;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.FailureLog;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Brings the campaigns into memory at the start, and keeps them up with what other instances store. */
@Singleton
final class CampaignRefresh {
    private static final Logger LOG = Logger.getLogger(CampaignRefresh.class);

    private final CampaignRepository store;
    private boolean loaded;
    private final FailureLog outage = new FailureLog(LOG, "Changes of campaigns by other instances");

    CampaignRefresh(CampaignRepository store) {
        this.store = store;
    }

    /** Runs before the first request is served. */
    synchronized void load(@Observes StartupEvent start) {
        store.refresh();
        loaded = true;
    }

    @Scheduled(every = "1s", identity = "campaign-refresh", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        if (!loaded) {
            return;
        }
        try {
            store.refresh();
            outage.over();
        } catch (UnavailableException e) {
            outage.goesOn(e);
        }
    }
}
