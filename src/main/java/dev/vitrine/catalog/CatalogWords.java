package dev.vitrine.catalog;

import dev.vitrine.problem.FieldWarning;
import dev.vitrine.problem.Nearest;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to say of a tag, category, brand or sku that no product has. It is probably misspelt, or its product is still to come. */
@Singleton
public final class CatalogWords {
    /** With more skus, the search for the nearest one would take longer than what asks for it. */
    private static final int SKUS_COMPARED_MAX = 100_000;

    private static final int LISTED_MAX = 12;

    /** What a word names. */
    public enum Kind {
        TAG("has the tag"),
        CATEGORY("is in the category"),
        BRAND("has the brand"),
        SKU("has the sku");

        private final String says;

        Kind(String says) {
            this.says = says;
        }
    }

    /** Two sentences; the cure is "" where none is known. */
    public record Unknown(String message, String cure) {
        public String sentences() {
            return cure.isEmpty() ? message : message + " " + cure;
        }

        public FieldWarning at(String field, String value) {
            return new FieldWarning(field, value, message, cure);
        }
    }

    private final Catalog catalog;

    public CatalogWords(Catalog catalog) {
        this.catalog = catalog;
    }

    /** Empty where a product has the word, or where the shop has no products yet, so that there is nothing to compare with. */
    public Optional<Unknown> unknown(Kind kind, String word) {
        return catalog.products().isEmpty() || isKnown(kind, word) ? Optional.empty() : Optional.of(of(kind, word));
    }

    private boolean isKnown(Kind kind, String word) {
        return switch (kind) {
            case TAG -> catalog.tags().contains(word);
            case CATEGORY -> catalog.categories().contains(word);
            case BRAND -> catalog.brands().contains(word);
            case SKU -> catalog.product(word) != null;
        };
    }

    /** What to say of a word that no product has. */
    public Unknown of(Kind kind, String word) {
        String cure =
                switch (kind) {
                    case TAG -> Nearest.cure(word, catalog.tags(), LISTED_MAX);
                    case CATEGORY -> categoryCure(word);
                    case BRAND -> Nearest.cure(word, catalog.brands(), LISTED_MAX);
                    case SKU -> Nearest.cure(word, nearSkus(word), LISTED_MAX);
                };
        return new Unknown("No product " + kind.says + " '" + word + "'.", cure);
    }

    private String categoryCure(String word) {
        Collection<String> known = catalog.categories();
        String path = word.replaceAll("\\s*[>|\\\\]\\s*", "/").replaceAll("^/|/$", "");
        String above = path.replaceFirst("/?[*%]+$", "");
        if (!above.equals(word) && !catalog.within(above).isEmpty()) {
            return "Write: \"" + above + "\"";
        }
        List<String> ending =
                known.stream().filter(one -> one.endsWith("/" + path)).sorted().toList();
        return ending.isEmpty()
                ? Nearest.cure(word, known, LISTED_MAX)
                : "A category is written whole, from the department on: "
                        + ending.stream().limit(LISTED_MAX).collect(Collectors.joining(", ")) + ".";
    }

    private Set<String> nearSkus(String sku) {
        return catalog.products().stream()
                .limit(SKUS_COMPARED_MAX)
                .map(Product::sku)
                .filter(known -> Math.abs(known.length() - sku.length()) <= 2)
                .collect(Collectors.toSet());
    }
}
