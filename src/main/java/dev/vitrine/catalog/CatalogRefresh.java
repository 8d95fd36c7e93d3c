package dev.vitrine.catalog;

import dev.vitrine.storage.FailureLog;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Fills the catalog at the start, and keeps it up with what other instances store. */
@Singleton
final class CatalogRefresh {
    private static final Logger LOG = Logger.getLogger(CatalogRefresh.class);
    /** Before all that reads the catalog at the start. */
    private static final int EARLY = 100;

    private final ProductRepository store;
    private final Catalog catalog;
    private final ShopCurrency shopCurrency;
    private final FailureLog outage = new FailureLog(LOG, "Changes of products by other instances");

    CatalogRefresh(ProductRepository store, Catalog catalog, ShopCurrency shopCurrency) {
        this.store = store;
        this.catalog = catalog;
        this.shopCurrency = shopCurrency;
    }

    /** Runs before the first request is served. */
    synchronized void load(@Observes @Priority(EARLY) StartupEvent start) {
        store.refresh();
        Optional<Product> odd = catalog.products().stream()
                .filter(product ->
                        !product.currency().equals(shopCurrency.code().orElseThrow()))
                .findAny();
        if (odd.isPresent()) {
            throw new IllegalStateException("The shop's currency is "
                    + shopCurrency.code().orElseThrow() + ", but product '"
                    + odd.get().sku() + "' is priced in " + odd.get().currency()
                    + "; set vitrine.currency to the currency of the stored products");
        }
        LOG.infof(
                "The catalog holds %d products, %d of them in stock",
                catalog.products().size(), catalog.sellable());
        catalog.markLoaded();
    }

    @Scheduled(every = "1s", identity = "catalog-refresh", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    synchronized void refresh() {
        if (!catalog.isLoaded()) {
            return;
        }
        try {
            store.refresh();
            outage.over();
        } catch (RuntimeException e) {
            outage.goesOn(e);
        }
    }
}
