package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.Set;

/**
 * Who is visiting. Facts about visits come from earlier visits only, so the first visit makes nobody returning. Facts about
 * orders include this visit's, because an order counts from the moment it is placed. An unknown shopper is a newcomer: no
 * visits, no orders, and {@code NEVER} days since anything. An order is all purchases with the same order key, or all
 * purchases of a visit that have none.
 *
 * @param visits earlier visits
 * @param lifetimeValue sum of all orders, in the shop's currency; a purchase without a price counts at the catalog's
 * @param daysSinceLastVisit whole days since the last event of an earlier visit; {@link #NEVER} without one
 * @param daysSinceLastPurchase whole days since the last purchase, 0 within 24 hours; {@link #NEVER} without one
 * @param lastPurchasePrice price of the most expensive item of the last order, 0 without one
 * @param lastPurchaseCategory category path of that item, "" without one
 * @param categories category paths in which the shopper viewed something, put it into the cart or bought it in earlier
 *     visits; the 100 last touched
 * @param interests how much of the shopper's interest each of these categories has: shares that sum to at most 1; older
 *     interest counts less (see {@link #interest})
 * @param gifts what is left of the interest in categories that were viewed for a gift only (see {@link #fade})
 * @param bought what was bought before, by family (see {@link #boughtBefore})
 * @param segments groups that the shop has put the shopper into, imported or sent with this request
 * @param lastVisitCategories category paths in which the last earlier visit looked at something, put it into the cart or bought
 *     it; at most 30
 */
public record Shopper(
        boolean returning,
        int visits,
        int orders,
        double lifetimeValue,
        int daysSinceLastVisit,
        int daysSinceLastPurchase,
        double lastPurchasePrice,
        String lastPurchaseCategory,
        String lastPurchaseSku,
        Set<String> categories,
        Map<String, Double> interests,
        Map<String, Double> gifts,
        Map<String, Bought> bought,
        Set<String> segments,
        Set<String> lastVisitCategories) {
    /** Larger than any real number of days, so that "within a week" does not match and "longer ago than a month" does. */
    public static final int NEVER = Integer.MAX_VALUE;

    public static final Shopper NEWCOMER = new Shopper(
            false, 0, 0, 0, NEVER, NEVER, 0, "", "", Set.of(), Map.of(), Map.of(), Map.of(), Set.of(), Set.of());

    public Shopper {
        lastPurchaseCategory = requireNonNullElse(lastPurchaseCategory, "");
        lastPurchaseSku = requireNonNullElse(lastPurchaseSku, "");
        categories = categories == null ? Set.of() : Set.copyOf(categories);
        interests = interests == null ? Map.of() : Map.copyOf(interests);
        gifts = gifts == null ? Map.of() : Map.copyOf(gifts);
        bought = bought == null ? Map.of() : Map.copyOf(bought);
        segments = segments == null ? Set.of() : Set.copyOf(segments);
        lastVisitCategories = lastVisitCategories == null ? Set.of() : Set.copyOf(lastVisitCategories);
    }

    /** Orders with one family, whole days since the last, and mean days between them, 0 with fewer than two. */
    public record Bought(int times, int daysSince, double everyDays) {}

    /** The share of the shopper's interest, 0 to 1, that went to this category and those below it. */
    public double interest(String category) {
        double sum = 0;
        for (Map.Entry<String, Double> known : interests.entrySet()) {
            sum += Categories.within(known.getKey(), category) ? known.getValue() : 0;
        }
        return Math.min(1, sum);
    }

    /**
     * The weight of a category: 1 unless it was viewed for a gift only. Then the weight halves with each half-life (a
     * setting) since that visit, and is never below 0.01.
     */
    public double fade(String category) {
        Double left = gifts.isEmpty() ? null : gifts.get(category);
        return left == null ? 1 : Math.max(0.01, left);
    }

    public boolean inSegment(String segment) {
        return segments.contains(segment);
    }

    /** Whether the most expensive item of the last order is of this category or of one below it. */
    public boolean lastPurchaseWithin(String path) {
        return Categories.within(lastPurchaseCategory, path);
    }

    public boolean boughtBefore(Candidate candidate) {
        return bought.containsKey(candidate.family());
    }

    /** Whether the candidate's family, or a part of the bundle, was bought before and it is no time to buy it again. */
    public boolean owns(Candidate candidate) {
        if (bought.isEmpty() || dueAgain(candidate)) {
            return false;
        }
        for (String family : candidate.partFamilies()) {
            if (bought.containsKey(family)) {
                return true;
            }
        }
        return boughtBefore(candidate);
    }

    /**
     * Whether it is time to buy something of the candidate's family again: bought at least twice, and nine tenths of the
     * usual time between two purchases have passed, because a reminder helps before the need, not after. Purchases less than
     * a day apart are one purchase in two orders.
     */
    public boolean dueAgain(Candidate candidate) {
        Bought before = bought.isEmpty() ? null : bought.get(candidate.family());
        return before != null
                && before.times() >= 2
                && before.everyDays() >= 1
                && before.daysSince() >= 0.9 * before.everyDays();
    }

    /** Whether an earlier visit looked at or bought something of the same department (the path's first step). */
    public boolean knows(String category) {
        String department = Categories.department(category);
        for (String known : categories) {
            if (Categories.department(known).equals(department)) {
                return true;
            }
        }
        return false;
    }
}
