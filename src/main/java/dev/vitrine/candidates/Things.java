package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.search.ThingName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What sort of thing each product is, by its name: a category may hold machines and grinders. A word names a sort if a product
 * of the category has it with a word before it that says more ("Hand grinder"). A name without such a word ("Nova 12") may be
 * of any of its category's sorts.
 */
final class Things {
    static final Things UNKNOWN = new Things(Map.of(), Set.of(), false);

    private final Map<String, String> bySku;
    private final Set<String> sorts;
    private final boolean anyFits;

    private Things(Map<String, String> bySku, Set<String> sorts, boolean anyFits) {
        this.bySku = bySku;
        this.sorts = sorts;
        this.anyFits = anyFits;
    }

    /** Whether the catalog says of any product what it fits. */
    boolean anyFits() {
        return anyFits;
    }

    static Things of(Catalog catalog) {
        Map<String, String> bySku = new HashMap<>();
        Set<String> sorts = new HashSet<>();
        for (Product product : catalog.products()) {
            if (product.kind() == Kind.PRODUCT) {
                ThingName name = ThingName.of(product.name(), product.brand());
                bySku.put(product.sku(), name.word());
                if (name.described()) {
                    sorts.add(product.category() + ' ' + name.word());
                }
            }
        }
        return new Things(bySku, sorts, catalog.products().stream().anyMatch(product -> product.attributes()
                .containsKey(Relations.FITS)));
    }

    /** "" where its name does not say. */
    String of(Product product) {
        String thing = bySku.getOrDefault(product.sku(), "");
        return sorts.contains(product.category() + ' ' + thing) ? thing : "";
    }
}
