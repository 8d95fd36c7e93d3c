package dev.vitrine.catalog;

import dev.vitrine.catalog.ProductRepository.Versioned;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import dev.vitrine.storage.Watermark;
import jakarta.inject.Singleton;
import jakarta.persistence.QueryTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Keeps {@link Catalog} in line with the database. In whatever order answers arrive, the latest versions stay. */
@Singleton
public final class CatalogUpdater {
    private static final Logger LOG = Logger.getLogger(CatalogUpdater.class);
    /** Far more than a million products take. */
    private static final Duration READ_MAX = Duration.ofMinutes(5);

    private static final int PART = 1_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProductRepository repository;
    private final Transactions transactions;
    private final Catalog catalog;
    private final ShopConfig config;
    private final Map<String, Instant> versions = new ConcurrentHashMap<>();
    private final Watermark read = new Watermark();

    CatalogUpdater(ProductRepository repository, Transactions transactions, Catalog catalog, ShopConfig config) {
        this.repository = repository;
        this.transactions = transactions;
        this.catalog = catalog;
        this.config = config;
    }

    /** Whether the catalog has been read; it has not while the database has been away since the start. */
    public boolean loaded() {
        return read.isSet();
    }

    /** Stores these products, each sku at most once, then puts them into the catalog; none of them when it throws. */
    public void store(List<Product> products) {
        store(products, () -> {});
    }

    /** The same with something that is stored along with the products. */
    void store(List<Product> products, Runnable along) {
        if (!products.isEmpty()) {
            load();
            Map<String, Instant> stored = upsert(products, along);
            apply(products.stream()
                    .map(product -> new Versioned(product, stored.get(product.sku())))
                    .toList());
        }
    }

    private Map<String, Instant> upsert(List<Product> products, Runnable along) {
        try {
            return transactions.call(() -> {
                along.run();
                return repository.upsert(products);
            });
        } catch (OutcomeUnknownException e) {
            throw e.about("the products", "Send them again; it is safe to store them twice");
        } catch (QueryTimeoutException e) {
            throw new UnavailableException("The database is busy; send the products again later", RETRY_AFTER, e);
        }
    }

    /** @throws IllegalStateException when a product has a price in another currency than the shop's */
    public synchronized void load() {
        if (!loaded()) {
            Watermark.Moment now = transactions.call(repository::now);
            transactions.run(this::requireOneCurrency);
            apply(all());
            read.advance(now);
            catalog.markLoaded();
        }
    }

    private List<Versioned> all() {
        try {
            return transactions.call(READ_MAX, repository::all);
        } catch (RuntimeException e) {
            if (!Transactions.unreadableRow(e)) {
                throw e;
            }
            LOG.warn("The products are read in small parts, because one of them cannot be read");
            return readable(transactions.call(READ_MAX, repository::skus));
        }
    }

    private List<Versioned> readable(List<String> skus) {
        List<Versioned> read = new ArrayList<>();
        for (int i = 0; i < skus.size(); i += PART) {
            read.addAll(
                    transactions.readable("product", skus.subList(i, Math.min(i + PART, skus.size())), repository::of));
        }
        return read;
    }

    void refresh() {
        load();
        Watermark.Moment now = transactions.call(repository::now);
        Map<String, Instant> changed = transactions.call(() -> repository.versionsSince(read.since()));
        // most of them are known from the reads before
        changed.entrySet().removeIf(version -> !newer(version.getKey(), version.getValue()));
        apply(readable(List.copyOf(changed.keySet())));
        // one that cannot be read is looked at again when it is written again
        changed.forEach((sku, version) -> versions.merge(sku, version, CatalogUpdater::later));
        read.advance(now);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void requireOneCurrency() {
        String currency = config.currency().or(repository::anyCurrency).orElse("");
        repository.pricedInAnotherThan(currency).ifPresent(product -> {
            throw new IllegalStateException("The shop's currency is " + currency + ", but product '" + product.sku()
                    + "' is priced in " + product.currency()
                    + "; set vitrine.currency to the currency of the stored products");
        });
    }

    private synchronized void apply(List<Versioned> products) {
        List<Versioned> newer = products.stream()
                .filter(product -> newer(product.product().sku(), product.version()))
                .toList();
        newer.forEach(product -> versions.put(product.product().sku(), product.version()));
        catalog.put(newer.stream().map(Versioned::product).toList());
    }

    private boolean newer(String sku, Instant version) {
        Instant known = versions.get(sku);
        return known == null || version.isAfter(known);
    }
}
