package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Set;

/**
 * Who is visiting. What is told of visits comes from earlier visits only, so the first visit makes nobody returning. What
 * is told of orders includes those of this visit, because an order is one from the moment it is placed. An unknown
 * shopper is a newcomer: no visits, no orders, and {@code NEVER} days since anything.
 *
 * <p>An order is all purchases with the same order key; those without one are one order a visit (our choice).
 *
 * @param returning has visited before this visit
 * @param visits earlier visits
 * @param orders orders placed
 * @param lifetimeValue sum of all orders, in the shop's currency; what a purchase does not price counts at the catalog's
 *     price
 * @param daysSinceLastVisit whole days since the last event of an earlier visit; {@link #NEVER} without one
 * @param daysSinceLastPurchase whole days since the last purchase, 0 within 24 hours; {@link #NEVER} without one
 * @param lastPurchasePrice price of the most expensive item of the last order, 0 without one
 * @param lastPurchaseCategory category path of that item, "" without one
 * @param lastPurchaseSku that item, "" without one
 * @param categories category paths in which the shopper looked at, put into the cart or bought something in earlier
 *     visits; the 100 last touched
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
        Set<String> categories) {
    /** Days since something that never happened. */
    public static final int NEVER = Never.DAYS;

    /** Somebody about whom nothing is known. */
    public static final Shopper NEWCOMER = new Shopper(false, 0, 0, 0, NEVER, NEVER, 0, "", "", Set.of());

    public Shopper {
        lastPurchaseCategory = requireNonNullElse(lastPurchaseCategory, "");
        lastPurchaseSku = requireNonNullElse(lastPurchaseSku, "");
        categories = categories == null ? Set.of() : Set.copyOf(categories);
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
