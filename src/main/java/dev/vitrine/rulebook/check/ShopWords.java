package dev.vitrine.rulebook.check;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.assist.KnownCampaigns;
import dev.vitrine.rulebook.assist.ShopValues.CampaignValue;
import dev.vitrine.rulebook.language.Spelling;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.visit.StorefrontWords;
import io.quarkus.arc.All;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The words that the shop knows now. A word that a rule names and no product has is probably a typing mistake. */
@Singleton
final class ShopWords {
    /** With more skus, the search for the nearest one would take longer than the rest of the check. */
    private static final int SKUS_COMPARED_MAX = 100_000;

    private static final int LISTED_MAX = 12;

    /** What storefronts say of where a visit came from, beside the shop's own words. */
    private static final Set<String> SOURCES = Set.of("direct", "search-ads", "search", "social", "email", "referral");

    private static final Pattern PAIR = Pattern.compile("\\s*([^=:]+?)\\s*[=:]\\s*(.+?)\\s*");
    private static final Pattern REGION = Pattern.compile("([A-Za-z]{2,3})[-_][A-Za-z]{2,4}");

    private final Catalog catalog;
    private final StorefrontWords storefront;
    private final List<KnownCampaigns> campaigns;
    private final List<String> placements;

    @Inject
    ShopWords(
            Catalog catalog,
            StorefrontWords storefront,
            @All List<KnownCampaigns> campaigns,
            @ConfigProperty(name = "vitrine.decision.placements") List<String> placements) {
        this.catalog = catalog;
        this.storefront = storefront;
        this.campaigns = List.copyOf(campaigns);
        this.placements = List.copyOf(placements);
    }

    /** Of a shop of which nothing is known. */
    static ShopWords unknown() {
        return new ShopWords(new Catalog(), new StorefrontWords(), List.of(), List.of());
    }

    Optional<RuleProblem> problem(Spelling.Word word) {
        String text = word.text();
        return switch (word.kind()) {
            case TAG -> ofCatalog(word, "No product has the tag '" + text + "'.", catalog.tags());
            case CATEGORY -> category(word);
            case WHOLE_CATEGORY -> whole(word, "within( \"" + text + "\" )");
            case PURCHASE_CATEGORY -> whole(word, "lastPurchaseWithin( \"" + text + "\" )");
            case INTEREST -> whole(word, "interest( \"" + text + "\" ) > 0");
            case GIFT, LISTED_CATEGORY, COMPARED_CATEGORY -> whole(word, "");
            case BRAND -> ofCatalog(word, "No product has the brand '" + text + "'.", catalog.brands());
            case SKU ->
                catalog.products().isEmpty() || catalog.product(text) != null
                        ? Optional.empty()
                        : Optional.of(warning(word, "No product has the sku '" + text + "'.", nearSkus(text)));
            case PLACEMENT -> said(word, "No placement is called '" + text + "'.", placements);
            case ATTRIBUTE -> attribute(word);
            case NUMBER -> number(word);
            case CONTEXT ->
                context(word, "No request has said '" + text + "' in its context of late.", storefront.contextKeys());
            case SOURCE -> source(word);
            case CAMPAIGN -> campaign(word);
            case CAMPAIGN_ID -> said(word, "No campaign has the id '" + text + "'.", campaigns(CampaignValue::id));
            case SEGMENT -> said(word, "No shopper is in the segment '" + text + "'.", storefront.segments());
            case COUNTRY -> country(word);
            case LANGUAGE -> language(word);
            case AMOUNT -> amount(word);
        };
    }

    /** Prices of few currencies have three decimals: where one of the shop's has, the rule means what it says. */
    private Optional<RuleProblem> amount(Spelling.Word word) {
        boolean usual = catalog.products().stream()
                .anyMatch(product -> Math.abs(product.price() * 100 - Math.rint(product.price() * 100)) > 1e-6);
        String number = Proposal.number(Double.parseDouble(word.text()));
        return usual
                ? Optional.empty()
                : Optional.of(warning(
                        word,
                        word.text() + " is " + number + ": a point begins the decimals.",
                        "Write " + word.text().replace(".", "") + " if that is meant, or else " + number + "."));
    }

    private Optional<RuleProblem> category(Spelling.Word word) {
        String path = word.text().replaceAll("\\s*[>|\\\\]\\s*", "/").replaceAll("^/|/$", "");
        String message = "No product is in the category '" + word.text() + "'.";
        String above = path.replaceFirst("/?[*%]+$", "");
        if (!above.equals(word.text()) && !catalog.within(above).isEmpty()) {
            return Optional.of(warning(word, message, "Write: \"" + above + "\""));
        }
        List<String> ending = catalog.categories().stream()
                .filter(known -> known.endsWith("/" + path))
                .sorted()
                .toList();
        return catalog.categories().contains(word.text()) || ending.isEmpty()
                ? ofCatalog(word, message, catalog.categories())
                : Optional.of(warning(
                        word,
                        message,
                        "A category is written whole, from the department on: "
                                + ending.stream().limit(LISTED_MAX).collect(Collectors.joining(", ")) + "."));
    }

