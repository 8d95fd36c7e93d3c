package dev.vitrine.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product as {@code GET /products/{sku}} shows it; all money is in its {@code currency}. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Product", description = "A product as it is stored; all money is in its currency")
record ProductView(
        String sku,
        Kind kind,
        String family,
        String name,
        String category,
        String brand,
        double price,
        double listPrice,
        @Schema(description = "Absent if unknown") Double cost,
        @Schema(
                        description =
                                "The share of the price that is left after cost, negative if sold below cost; absent without a cost")
                Double margin,
        @Schema(description = "ISO 4217 code") String currency,
        int stock,
        SortedSet<String> tags,
        List<String> parts,
        Map<String, String> attributes,
        @Schema(description = "Absent if unknown") Instant launchedAt,
        @Schema(description = "0 to 5; absent if unknown") Double rating,
        @Schema(description = "How many rated it") int reviews,
        @Schema(description = "The share of the sold ones that come back, 0 to 1; absent if unknown")
                Double returnRate) {
    static ProductView of(Product product) {
        return new ProductView(
                product.sku(),
                product.kind(),
                product.family(),
                product.name(),
                product.category(),
                product.brand(),
                product.price(),
                product.listPrice(),
                product.cost(),
                product.cost() == null ? null : product.margin(),
                product.currency(),
                product.stock(),
                new TreeSet<>(product.tags()),
                product.parts(),
                new TreeMap<>(product.attributes()),
                product.launchedAt(),
                product.rating(),
                product.reviews(),
                product.returnRate());
    }
}
