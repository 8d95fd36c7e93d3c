package dev.vitrine.rulebook.language;

import static java.util.Map.entry;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.util.Map;
import java.util.Optional;

/** The numbers that a word of a fact can be. A word that is not listed here can be any number. */
public final class Ranges {
    private static final Range SHARE = new Range(0, 1);
    private static final Range NOT_NEGATIVE = new Range(0, Double.POSITIVE_INFINITY);
    private static final Range FROM_ONE = new Range(1, Double.POSITIVE_INFINITY);

    private static final Map<Class<?>, Map<String, Range>> ALL = Map.of(
            Shop.class,
            Map.of("sellable", NOT_NEGATIVE, "hour", new Range(0, 23)),
            Placement.class,
            Map.of("limit", new Range(1, 100), "interference", NOT_NEGATIVE),
            Page.class,
            Map.of("price", NOT_NEGATIVE, "priceLevel", SHARE),
            Shopper.class,
            Map.ofEntries(
                    entry("visits", NOT_NEGATIVE),
                    entry("orders", NOT_NEGATIVE),
                    entry("lifetimeValue", NOT_NEGATIVE),
                    entry("daysSinceLastVisit", NOT_NEGATIVE),
                    entry("daysSinceLastPurchase", NOT_NEGATIVE),
                    entry("lastPurchasePrice", NOT_NEGATIVE),
                    entry("interests", SHARE),
                    entry("interest", SHARE),
                    entry("gifts", SHARE),
                    entry("fade", new Range(0.01, 1))),
            Shopper.Bought.class,
            Map.of("times", NOT_NEGATIVE, "daysSince", NOT_NEGATIVE, "everyDays", NOT_NEGATIVE),
            Visit.class,
            Map.ofEntries(
                    entry("pages", NOT_NEGATIVE),
                    entry("seconds", NOT_NEGATIVE),
                    entry("secondsIdle", NOT_NEGATIVE),
                    entry("secondsPerPage", NOT_NEGATIVE),
                    entry("productPages", NOT_NEGATIVE),
                    entry("products", NOT_NEGATIVE),
                    entry("categoriesSeen", NOT_NEGATIVE),
                    entry("compared", NOT_NEGATIVE),
                    entry("goingsBack", NOT_NEGATIVE),
                    entry("variants", NOT_NEGATIVE),
                    entry("specViews", NOT_NEGATIVE),
                    entry("searches", NOT_NEGATIVE),
                    entry("priceSorts", NOT_NEGATIVE),
                    entry("couponTries", NOT_NEGATIVE),
                    entry("salePages", NOT_NEGATIVE),
                    entry("cartAdds", NOT_NEGATIVE),
                    entry("cartRemovals", NOT_NEGATIVE),
                    entry("purchases", NOT_NEGATIVE),
                    entry("sawPartsOf", NOT_NEGATIVE)),
            Cart.class,
            Map.of("quantity", NOT_NEGATIVE, "value", NOT_NEGATIVE, "highestPrice", NOT_NEGATIVE),
            Candidate.class,
            Map.ofEntries(
                    entry("price", NOT_NEGATIVE),
                    entry("listPrice", NOT_NEGATIVE),
                    // negative if the price is below cost
                    entry("margin", new Range(Double.NEGATIVE_INFINITY, 1)),
                    entry("stock", NOT_NEGATIVE),
                    entry("rank", FROM_ONE),
                    entry("relevance", SHARE),
                    entry("sellerRank", FROM_ONE),
                    entry("discount", SHARE),
                    entry("conversion", SHARE),
                    entry("views", NOT_NEGATIVE),
                    entry("rating", new Range(0, 5)),
                    entry("reviews", NOT_NEGATIVE),
                    entry("returnRate", SHARE),
                    entry("priceLevel", SHARE),
                    entry("secondsViewed", NOT_NEGATIVE)),
            Campaign.class,
            Map.of(
                    "priority",
                    new Range(0, 100),
                    "hoursLeft",
                    NOT_NEGATIVE,
                    "threshold",
                    NOT_NEGATIVE,
                    "missingToThreshold",
                    NOT_NEGATIVE),
            Reading.class,
            Map.of("confidence", new Range(Double.MIN_VALUE, 1)));

    private Ranges() {}

    /** @param word a field or function that returns a number, or whose values are numbers */
    public static Optional<Range> of(Class<?> fact, String word) {
        return Optional.ofNullable(ALL.getOrDefault(fact, Map.of()).get(word));
    }

    /** Both ends included; infinite if there is no limit, {@code Double.MIN_VALUE} for "above 0". */
    public record Range(double min, double max) {
        public boolean contains(double value) {
            return value >= min && value <= max;
        }

        /** Whether it is a share, which people tend to write in percent. */
        public boolean isShare() {
            return max == 1;
        }

        @Override
        public String toString() {
            if (min == Double.MIN_VALUE) {
                return "above 0 and at most " + Proposal.number(max);
            }
            if (max == Double.POSITIVE_INFINITY) {
                return "at least " + Proposal.number(min);
            }
            return min == Double.NEGATIVE_INFINITY
                    ? "at most " + Proposal.number(max)
                    : Proposal.number(min) + " to " + Proposal.number(max);
        }
    }
}
