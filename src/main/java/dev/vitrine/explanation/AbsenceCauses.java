package dev.vitrine.explanation;

import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.candidates.CatalogCandidate;
import dev.vitrine.candidates.TrainedModel;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.context.ModelUse;
import dev.vitrine.explanation.ProductWhy.Absence;
import dev.vitrine.explanation.ProductWhy.Cause;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.search.ProductSearch;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Finds the nearest reason why a product was no candidate, as far as facts, catalog and model tell it. */
@Singleton
final class AbsenceCauses {
    /** Who has more products for a word finds it in them. */
    private static final int FOUND_MAX = 10_000;

    private final Catalog catalog;
    private final BuiltInModel model;
    private final ProductSearch search;

    AbsenceCauses(Catalog catalog, BuiltInModel model, ProductSearch search) {
        this.catalog = catalog;
        this.model = model;
        this.search = search;
    }

    /** The cause, and a sentence that says it. */
    record Found(Absence absence, String sentence) {
        static Found of(Cause cause, String sentence) {
            return new Found(new Absence(cause, null), sentence);
        }
    }

    /**
     * @param from who proposed the candidates, as it is recorded; "" where it is not
     * @param seesShoppers whether the reason may tell what the shopper bought
     * @param hidingIfPinned the rules that would hide it here if another pinned it
     */
    Found of(
            String sku,
            Facts facts,
            Instant at,
            String from,
            boolean seesShoppers,
            Supplier<List<String>> hidingIfPinned) {
        Product product = catalog.product(sku);
        if (product == null) {
            String nearest = nearest(sku);
            return new Found(
                    new Absence(Cause.NOT_IN_CATALOG, nearest),
                    "It is not in the catalog"
                            + (nearest == null ? "." : "; did you mean " + Json.shortened(nearest) + "?"));
        }
        if (from.equals(Json.wireName(ModelUse.From.REQUEST))) {
            return Found.of(
                    Cause.NOT_SENT,
                    "The storefront sent candidates of its own, and it was not among these " + proposed(facts) + ".");
        }
        Candidate candidate = CatalogCandidate.of(product, model.trained(), at)
                .partFamilies(families(product))
                .build();
        if (facts.cart().holds(candidate)) {
            return Found.of(Cause.IN_CART, "It was in the cart already.");
        }
        if (facts.page().sku().equals(sku)) {
            return Found.of(Cause.PAGE, "It is the product that the page showed.");
        }
        if (!product.launched(at)) {
            return Found.of(Cause.NOT_LAUNCHED, "It was not launched yet.");
        }
        String bought = seesShoppers && facts.shopper().owns(candidate)
                ? " The shopper has bought it, and it was not due again."
                : "";
        if (from.equals(Json.wireName(ModelUse.From.SERVICE))) {
            return Found.of(
                    bought.isEmpty() ? Cause.SERVICE_DID_NOT_PROPOSE : Cause.BOUGHT,
                    "The shop's model service did not propose it among its " + proposed(facts) + " candidates." + bought
                            + cure(product, hidingIfPinned));
        }
        return from.isEmpty()
                ? Found.of(
                        bought.isEmpty() ? Cause.UNKNOWN : Cause.BOUGHT,
                        "It was not among the " + proposed(facts) + " candidates; who proposed these was not recorded."
                                + bought)
                : ofBuiltIn(product, facts, bought, hidingIfPinned);
    }

    private Found ofBuiltIn(Product product, Facts facts, String bought, Supplier<List<String>> hidingIfPinned) {
        TrainedModel trained = model.trained();
        String near = neighbourhood(facts.page());
        if (!near.isEmpty() && !product.within(near)) {
            return Found.of(
                    Cause.OTHER_CATEGORY,
                    "The built-in model did not propose it: the page is about " + near + ", and it is in "
                            + product.category() + "." + bought + cure(product, hidingIfPinned));
        }
        String unfound = facts.page().type() == PageType.SEARCH ? unfound(facts, product) : "";
        if (!unfound.isEmpty()) {
            return Found.of(
                    Cause.OTHER_WORDS,
                    "The built-in model did not propose it: the page was a search, and " + unfound + "." + bought
                            + cure(product, hidingIfPinned));
        }
        int views = trained.views(product.sku());
        int rank = trained.sellerRank(product.sku());
        String standing = views == 0
                ? "; nobody has looked at it yet"
                : rank == Candidate.NEVER
                        ? "; it has not sold yet"
                        : ", though it is number " + rank + " of the best sellers of its category today";
        String stock = product.stock() <= 0 ? ", and is sold out" : "";
        return Found.of(
                bought.isEmpty() ? Cause.MODEL_DID_NOT_PROPOSE : Cause.BOUGHT,
                "The built-in model proposed " + proposed(facts) + " others, which fit this visit better" + standing
                        + stock + "." + bought + cure(product, hidingIfPinned));
    }

    /** Rules can multiply only the scores of candidates; what they name is at hand for pins. */
    private static String cure(Product product, Supplier<List<String>> hidingIfPinned) {
        if (product.stock() <= 0 && product.kind() == Kind.PRODUCT) {
            return "";
        }
        String hiding = hidingIfPinned.get().stream().map(WhySentence::quoted).collect(Collectors.joining(" and "));
        return " No boost brings what was not proposed; a pin that names its sku does"
                + (hiding.isEmpty() ? "." : ", but there " + hiding + " would hide it.");
    }

    /** How the words of the visit's searches miss it; "" where they do not, or that is not known. */
    private String unfound(Facts facts, Product product) {
        List<String> words = facts.visit().searchWords().stream().sorted().toList();
        if (words.isEmpty()) {
            return "";
        }
        String told = String.join(", ", words);
        if (words.stream().noneMatch(word -> found(word).contains(product.sku()))) {
            return "no word that the visit searched for (" + told + ") finds it";
        }
        // one search for all of them, or else none of the candidates would be found by it
        Set<String> together = found(String.join(" ", words));
        return !together.contains(product.sku())
                        && facts.candidates().stream().anyMatch(candidate -> together.contains(candidate.sku()))
                ? "the words that the visit searched for (" + told + ") find others, and not it"
                : "";
    }

    private Set<String> found(String words) {
        Set<String> skus = new HashSet<>();
        search.find(words, FOUND_MAX).forEach(found -> skus.add(found.sku()));
        return skus;
    }

    /** Where the built-in model looks on the page of a category: there, or one step up in a deep tree. "" for all of the shop. */
    private static String neighbourhood(Page page) {
        if (page.type() != PageType.CATEGORY) {
            return "";
        }
        int step = page.category().lastIndexOf('/');
        String parent = step < 0 ? "" : page.category().substring(0, step);
        return parent.indexOf('/') < 0 ? page.category() : parent;
    }

    private static long proposed(Facts facts) {
        return facts.candidates().stream()
                .filter(candidate -> !candidate.extra())
                .count();
    }

    private List<String> near(String sku) {
        int most = Math.max(1, sku.length() / 2);
        return catalog.products().stream()
                .map(Product::sku)
                .filter(known -> Math.abs(known.length() - sku.length()) <= most)
                .toList();
    }

    private String nearest(String sku) {
        return Nearest.to(sku, near(sku)).orElse(null);
    }

    private Set<String> families(Product product) {
        Set<String> families = new HashSet<>();
        for (String part : product.parts()) {
            Product known = catalog.product(part);
            families.add(known == null ? part : known.family());
        }
        return families;
    }
}
