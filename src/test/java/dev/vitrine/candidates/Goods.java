package dev.vitrine.candidates;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products for tests. */
final class Goods {
    private Goods() {}

    static Product product(String sku, String category) {
        return launched(sku, category, null);
    }

    static Product launched(String sku, String category, Instant at) {
        return of(sku, Kind.PRODUCT, category, List.of(), at);
    }

    static Product bundle(String sku, String... parts) {
        return of(sku, Kind.BUNDLE, "sets", List.of(parts), null);
    }

    private static Product of(String sku, Kind kind, String category, List<String> parts, Instant launchedAt) {
        return new Product(
                sku, kind, sku, sku, category, "", 10, 10, null, "EUR", 5, Set.of(), parts, Map.of(), launchedAt);
    }
}
