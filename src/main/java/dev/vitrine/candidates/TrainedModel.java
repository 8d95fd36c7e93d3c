package dev.vitrine.candidates;

import java.time.Instant;
import java.util.List;

/** One trained model, immutable; the next one replaces it as a whole. {@code trainedAt} is when its training began. */
public record TrainedModel(
        Instant trainedAt, long sessions, long clicks, VmisKnn visits, Together orders, Popularity popularity) {
    public static final TrainedModel NOTHING = new History(0).trained(null, sku -> null);

    public long products() {
        return popularity.products();
    }

    /** Place among the best sellers of the product's category, from 1; {@link Integer#MAX_VALUE} without a sale. */
    public int sellerRank(String sku) {
        return popularity.sellerRank(sku);
    }

    /** Best sellers of a category and below, of the whole shop for ""; where too few have sold, the most viewed follow. */
    public List<String> bestSellers(String categoryPath, int count) {
        return popularity.bestSellers(categoryPath, count);
    }
}
