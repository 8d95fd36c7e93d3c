package dev.vitrine.rulebook.language;

import static java.util.Map.entry;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.util.Map;
import java.util.Optional;

/** In what the number of a word is counted. Each word that is a number is listed here; how large it can be is in {@link Ranges}. */
final class Units {
    private static final String MONEY = "money, in the shop's currency";
    private static final String SHARE = "share, 0 to 1";
    private static final String DAYS = "days";
    private static final String SECONDS = "seconds";
    private static final String PLACE = "place, from 1";
    private static final String PRODUCTS = "products";
    private static final String TIMES = "times";

    private static final Map<Class<?>, Map<String, String>> ALL = Map.of(
            Shop.class,
            Map.of("sellable", PRODUCTS, "hour", "hour of the day"),
            Placement.class,
            Map.of("limit", "places", "interference", "places"),
            Page.class,
            Map.of("price", MONEY, "priceLevel", SHARE),
            Shopper.class,
            Map.ofEntries(
                    entry("visits", "visits"),
                    entry("orders", "orders"),
                    entry("lifetimeValue", MONEY),
                    entry("daysSinceLastVisit", DAYS),
                    entry("daysSinceLastPurchase", DAYS),
                    entry("lastPurchasePrice", MONEY),
                    entry("interest", SHARE),
                    entry("fade", "factor, up to 1")),
            Visit.class,
            Map.ofEntries(
                    entry("pages", "pages"),
                    entry("seconds", SECONDS),
                    entry("secondsIdle", SECONDS),
                    entry("secondsPerPage", SECONDS),
                    entry("productPages", "pages"),
                    entry("products", PRODUCTS),
                    entry("categoriesSeen", "categories"),
                    entry("compared", PRODUCTS),
                    entry("goingsBack", TIMES),
                    entry("variants", PRODUCTS),
                    entry("specViews", TIMES),
                    entry("searches", "searches"),
                    entry("priceSorts", TIMES),
                    entry("couponTries", TIMES),
                    entry("salePages", "pages"),
                    entry("cartAdds", TIMES),
                    entry("cartRemovals", TIMES),
                    entry("purchases", PRODUCTS),
                    entry("number", "as the shop says it"),
                    entry("sawPartsOf", "parts")),
            Cart.class,
            Map.of("quantity", "pieces", "value", MONEY, "highestPrice", MONEY),
            Candidate.class,
            Map.ofEntries(
                    entry("price", MONEY),
                    entry("listPrice", MONEY),
                    entry("margin", SHARE),
                    entry("stock", "pieces"),
                    entry("daysSinceLaunch", DAYS),
                    entry("score", SHARE),
                    entry("rank", PLACE),
                    entry("relevance", SHARE),
                    entry("secondsViewed", SECONDS),
                    entry("views", TIMES),
                    entry("conversion", SHARE),
                    entry("sellerRank", PLACE),
                    entry("rating", "stars, 0 to 5"),
                    entry("reviews", "ratings"),
                    entry("returnRate", SHARE),
                    entry("number", "as the catalog says it"),
                    entry("priceLevel", SHARE),
                    entry("discount", SHARE)),
            Campaign.class,
            Map.of(
                    "priority",
                    "points, 0 to 100",
                    "hoursLeft",
                    "hours",
                    "threshold",
                    MONEY,
                    "missingToThreshold",
                    MONEY),
            Reading.class,
            Map.of("confidence", "share, above 0, at most 1"));

    private Units() {}

    static Optional<String> of(Class<?> fact, String word) {
        return Optional.ofNullable(ALL.getOrDefault(fact, Map.of()).get(word));
    }
}
