package dev.vitrine.catalog;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** All products, in memory. What is put here is seen by the very next decision. */
@Singleton
public final class Catalog {
    private final ConcurrentHashMap<String, Product> products = new ConcurrentHashMap<>();

    /** The product of this sku, or null. */
    public Product product(String sku) {
        return products.get(sku);
    }

    /** All products; a live view. */
    public Collection<Product> products() {
        return Collections.unmodifiableCollection(products.values());
    }

    /** Takes these products in, in place of those of the same sku. */
    public void put(List<Product> changed) {
        for (Product product : changed) {
            products.put(product.sku(), product);
        }
    }
}
