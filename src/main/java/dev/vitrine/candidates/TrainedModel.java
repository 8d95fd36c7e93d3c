package dev.vitrine.candidates;

import java.time.Instant;
import java.util.List;

/**
 * One trained model, immutable; the next one replaces it as a whole.
 *
 * @param trainedAt when its training began, so that it has no later event; null when nothing was trained yet
 * @param sessions visits that it learned from
 * @param clicks views of products that it learned from
 * @param visits what is viewed together
 * @param orders what is bought together
 * @param popularity what is viewed and bought most
 */
public record TrainedModel(
        Instant trainedAt, long sessions, long clicks, VmisKnn visits, CoPurchase orders, Popularity popularity) {
    /** Trained on no events. */
    public static final TrainedModel NOTHING = new History(0).trained(null, sku -> null);

    /** Products of which it has seen a view or a purchase. */
    public long products() {
        return popularity.products();
    }

    /** Place among the best sellers of the product's category, from 1; {@link Integer#MAX_VALUE} without a sale. */
    public int sellerRank(String sku) {
        return popularity.sellerRank(sku);
    }

    /**
     * Best sellers of a category and those below it, of the whole shop for ""; where too few have sold, the most viewed
     * products follow.
     */
    public List<String> bestSellers(String categoryPath, int count) {
        return popularity.bestSellers(categoryPath, count);
    }
}
