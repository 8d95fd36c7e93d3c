package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Where a price stands among those of its category. They are sorted when somebody asks for the first time after a change. */
final class PriceLevels {
    private static final double THOUSANDTHS = 1000;

    private final ConcurrentHashMap<String, double[]> sorted = new ConcurrentHashMap<>();

    /** To be called after the products are replaced. One whose stock alone has changed costs nothing. */
    void change(Collection<Product> replaced, Map<String, Product> latest) {
        Map<String, Product> before = new HashMap<>();
        replaced.forEach(product -> before.put(product.sku(), product));
        for (Product product : latest.values()) {
            Product old = before.get(product.sku());
            if (old == null || !counted(old).equals(counted(product))) {
                sorted.remove(product.category());
                if (old != null) {
                    sorted.remove(old.category());
                }
            }
        }
    }

    private static List<Object> counted(Product product) {
        return List.of(product.kind(), product.category(), product.price());
    }

    /**
     * The share of the other prices that are lower, and half of those that are the same; null where the category has no two
     * prices.
     *
     * @param within the products of the category and below it
     */
    Double of(String category, double price, Index within) {
        double[] prices = sorted.get(category);
        if (prices == null) {
            prices = sorted.computeIfAbsent(category, path -> prices(path, within.of(path)));
        }
        if (prices.length < 2) {
            return null;
        }
        int below = countBelow(prices, price);
        int same = countBelow(prices, Math.nextUp(price)) - below;
        double rank = Math.min(prices.length - 1, below + Math.max(0, same - 1) / 2.0);
        return Math.round(rank / (prices.length - 1) * THOUSANDTHS) / THOUSANDTHS;
    }

    private static double[] prices(String category, List<Product> within) {
        return within.stream()
                .filter(product -> product.kind() == Kind.PRODUCT
                        && product.price() > 0
                        && product.category().equals(category))
                .mapToDouble(Product::price)
                .sorted()
                .toArray();
    }

    private static int countBelow(double[] prices, double price) {
        int low = 0;
        int high = prices.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (prices[middle] < price) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