    /**
     * A category that a word must equal. Products are in the lowest categories only, so of one with others below it nothing is
     * equal.
     *
     * @param within what asks for it and those below it, "" if nothing does
     */
    private Optional<RuleProblem> whole(Spelling.Word word, String within) {
        List<Product> below = catalog.within(word.text());
        String path = word.text().replaceFirst("/+$", "");
        if (below.isEmpty() && !path.equals(word.text())) {
            boolean above = catalog.products().stream().noneMatch(product -> path.equals(product.category()));
            if (above && !within.isEmpty() && !catalog.within(path).isEmpty()) {
                return Optional.of(warning(
                        word,
                        "No product is in the category '" + word.text() + "'.",
                        "Write: " + within.replace(word.text(), path)));
            }
        }
        if (below.isEmpty()) {
            return category(word);
        }
        Set<String> known = new TreeSet<>();
        below.forEach(product -> known.add(product.category()));
        if (known.contains(word.text())) {
            return Optional.empty();
        }
        String listed = known.stream().limit(LISTED_MAX).collect(Collectors.joining(", "));
        return Optional.of(warning(
                word,
                "No product is in the category '" + word.text() + "' itself, only in those below it.",
                within.isEmpty() ? "Name them: " + listed + "." : "Write: " + within));
    }

    private Optional<RuleProblem> source(Spelling.Word word) {
        Set<String> known = new TreeSet<>(SOURCES);
        known.addAll(storefront.sources());
        // before the first visit, a word of the shop's own is as good as any
        boolean open =
                storefront.sources().isEmpty() && Nearest.to(word.text(), known).isEmpty();
        return open
                ? Optional.empty()
                : unknown(word, "No visit has come from the source '" + word.text() + "' of late.", known);
    }

    private Optional<RuleProblem> campaign(Spelling.Word word) {
        return campaigns(CampaignValue::id).contains(word.text())
                        && !campaigns(CampaignValue::name).contains(word.text())
                ? Optional.of(warning(
                        word,
                        "No campaign is called '" + word.text() + "': that is the id of one.",
                        "Write: id == \"" + word.text() + "\""))
                : said(word, "No campaign is called '" + word.text() + "'.", campaigns(CampaignValue::name));
    }

    private Set<String> campaigns(Function<CampaignValue, String> which) {
        return campaigns.stream()
                .flatMap(some -> some.campaigns().stream())
                .map(which)
                .collect(Collectors.toSet());
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
        Matcher pair = PAIR.matcher(word.text());
        if (pair.matches()) {
            return pair(word, pair, "attribute");
        }
        Set<String> known = catalog.attributes();
        String otherCapitals = known.stream()
                .filter(name -> name.equalsIgnoreCase(word.text()))
                .findFirst()
                .map(name -> " Capitals count.")
                .orElse("");
        return said(word, "No product has the attribute '" + word.text() + "'." + otherCapitals, known);
    }

    private Optional<RuleProblem> context(Spelling.Word word, String message, Set<String> known) {
        Matcher pair = PAIR.matcher(word.text());
        return pair.matches() && !known.contains(word.text()) ? pair(word, pair, "key") : said(word, message, known);
    }

    /** {@code context contains "weather=rain"}: a key, and what was meant as its value. */
    private static Optional<RuleProblem> pair(Spelling.Word word, Matcher pair, String what) {
        return Optional.of(warning(
                word,
                "'contains' asks for " + (what.equals("key") ? "a key" : "the name of an attribute")
                        + ", not for its value.",
                "Write: text( \"" + pair.group(1) + "\" ) == \"" + pair.group(2) + "\""));
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
            boolean small = word.text().matches("[A-Za-z]{2}");
            return Optional.of(warning(
                    word,
                    "'" + word.text() + "' is no country.",
                    small
                            ? "Write it in capitals: \"" + word.text().toUpperCase(Locale.ROOT) + "\""
                            : "A country is a code of two upper-case letters, such as DE."));
        }
        return said(word, "No visit has come from '" + word.text() + "' of late.", storefront.countries());
    }

    private Optional<RuleProblem> language(Spelling.Word word) {
        Matcher region = REGION.matcher(word.text());
        if (region.matches() || !word.text().equals(word.text().toLowerCase(Locale.ROOT))) {
            String plain = region.matches() ? region.group(1) : word.text();
            return Optional.of(warning(
                    word,
                    "A language is kept in lower case and without its region, so no visit has '" + word.text() + "'.",
                    "Write: \"" + plain.toLowerCase(Locale.ROOT) + "\""));
        }
        return said(word, "No visit has had the language '" + word.text() + "' of late.", storefront.languages());
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
        return known.contains(word.text()) ? Optional.empty() : Optional.of(warning(word, message, known));
    }

    private static RuleProblem warning(Spelling.Word word, String message, String cure) {
        return RuleProblem.warning(word.file(), word.line(), word.column(), word.rule(), message, cure);
    }

    private static RuleProblem warning(Spelling.Word word, String message, Collection<String> known) {
        String cure = Nearest.to(word.text(), known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElseGet(() -> some(known));
        return warning(word, message, cure);
    }

    /** Words to choose from; never nothing, since who is told that a word is wrong asks which is right. */
    private static String some(Collection<String> known) {
        if (known.isEmpty()) {
            return "Correct it, unless it is still to come.";
        }
        String listed = known.stream().sorted().limit(LISTED_MAX).collect(Collectors.joining(", "));
        return known.size() > LISTED_MAX
                ? "Correct it, unless it is still to come. Some of the " + known.size() + " that are known: " + listed
                        + "."
                : "Known: " + listed + ".";
    }

    private Set<String> nearSkus(String sku) {
        return catalog.products().stream()
                .limit(SKUS_COMPARED_MAX)
                .map(Product::sku)
                .filter(known -> Math.abs(known.length() - sku.length()) <= 2)
                .collect(Collectors.toSet());
    }
}
