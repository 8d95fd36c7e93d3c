package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Products for the tests. */
final class SampleProducts {
    private SampleProducts() {}

    static Product mat(String sku) {
        return product(sku, Kind.PRODUCT, "mat", "sport/yoga/mats", 30, 5, List.of());
    }

    static Product product(
            String sku, Kind kind, String family, String category, double price, int stock, List<String> parts) {
        return new Product(
                sku,
                kind,
                family,
                sku,
                category,
                "",
                price,
                price,
                10.0,
                "EUR",
                stock,
                Set.of("core"),
                parts,
                Map.of("size", "L"),
                null,
                null,
                0,
                null);
    }
}
