package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.search.ThingName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What sort of thing each product is, by its name: a category may hold machines and grinders. A word names a sort if a product
 * of the category has it with a word before it that says more ("Hand grinder"). A name without such a word ("Nova 12") may be
 * of any of its category's sorts.
 */
final class Things {
    static final Things UNKNOWN = new Things(Map.of(), Set.of(), Map.of());

    private final Map<String, Named> bySku;
    private final Set<String> sorts;
    private final Map<String, List<String>> fitting;

    private record Named(String text, String brand, ThingName name) {}

    private Things(Map<String, Named> bySku, Set<String> sorts, Map<String, List<String>> fitting) {
        this.bySku = bySku;
        this.sorts = sorts;
        this.fitting = fitting;
    }

    /** Those of the catalog as it is now; names that are known already are not read again. */
    Things of(Catalog catalog) {
        Map<String, Named> named = new HashMap<>();
        Set<String> described = new HashSet<>();
        Map<String, List<String>> fitting = new HashMap<>();
        for (Product product : catalog.products()) {
            String fits = product.attributes().get(Relations.FITS);
            if (fits != null) {
                for (String one : Relations.listed(fits)) {
                    fitting.computeIfAbsent(one, any -> new ArrayList<>()).add(product.sku());
                }
            }
            if (product.kind() == Kind.PRODUCT) {
                Named thing = named(product);
                named.put(product.sku(), thing);
                if (thing.name.described()) {
                    described.add(product.category() + ' ' + thing.name.word());
                }
            }
        }
        return new Things(named, described, fitting);
    }

    private Named named(Product product) {
        Named known = bySku.get(product.sku());
        return known != null && known.text.equals(product.name()) && known.brand.equals(product.brand())
                ? known
                : new Named(product.name(), product.brand(), ThingName.of(product.name(), product.brand()));
    }

    /** Whether the catalog says of any product what it fits. */
    boolean anyFits() {
        return !fitting.isEmpty();
    }

    /** What the catalog says fits this sku or family. */
    List<String> fitting(String skuOrFamily) {
        return fitting.getOrDefault(skuOrFamily, List.of());
    }

    /** The category of a product, and in one of several sorts of things its sort. */
    String sort(Product product) {
        String thing = of(product);
        return thing.isEmpty() ? product.category() : product.category() + ' ' + thing;
    }

    /** "" where its name does not say. */
    String of(Product product) {
        Named thing = bySku.get(product.sku());
        return thing != null && sorts.contains(product.category() + ' ' + thing.name.word()) ? thing.name.word() : "";
    }
}
