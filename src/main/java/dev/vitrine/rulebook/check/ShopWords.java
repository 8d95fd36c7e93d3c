package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The words that the shop knows now. A word that a rule names and no product has is probably a typing mistake. */
@Singleton
final class ShopWords {
    /** With more skus, the search for the nearest one would take longer than the rest of the check. */
    private static final int SKUS_COMPARED_MAX = 100_000;

    private static final int LISTED_MAX = 12;

    private final Catalog catalog;
    private final List<String> placements;

    ShopWords(Catalog catalog, @ConfigProperty(name = "vitrine.decision.placements") List<String> placements) {
        this.catalog = catalog;
        this.placements = List.copyOf(placements);
    }

    /** A shop without products knows no words yet, so there is nothing to compare with. */
    Optional<RuleProblem> problem(Spelling.Word word) {
        if (word.kind() != Spelling.Kind.PLACEMENT && catalog.products().isEmpty()) {
            return Optional.empty();
        }
        String text = word.text();
        return switch (word.kind()) {
            case TAG -> unknown(word, "No product has the tag '" + text + "'.", catalog.tags());
            case CATEGORY -> unknown(word, "No product is in the category '" + text + "'.", catalog.categories());
            case BRAND -> unknown(word, "No product has the brand '" + text + "'.", catalog.brands());
            case SKU ->
                catalog.product(text) != null
                        ? Optional.empty()
                        : warning(word, "No product has the sku '" + text + "'.", nearSkus(text));
            case PLACEMENT -> unknown(word, "No placement is called '" + text + "'.", placements);
            case FIELD -> Optional.empty();
        };
    }

    private static Optional<RuleProblem> unknown(Spelling.Word word, String message, Collection<String> known) {
        return known.contains(word.text()) ? Optional.empty() : warning(word, message, known);
    }

    private static Optional<RuleProblem> warning(Spelling.Word word, String message, Collection<String> known) {
        String cure = Nearest.to(word.text(), known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(
                        known.isEmpty() || known.size() > LISTED_MAX
                                ? ""
                                : "Known: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
        return Optional.of(RuleProblem.warning(word.file(), word.line(), word.column(), word.rule(), message, cure));
    }

    private Set<String> nearSkus(String sku) {
        return catalog.products().stream()
                .limit(SKUS_COMPARED_MAX)
                .map(Product::sku)
                .filter(known -> Math.abs(known.length() - sku.length()) <= 2)
                .collect(Collectors.toSet());
    }
}
