package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;
import java.time.Instant;
import java.util.List;

/**
 * One trained model, immutable; the next one replaces it as a whole.
 *
 * @param trainedAt when its training began
 * @param orders products that are bought together
 * @param orderedSorts their sorts: there are enough orders of phones and cases long before there are of each phone
 */
public record TrainedModel(
        Instant trainedAt,
        long sessions,
        long clicks,
        VmisKnn visits,
        Together orders,
        Together orderedSorts,
        Popularity popularity,
        Chances chances) {
    public static final TrainedModel NOTHING = new History(0, 0).trained(null, sku -> null, sku -> null);

    public long products() {
        return popularity.products();
    }

    /** Place among the best sellers of the product's category, from 1; {@link Integer#MAX_VALUE} without a sale. */
    public int sellerRank(String sku) {
        return popularity.sellerRank(sku);
    }

    /** Share of the looks at it that end with its purchase. */
    public double conversion(String sku, String category) {
        return popularity.conversion(sku, category);
    }

    /** How often it was looked at, as far back as the model learns. */
    public int views(String sku) {
        return popularity.views(sku);
    }

    /** Best sellers of a category and below, of the whole shop for ""; where too few have sold, the most viewed follow. */
    public List<String> bestSellers(String categoryPath, int count) {
        return popularity.bestSellers(categoryPath, count);
    }

    /**
     * How likely the shopper takes next what is at a place of a list whose order is all that is known of it.
     *
     * @param place from 1
     */
    public double chanceAtPlace(PageType page, int place) {
        return chances.atPlace(page, place);
    }

    TrainedModel with(Chances learnt) {
        return new TrainedModel(trainedAt, sessions, clicks, visits, orders, orderedSorts, popularity, learnt);
    }
}
