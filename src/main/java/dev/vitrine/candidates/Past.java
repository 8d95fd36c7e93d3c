package dev.vitrine.candidates;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What one shopper did in earlier visits: what a decision would have known then, about as
 * {@link dev.vitrine.merchandising.Shopper#interests} and the last order tell it.
 */
final class Past {
    /** Interest weighs half after this long, as it does for decisions unless a shop sets it otherwise. */
    private static final double HALF_LIFE_MILLIS = Duration.ofDays(30).toMillis();

    /** Points of a view, of a product put into the cart and of one that was bought. */
    static final int VIEW = 1;

    static final int CART = 3;
    static final int PURCHASE = 5;

    /** An order tells what may be missing for a month. */
    private static final long LATELY_MILLIS = Duration.ofDays(30).toMillis();

    /** More products than a person looks at in a season. */
    private static final int PRODUCTS = 1000;

    private final Map<String, Double> earlier = new HashMap<>();
    private final Map<String, Integer> now = new HashMap<>();
    private final Set<String> ordered = new HashSet<>();
    private final Set<String> ordering = new HashSet<>();
    private long endedAt;
    private long orderedAt;

    /** A visit begins: what came before is the past now. */
    void next(long atMillis) {
        double left = Math.pow(0.5, Math.max(0, atMillis - endedAt) / HALF_LIFE_MILLIS);
        if (earlier.size() < PRODUCTS) {
            now.forEach((sku, points) -> earlier.merge(sku, (double) points, Double::sum));
        }
        earlier.replaceAll((sku, points) -> points * left);
        now.clear();
        if (!ordering.isEmpty()) {
            ordered.clear();
            ordered.addAll(ordering);
            ordering.clear();
            orderedAt = endedAt;
        }
        if (atMillis - orderedAt > LATELY_MILLIS) {
            ordered.clear();
        }
        endedAt = atMillis;
    }

    void forget() {
        earlier.clear();
        now.clear();
        ordered.clear();
        ordering.clear();
    }

    void did(String sku, int points, long atMillis) {
        now.merge(sku, points, Integer::sum);
        endedAt = atMillis;
        if (points == PURCHASE) {
            ordering.add(sku);
        }
    }

    Set<String> ordered() {
        return Set.copyOf(ordered);
    }

    /** By product, since categories are asked for only in the end. */
    Map<String, Double> points() {
        return Map.copyOf(earlier);
    }

    /** Each category's share of all points. */
    static Map<String, Double> interests(Map<String, Double> points, Function<String, String> categoryOf) {
        Map<String, Double> interests = new HashMap<>();
        double[] all = new double[1];
        points.forEach((sku, sum) -> {
            String category = categoryOf.apply(sku);
            if (category != null && !category.isEmpty()) {
                interests.merge(category, sum, Double::sum);
                all[0] += sum;
            }
        });
        interests.replaceAll((category, sum) -> sum / all[0]);
        return interests;
    }
}
