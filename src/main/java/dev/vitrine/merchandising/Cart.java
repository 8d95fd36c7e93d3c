package dev.vitrine.merchandising;

import java.util.Set;

/**
 * What is in the cart.
 *
 * @param quantity pieces
 * @param value sum of price times quantity, in the shop's currency
 * @param highestPrice price of the most expensive item, 0 when there is none
 * @param skus what is in it
 * @param categories category paths of what is in it
 */
public record Cart(int quantity, double value, double highestPrice, Set<String> skus, Set<String> categories) {
    /** Nothing in it. */
    public static final Cart WITHOUT_ITEMS = new Cart(0, 0, 0, Set.of(), Set.of());

    public Cart {
        skus = skus == null ? Set.of() : Set.copyOf(skus);
        categories = categories == null ? Set.of() : Set.copyOf(categories);
    }

    /** Whether this candidate is in the cart. */
    public boolean holds(Candidate candidate) {
        return skus.contains(candidate.sku());
    }
}
