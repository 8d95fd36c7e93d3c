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

/** Products by a key. A batch replaces each immutable list once, so readers never wait and large imports stay fast. */
final class Index {
    private final ConcurrentHashMap<String, List<Product>> lists = new ConcurrentHashMap<>();
    private final Function<Product, List<String>> keys;

    Index(Function<Product, List<String>> keys) {
        this.keys = keys;
    }

    List<Product> of(String key) {
        return key == null ? List.of() : lists.getOrDefault(key, List.of());
    }

    Set<String> keys() {
        return Collections.unmodifiableSet(lists.keySet());
    }

    /** Puts the latest products in place of the replaced ones. Only one thread at a time may call this. */
    void change(Collection<Product> replaced, Map<String, Product> latest) {
        Map<String, Set<String>> removed = new HashMap<>();
        Map<String, List<Product>> added = new HashMap<>();
        for (Product old : replaced) {
            keys.apply(old).forEach(key -> removed.computeIfAbsent(key, k -> new HashSet<>())
                    .add(old.sku()));
        }
        for (Product product : latest.values()) {
            // a set: a bundle may hold the same part twice
            Set.copyOf(keys.apply(product)).forEach(key -> added.computeIfAbsent(key, k -> new ArrayList<>())
                    .add(product));
        }
        Set<String> touched = new HashSet<>(removed.keySet());
        touched.addAll(added.keySet());
        for (String key : touched) {
            List<Product> list = new ArrayList<>(added.getOrDefault(key, List.of()));
            Set<String> skus = removed.getOrDefault(key, Set.of());
            of(key).stream().filter(product -> !skus.contains(product.sku())).forEach(list::add);
            if (list.isEmpty()) {
                lists.remove(key);
            } else {
                list.sort(Comparator.comparing(Product::sku));
                lists.put(key, List.copyOf(list));
            }
        }
    }
}
