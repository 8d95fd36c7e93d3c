package dev.vitrine.catalog;

import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Fills the catalog and adds what other instances store. A start ends on products in another currency than the shop's. */
@Singleton
final class CatalogRefresh {
    private static final Logger LOG = Logger.getLogger(CatalogRefresh.class);
    /** Before everything that reads the catalog at the start. */
    private static final int EARLY = 100;

    private final CatalogUpdater updater;
    private final Catalog catalog;
    private final FailureLog failures = new FailureLog(LOG, "Changes of products by other instances");
    private boolean started;

    CatalogRefresh(CatalogUpdater updater, Catalog catalog) {
        this.updater = updater;
        this.catalog = catalog;
    }

    synchronized void load(@Observes @Priority(EARLY) StartupEvent start) {
        try {
            load();
        } catch (DatabaseUnavailableException e) {
            LOG.warn("The catalog is empty until the database can be reached");
        }
        started = true;
    }

    private void load() {
        updater.load();
        LOG.infof(
                "The catalog holds %d products, %d of them in stock",
                catalog.products().size(), catalog.sellable());
    }

    @Scheduled(every = "1s", identity = "catalog-refresh", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        if (!started) {
            return;
        }
        try {
            if (!updater.loaded()) {
                load();
            }
            updater.refresh();
            failures.over();
        } catch (RuntimeException e) {
            failures.goesOn(e);
        }
    }
}
