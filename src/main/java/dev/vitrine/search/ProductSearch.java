package dev.vitrine.search;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Finds products by words, from memory. A product that was just stored is found a second later. */
@Singleton
public final class ProductSearch {
    /** Products that are read at a time, so that those first in line can be found while a large catalog is read. */
    private static final int BATCH = 10_000;

    private final Catalog catalog;
    private final ProductIndex index;
    private final Set<String> changed = ConcurrentHashMap.newKeySet();

    public ProductSearch(Catalog catalog) {
        this.catalog = catalog;
        try {
            index = new ProductIndex();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        catalog.tell(products -> products.forEach(product -> changed.add(product.sku())));
    }

    /** Products that fit these words, best first; names, categories, brands, tags and attributes count. */
    public List<Found> find(String words, int max) {
        try {
            return index.find(words, max);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Skus of products for whoever still types: those that begin with the text, in upper or lower case, in order; then those of
     * products whose name has all of its words, the last of which may be half-written.
     */
    public List<String> begun(String text, int max) {
        try {
            return index.begun(text, max);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes up what has changed. */
    @Scheduled(every = "1s", identity = "search-index", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    public void refresh() {
        while (!changed.isEmpty()) {
            List<Product> batch = new ArrayList<>();
            for (Iterator<String> skus = changed.iterator(); skus.hasNext() && batch.size() < BATCH; ) {
                String sku = skus.next();
                // before it is read, so that a change that comes meanwhile is taken up too
                skus.remove();
                batch.add(catalog.product(sku));
            }
            try {
                index.put(batch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @PreDestroy
    void close() throws IOException {
        index.close();
    }
}
