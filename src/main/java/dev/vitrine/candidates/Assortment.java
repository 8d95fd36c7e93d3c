package dev.vitrine.candidates;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What is known from the catalog alone, without any event.
 *
 * @param fresh launched within 30 days and not yet looked at by anybody, newest first
 * @param newest the newest products that are launched, then by sku, as a last resort
 * @param unseen by category with those below it, what nobody has looked at yet, newest first: all of it on a shop's first day
 */
record Assortment(int size, List<Product> fresh, Ranking newest, Map<String, Ranking> unseen) {
    static final Assortment NOT_READ = new Assortment(0, List.of(), Ranking.NONE, Map.of());

    /** How long a product without data is tried out: the month in which shops call it "new". */
    private static final Duration FRESH = Duration.ofDays(30);
    /** More than any list holds (1000), plus the cart and what the list has already. */
    private static final int NEWEST_MAX = 2000;
    /** Tried out at a time, so that each is seen often enough; as these get their data, the next ones follow. */
    private static final int FRESH_MAX = 500;
    /** Of each category; more than a list shows. */
    private static final int UNSEEN_MAX = 300;

    static Assortment of(Collection<Product> products, Predicate<String> known, Instant now) {
        List<Product> launched = new ArrayList<>();
        int size = 0;
        for (Product product : products) {
            size++;
            if (product.launched(now)) {
                launched.add(product);
            }
        }
        launched.sort(Comparator.comparing(Product::launchedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .reversed()
                .thenComparing(Product::sku, Sessions.BY_KEY));
        List<Product> fresh = launched.stream()
                .filter(product -> product.launchedAt() != null
                        && product.launchedAt().isAfter(now.minus(FRESH))
                        && !known.test(product.sku()))
                .limit(FRESH_MAX)
                .toList();
        List<String> newest = launched.subList(0, Math.min(launched.size(), NEWEST_MAX)).stream()
                .map(Product::sku)
                .toList();
        return new Assortment(size, fresh, Ranking.inOrder(newest), unseen(launched, known));
    }

    private static Map<String, Ranking> unseen(List<Product> launched, Predicate<String> known) {
        Map<String, List<String>> unseen = new HashMap<>();
        for (Product product : launched) {
            if (product.kind() != Kind.ARTICLE && !known.test(product.sku())) {
                for (String path = product.category(); !path.isEmpty(); path = Popularity.parent(path)) {
                    List<String> within = unseen.computeIfAbsent(path, any -> new ArrayList<>());
                    if (within.size() < UNSEEN_MAX) {
                        within.add(product.sku());
                    }
                }
            }
        }
        Map<String, Ranking> rankings = new HashMap<>();
        unseen.forEach((path, skus) -> rankings.put(path, Ranking.inOrder(skus)));
        return rankings;
    }
}
