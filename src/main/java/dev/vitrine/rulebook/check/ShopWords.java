package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.visit.StorefrontWords;
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
    private final StorefrontWords storefront;
    private final List<String> placements;

    ShopWords(
            Catalog catalog,
            StorefrontWords storefront,
            @ConfigProperty(name = "vitrine.decision.placements") List<String> placements) {
        this.catalog = catalog;
        this.storefront = storefront;
        this.placements = List.copyOf(placements);
    }

    Optional<RuleProblem> problem(Spelling.Word word) {
        String text = word.text();
        return switch (word.kind()) {
            case TAG -> ofCatalog(word, "No product has the tag '" + text + "'.", catalog.tags());
            case CATEGORY -> ofCatalog(word, "No product is in the category '" + text + "'.", catalog.categories());
            case BRAND -> ofCatalog(word, "No product has the brand '" + text + "'.", catalog.brands());
            case SKU ->
                catalog.products().isEmpty() || catalog.product(text) != null
                        ? Optional.empty()
                        : warning(word, "No product has the sku '" + text + "'.", nearSkus(text));
            case PLACEMENT -> said(word, "No placement is called '" + text + "'.", placements);
            case ATTRIBUTE -> attribute(word);
            case NUMBER -> number(word);
            case CONTEXT ->
                said(word, "No request has said '" + text + "' in its context of late.", storefront.contextKeys());
            case SEGMENT -> said(word, "No shopper is in the segment '" + text + "'.", storefront.segments());
            case COUNTRY -> country(word);
            case LANGUAGE ->
                said(word, "No visit has had the language '" + text + "' of late.", storefront.languages());
            case FIELD -> Optional.empty();
        };
    }

    /** All words of a kind that the shop knows; none where they are too many to compare with. */
    Collection<String> known(ValueKind kind) {
        return switch (kind) {
            case TAG -> catalog.tags();
            case CATEGORY -> catalog.categories();
            case BRAND -> catalog.brands();
            case ATTRIBUTE -> catalog.attributes();
            case PLACEMENT -> placements;
            case SEGMENT -> storefront.segments();
            case CONTEXT -> storefront.contextKeys();
            case COUNTRY -> storefront.countries();
            case LANGUAGE -> storefront.languages();
            case SKU ->
                catalog.products().size() > SKUS_COMPARED_MAX
                        ? List.of()
                        : catalog.products().stream().map(Product::sku).toList();
            case SOURCE, ATTRIBUTE_VALUE, CAMPAIGN_ID, CAMPAIGN_NAME -> List.of();
        };
    }

    private Optional<RuleProblem> attribute(Spelling.Word word) {
        Set<String> known = catalog.attributes();
        String otherCapitals = known.stream()
                .filter(name -> name.equalsIgnoreCase(word.text()))
                .findFirst()
                .map(name -> " Capitals count.")
                .orElse("");
        return said(word, "No product has the attribute '" + word.text() + "'." + otherCapitals, known);
    }

    private Optional<RuleProblem> number(Spelling.Word word) {
        Set<String> units = catalog.unitsOf(word.text());
        if (units.size() > 1) {
            return Optional.of(RuleProblem.warning(
                    word.file(),
                    word.line(),
                    word.column(),
                    word.rule(),
                    "The numbers of the attribute '" + word.text() + "' have several units ("
                            + units.stream().limit(LISTED_MAX).collect(Collectors.joining(", "))
                            + "), and number( ... ) compares them without.",
                    "Use one unit in the catalog."));
        }
        boolean text = catalog.attributes().contains(word.text())
                && !catalog.numericAttributes().contains(word.text());
        return text
                ? Optional.of(RuleProblem.warning(
                        word.file(),
                        word.line(),
                        word.column(),
                        word.rule(),
                        "The attribute '" + word.text() + "' is a number in no product.",
                        "Write: text( \"" + word.text() + "\" )"))
                : attribute(word);
    }

    private Optional<RuleProblem> country(Spelling.Word word) {
        if (!word.text().matches("[A-Z]{2}")) {
            return Optional.of(RuleProblem.warning(
                    word.file(),
                    word.line(),
                    word.column(),
                    word.rule(),
                    "'" + word.text() + "' is no country.",
                    "A country is a code of two upper-case letters, such as DE."));
        }
        return said(word, "No visit has come from '" + word.text() + "' of late.", storefront.countries());
    }

    /** A shop without products knows no words yet, so there is nothing to compare with. */
    private Optional<RuleProblem> ofCatalog(Spelling.Word word, String message, Collection<String> known) {
        return catalog.products().isEmpty() ? Optional.empty() : unknown(word, message, known);
    }

    /** Words that a shop need not use: where there are none at all, nothing can be said of one. */
    private static Optional<RuleProblem> said(Spelling.Word word, String message, Collection<String> known) {
        return known.isEmpty() ? Optional.empty() : unknown(word, message, known);
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
