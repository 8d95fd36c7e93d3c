package dev.vitrine.catalog;

import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.NamedValues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that the shop sells, or an article that it shows.
 *
 * @param family shared by the variants of one thing; the sku itself if there are none
 * @param category path such as {@code sport/yoga/mats}
 * @param listPrice price before any discount; the price itself if there is none
 * @param cost what the shop pays for it, null if unknown
 * @param attributes what a comparison shows side by side, such as {@code thickness: 6 mm}, and rules read
 * @param launchedAt when it went on sale, null if unknown
 * @param rating 0 to 5, null if unknown
 * @param reviews how many rated it
 * @param returnRate share of the sold ones that come back, 0 to 1, null if unknown
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
        Instant launchedAt,
        Double rating,
        int reviews,
        Double returnRate) {
    public Product {
        tags = Set.copyOf(tags);
        parts = List.copyOf(parts);
        attributes = NamedValues.of(attributes);
    }

    /** Whether its category is this one or below it; everything is within "". */
    public boolean within(String path) {
        return path.isEmpty()
                || category.startsWith(path)
                        && (category.length() == path.length() || category.charAt(path.length()) == '/');
    }

    /** The share of the price that is left after cost; 0 if the cost is unknown or the price is 0. */
    public double margin() {
        return cost == null || price == 0 ? 0 : (price - cost) / price;
    }

    /** The names of the attributes that are numbers. */
    Set<String> numericAttributes() {
        return NamedValues.of(attributes).keysOfNumbers();
    }

    /** Of each attribute that is a number with a unit, both. */
    Set<AttributeUnit> attributeUnits() {
        NamedValues values = NamedValues.of(attributes);
        return values.keysOfNumbers().stream()
                .map(name -> new AttributeUnit(name, values.unit(name)))
                .filter(one -> !one.unit().isEmpty())
                .collect(Collectors.toSet());
    }

    record AttributeUnit(String attribute, String unit) {}

    /** Whether it may be sold yet; one without a date always may. */
    public boolean launched(Instant now) {
        return launchedAt == null || !launchedAt.isAfter(now);
    }
}
