package dev.vitrine.catalog;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import jakarta.persistence.QueryTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Keeps {@link Catalog} in line with the database. In whatever order answers arrive, the latest versions stay. */
@Singleton
public final class CatalogUpdater {
    /** Longer than any write takes to commit after it has set {@code updated_at}. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    /** Far more than a million products take. */
    private static final Duration READ_MAX = Duration.ofMinutes(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final ProductRepository repository;
    private final Transactions transactions;
    private final Catalog catalog;
    private final ShopConfig config;
    private final Map<String, Instant> versions = new ConcurrentHashMap<>();
    private volatile Instant readUntil;

    CatalogUpdater(ProductRepository repository, Transactions transactions, Catalog catalog, ShopConfig config) {
        this.repository = repository;
        this.transactions = transactions;
        this.catalog = catalog;
        this.config = config;
    }

    /** Whether the catalog has been read; it has not while the database has been away since the start. */
    public boolean loaded() {
        return readUntil != null;
    }

    /** Stores these products, each sku at most once, then puts them into the catalog; none of them when it throws. */
    public void store(List<Product> products) {
        if (!products.isEmpty()) {
            load();
            apply(products, upsert(products));
        }
    }

    private Map<String, Instant> upsert(List<Product> products) {
        try {
            return transactions.call(() -> repository.upsert(products));
        } catch (QueryTimeoutException e) {
            throw new UnavailableException("The database is busy; send the products again later", RETRY_AFTER, e);
        }
    }

    /** @throws IllegalStateException when a product has a price in another currency than the shop's */
    public synchronized void load() {
        if (!loaded()) {
            readUntil = read(products -> {
                requireOneCurrency();
                repository.forEach(products);
            });
            catalog.markLoaded();
        }
    }

    void refresh() {
        load();
        Instant since = readUntil.minus(OVERLAP);
        readUntil = read(products -> {
            // most rows of the overlap are known: this instance wrote them
            List<String> newer = repository.versionsSince(since).entrySet().stream()
                    .filter(version -> newer(version.getKey(), version.getValue()))
                    .map(Map.Entry::getKey)
                    .toList();
            if (!newer.isEmpty()) {
                repository.forEach(newer, products);
            }
        });
    }

    /** Reads products and applies them. Returns the moment up to which all changes were read. */
    private Instant read(Consumer<Consumer<ProductEntity>> reading) {
        List<Product> products = new ArrayList<>();
        Map<String, Instant> stored = new HashMap<>();
        Instant until = transactions.call(READ_MAX, () -> {
            Instant now = repository.now();
            reading.accept(row -> {
                products.add(row.product());
                stored.put(row.sku, row.updatedAt);
            });
            return now;
        });
        apply(products, stored);
        return until;
    }

    private void requireOneCurrency() {
        String currency = config.currency().or(repository::anyCurrency).orElse("");
        repository.pricedInAnotherThan(currency).ifPresent(product -> {
            throw new IllegalStateException("The shop's currency is " + currency + ", but product '" + product.sku
                    + "' is priced in " + product.currency
                    + "; set vitrine.currency to the currency of the stored products");
        });
    }

    private synchronized void apply(List<Product> products, Map<String, Instant> stored) {
        List<Product> newer = products.stream()
                .filter(product -> newer(product.sku(), stored.get(product.sku())))
                .toList();
        newer.forEach(product -> versions.put(product.sku(), stored.get(product.sku())));
        catalog.put(newer);
    }

    private boolean newer(String sku, Instant version) {
        Instant known = versions.get(sku);
        return known == null || version.isAfter(known);
    }
}
