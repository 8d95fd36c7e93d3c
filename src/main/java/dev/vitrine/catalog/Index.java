package dev.vitrine.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Products by a key of theirs. Each list is immutable and replaced whole, once for a batch however many of its products
 * change, so that a reader never waits and an import does not copy a department a thousand times.
 */
final class Index {
    private final ConcurrentHashMap<String, List<Product>> lists = new ConcurrentHashMap<>();
    private final Function<Product, List<String>> keys;

    Index(Function<Product, List<String>> keys) {
        this.keys = keys;
    }

    List<Product> of(String key) {
        return key == null ? List.of() : lists.getOrDefault(key, List.of());
    }

    /** All keys that a product has; a live view. */
    Set<String> keys() {
        return Collections.unmodifiableSet(lists.keySet());
    }

    /** Puts the products that are new in place of the replaced ones. Not for two threads at once. */
    void change(Collection<Product> replaced, Map<String, Product> latest) {
        Map<String, Set<String>> gone = new HashMap<>();
        Map<String, List<Product>> come = new HashMap<>();
        for (Product old : replaced) {
            keys.apply(old).forEach(key -> gone.computeIfAbsent(key, k -> new HashSet<>())
                    .add(old.sku()));
        }
        for (Product product : latest.values()) {
            // a set: a bundle may hold the same part twice
            Set.copyOf(keys.apply(product)).forEach(key -> come.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(product));
        }
        Set<String> touched = new HashSet<>(gone.keySet());
        touched.addAll(come.keySet());
        for (String key : touched) {
            List<Product> list = new ArrayList<>(come.getOrDefault(key, List.of()));
            Set<String> without = gone.getOrDefault(key, Set.of());
            of(key).stream().filter(product -> !without.contains(product.sku())).forEach(list::add);
            if (list.isEmpty()) {
                lists.remove(key);
            } else {
                list.sort(Comparator.comparing(Product::sku));
                lists.put(key, List.copyOf(list));
            }
        }
    }
}
