package dev.vitrine.decision.context;

import dev.vitrine.candidates.Relations;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Candidate;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** How candidates relate to the page's product, to the cart and to the last order. */
record Related(
        Relations page, Relations cart, Relations lastOrder, Set<String> viewed, Map<String, Integer> secondsViewed) {
    void mark(Candidate.Builder candidate, Product product) {
        Set<Anchor> complementTo = anchors(relations -> relations.complement(product));
        candidate
                .variantTo(anchors(relations -> relations.variant(product)))
                .substituteTo(anchors(relations -> relations.substitute(product)))
                .complementTo(complementTo)
                .fitsTo(anchors(relations -> relations.fits(product)))
                .viewed(viewed.contains(product.sku()))
                .secondsViewed(secondsViewed.getOrDefault(product.sku(), 0))
                .complement(complementTo.contains(Anchor.PAGE) || complementTo.contains(Anchor.CART));
    }

    /** @param attributes as a request has them, in place of the catalog's */
    Set<Anchor> fitsTo(Map<String, String> attributes) {
        return anchors(relations -> relations.fits(attributes));
    }

    private Set<Anchor> anchors(Predicate<Relations> relation) {
        Set<Anchor> anchors = null;
        for (Anchor anchor : Anchor.values()) {
            Relations relations = of(anchor);
            if (relations != Relations.NONE && relation.test(relations)) {
                anchors = anchors == null ? EnumSet.noneOf(Anchor.class) : anchors;
                anchors.add(anchor);
            }
        }
        return anchors == null ? Set.of() : anchors;
    }

    private Relations of(Anchor anchor) {
        return switch (anchor) {
            case PAGE -> page;
            case CART -> cart;
            case LAST_ORDER -> lastOrder;
        };
    }
}
