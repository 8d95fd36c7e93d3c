package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that the shop sells, or an article that it shows.
 *
 * @param sku its key
 * @param kind product, article or bundle
 * @param family what variants of one thing share; the sku itself where there are none
 * @param name as the shop shows it
 * @param category path such as {@code sport/yoga/mats}
 * @param brand "" where there is none
 * @param price in {@code currency}
 * @param listPrice price before any discount; the price itself where there is none
 * @param cost what the shop pays for it, null where it is unknown
 * @param currency ISO 4217 code
 * @param stock pieces that can be sold
 * @param tags the shop's own marks
 * @param parts skus of a bundle's parts, empty for everything else
 * @param attributes what a comparison shows side by side, such as {@code thickness: 6 mm}
 * @param launchedAt when it went on sale, null where it is unknown
 */
public record Product(
        String sku,
        Kind kind,
        String family,
        String name,
        String category,
        String brand,
        double price,
        double listPrice,
        Double cost,
        String currency,
        int stock,
        Set<String> tags,
        List<String> parts,
        Map<String, String> attributes,
        Instant launchedAt) {
    public Product {
        tags = Set.copyOf(tags);
        parts = List.copyOf(parts);
        attributes = Map.copyOf(attributes);
    }

    /** Share of the price that is left after cost, 0 where the cost is unknown or the price is 0. */
    public double margin() {
        return cost == null || price == 0 ? 0 : (price - cost) / price;
    }
}
