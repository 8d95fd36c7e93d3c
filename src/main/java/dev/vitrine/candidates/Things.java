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

    private final Map<String, Named> bySku;
    private final Set<String> sorts;
    private final boolean anyFits;

    private record Named(String text, String brand, ThingName name) {}

    private Things(Map<String, Named> bySku, Set<String> sorts, boolean anyFits) {
        this.bySku = bySku;
        this.sorts = sorts;
        this.anyFits = anyFits;
    }

    /** Those of the catalog as it is now; names that are known already are not read again. */
    Things of(Catalog catalog) {
        Map<String, Named> named = new HashMap<>();
        Set<String> described = new HashSet<>();
        boolean fits = false;
        for (Product product : catalog.products()) {
            fits |= product.attributes().containsKey(Relations.FITS);
            if (product.kind() == Kind.PRODUCT) {
                Named thing = named(product);
                named.put(product.sku(), thing);
                if (thing.name.described()) {
                    described.add(product.category() + ' ' + thing.name.word());
                }
            }
        }
        return new Things(named, described, fits);
    }

    private Named named(Product product) {
        Named known = bySku.get(product.sku());
        return known != null && known.text.equals(product.name()) && known.brand.equals(product.brand())
                ? known
                : new Named(product.name(), product.brand(), ThingName.of(product.name(), product.brand()));
    }

    /** Whether the catalog says of any product what it fits. */
    boolean anyFits() {
        return anyFits;
    }

    /** "" where its name does not say. */
    String of(Product product) {
        Named thing = bySku.get(product.sku());
        return thing != null && sorts.contains(product.category() + ' ' + thing.name.word()) ? thing.name.word() : "";
    }
}
