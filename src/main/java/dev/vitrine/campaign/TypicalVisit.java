package dev.vitrine.campaign;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A made-up visit of a kind that every shop has. */
record TypicalVisit(String name, Placement placement, Page page, Shopper shopper, Visit visit, Cart cart) {
    /** The places that a decision fills if the request names no number. */
    static final int PLACES = 10;

    private static final int INTERFERENCE = 2;
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    Facts facts(Shop shop, List<Campaign> campaigns, List<Candidate> candidates) {
        return new Facts(shop, placement, page, shopper, visit, cart, campaigns, candidates);
    }

    /** Whether rules have good reason to treat it differently: it is on the page, was seen, or is in the cart. */
    boolean concerns(Candidate candidate) {
        return page.sku().equals(candidate.sku()) || visit.saw(candidate) || cart.holds(candidate);
    }

    /** @param dearest price of the most expensive product, which somebody has just bought */
    static List<TypicalVisit> of(Candidate covered, Candidate other, double dearest) {
        List<TypicalVisit> visits = new ArrayList<>();
        Page home = new Page(PageType.HOME, null, null, null, null, 0);
        visits.add(at("home-page", "a newcomer on the home page", home, Shopper.NEWCOMER, Map.of()));
        visits.add(at("home-page", "a regular on the home page", home, regular(covered, other), Map.of("pages", 1)));
        visits.add(at(
                "home-page",
                "somebody on the home page who bought something expensive two days ago",
                home,
                justBought(other, dearest),
                Map.of("pages", 1)));
        visits.add(at(
                "home-page",
                "somebody on the home page who searched for a gift",
                home,
                regular(other, other),
                Map.of("pages", 2, "searches", 1, "searchWords", Set.of("gift", "present"))));
        visits.add(at(
                "category-page",
                "a category of the campaign",
                new Page(PageType.CATEGORY, null, covered.category(), null, null, 0),
                Shopper.NEWCOMER,
                Map.of("source", "search", "pages", 1)));
        visits.add(
                at("product-page", "a product of the campaign", product(covered), Shopper.NEWCOMER, lookedAt(covered)));
        visits.add(
                at("product-page", "a product beside the campaign", product(other), Shopper.NEWCOMER, lookedAt(other)));
        visits.add(at(
                "product-page",
                "somebody who compares products of the campaign",
                product(covered),
                Shopper.NEWCOMER,
                over(
                        lookedAt(covered),
                        Map.of("pages", 7, "productPages", 6, "products", 3, "compared", 3, "goingsBack", 2),
                        Map.of("specViews", 2, "seconds", 300, "secondsPerPage", 50))));
        visits.add(at(
                "product-page",
                "somebody who came from an ad straight to a product of the campaign",
                product(covered),
                Shopper.NEWCOMER,
                over(lookedAt(covered), Map.of("source", "search-ads", "seconds", 10, "secondsPerPage", 10))));
        visits.add(at(
                "product-page",
                "somebody who watches prices",
                product(other),
                Shopper.NEWCOMER,
                over(lookedAt(other), Map.of("pages", 6, "salePages", 3, "priceSorts", 2, "couponTries", 1))));
        Cart cart = new Cart(1, other.price(), other.price(), Set.of(other.sku()), Set.of(other.category()));
        visits.add(new TypicalVisit(
                "somebody with one thing in the cart",
                new Placement("cart", PLACES, INTERFERENCE),
                new Page(PageType.CART, null, null, null, null, 0),
                Shopper.NEWCOMER,
                visit(over(lookedAt(other), Map.of("pages", 3, "cartAdds", 1))),
                cart));
        return visits;
    }

    private static TypicalVisit at(String placement, String name, Page page, Shopper shopper, Map<String, ?> fields) {
        return new TypicalVisit(
                name, new Placement(placement, PLACES, INTERFERENCE), page, shopper, visit(fields), Cart.WITHOUT_ITEMS);
    }

    private static Page product(Candidate focus) {
        return new Page(PageType.PRODUCT, focus.sku(), focus.category(), focus.family(), focus.brand(), focus.price());
    }

    private static Map<String, Object> lookedAt(Candidate focus) {
        return over(
                Map.of("source", "search", "pages", 1, "productPages", 1, "products", 1, "categoriesSeen", 1),
                Map.of("comparedCategory", focus.category(), "compared", 1),
                Map.of("variantFamily", focus.family(), "variants", 1, "seen", Set.of(focus.sku())));
    }

    private static Shopper regular(Candidate one, Candidate two) {
        Map<String, Double> interests = new HashMap<>();
        interests.put(one.category(), 0.5);
        interests.put(two.category(), 0.5);
        return shopper(Map.of(
                "returning", true,
                "visits", 12,
                "orders", 6,
                "lifetimeValue", 600,
                "daysSinceLastVisit", 5,
                "daysSinceLastPurchase", 40,
                "lastPurchasePrice", 50,
                "categories", interests.keySet(),
                "interests", interests));
    }

    private static Shopper justBought(Candidate what, double price) {
        return shopper(Map.of(
                "returning",
                true,
                "visits",
                2,
                "orders",
                1,
                "lifetimeValue",
                price,
                "daysSinceLastVisit",
                2,
                "daysSinceLastPurchase",
                2,
                "lastPurchasePrice",
                price,
                "lastPurchaseCategory",
                what.category(),
                "categories",
                Set.of(what.category())));
    }

    private static Visit visit(Map<String, ?> fields) {
        return Json.MAPPER.convertValue(over(Json.MAPPER.convertValue(Visit.JUST_BEGUN, FIELDS), fields), Visit.class);
    }

    private static Shopper shopper(Map<String, ?> fields) {
        return Json.MAPPER.convertValue(
                over(Json.MAPPER.convertValue(Shopper.NEWCOMER, FIELDS), fields), Shopper.class);
    }

    /** The fields of all layers; later layers win. */
    @SafeVarargs
    private static Map<String, Object> over(Map<String, ?>... layers) {
        Map<String, Object> all = new HashMap<>();
        for (Map<String, ?> layer : layers) {
            all.putAll(layer);
        }
        return all;
    }
}
