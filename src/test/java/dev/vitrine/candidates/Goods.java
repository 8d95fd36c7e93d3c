package dev.vitrine.candidates;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products for tests. */
public final class Goods {
    private Goods() {}

    static Product product(String sku, String category) {
        return launched(sku, category, null);
    }

    static Product launched(String sku, String category, Instant at) {
        return of(sku, Kind.PRODUCT, sku, category, 10, List.of(), at);
    }

    static Product tagged(String sku, String category, String tag) {
        return new Product(
                sku,
                Kind.PRODUCT,
                sku,
                sku,
                category,
                "",
                10,
                10,
                null,
                "EUR",
                5,
                Set.of(tag),
                List.of(),
                Map.of(),
                null,
                null,
                0,
                null);
    }

    static Product bundle(String sku, String... parts) {
        return of(sku, Kind.BUNDLE, sku, "sets", 10, List.of(parts), null);
    }

    public static Product variant(String sku, String family, String category, double price) {
        return of(sku, Kind.PRODUCT, family, category, price, List.of(), null);
    }

    private static Product of(
            String sku,
            Kind kind,
            String family,
            String category,
            double price,
            List<String> parts,
            Instant launchedAt) {
        return new Product(
                sku,
                kind,
                family,
                sku,
                category,
                "",
                price,
                price,
                null,
                "EUR",
                5,
                Set.of(),
                parts,
                Map.of(),
                launchedAt,
                null,
                0,
                null);
    }

    public static Product named(
            String sku, String name, String category, String brand, double price, Map<String, String> attributes) {
        return new Product(
                sku,
                Kind.PRODUCT,
                sku,
                name,
                category,
                brand,
                price,
                price,
                null,
                "EUR",
                5,
                Set.of(),
                List.of(),
                attributes,
                null,
                null,
                0,
                null);
    }
}
