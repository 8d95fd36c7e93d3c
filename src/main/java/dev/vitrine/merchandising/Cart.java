package dev.vitrine.merchandising;

import java.util.Set;

/** What is in the cart; prices in the shop's currency. */
public record Cart(int quantity, double value, double highestPrice, Set<String> skus, Set<String> categories) {
    public static final Cart WITHOUT_ITEMS = new Cart(0, 0, 0, Set.of(), Set.of());

    public Cart {
        skus = skus == null ? Set.of() : Set.copyOf(skus);
        categories = categories == null ? Set.of() : Set.copyOf(categories);
    }

    public boolean holds(Candidate candidate) {
        return skus.contains(candidate.sku());
    }

    /**
     * Whether the candidate is of a category of something in the cart, or of a sister category: one with the same category
     * above it, departments aside ({@code sport/yoga/mats} and {@code sport/yoga/rollers}).
     */
    public boolean near(Candidate candidate) {
        for (String category : categories) {
            String above = Categories.above(category);
            if (Categories.within(candidate.category(), above.indexOf('/') < 0 ? category : above)) {
                return true;
            }
        }
        return false;
    }
}
