package dev.vitrine.candidates;

import com.fasterxml.jackson.annotation.JsonValue;

/**
 * Where a proposal comes from, from the closest to the visit to the most general.
 *
 * <p>Each has a prior, for a shop without a log: by how much a proposal of it changes the log odds of being taken next, and by
 * how much more with each e-fold of its share. For visits, popularity and what was seen these are rounded means of what the
 * logs of three shops came to (electronics, clothing, mixed goods); the others are our guess between them, since those logs
 * have too few orders and no searches.
 */
enum Source {
    /** What fits the words of a search. */
    SEARCH("search", 2.5, 0.7),
    /** What visitors of similar visits looked at. */
    VISITS("vmis-knn", 1.3, 1),
    /** What was looked at earlier in this visit, the latest first. */
    SEEN("seen", 0.3, -0.2),
    /** What the catalog says belongs to what lies in the cart or was just looked at: bundles, their other parts, what fits. */
    CATALOG("catalog", 4, 0.5),
    /** What is bought together with that. */
    BOUGHT_TOGETHER("co-purchase", 1.5, 0.5),
    /** What is popular in the categories that are bought together with theirs. */
    BESIDE("beside", 1, 0.4),
    /** What is bought together with the last order. */
    BOUGHT_LATER("bought-later", 1.5, 0.5),
    /** What is popular in the categories that are bought together with those of the last order. */
    BESIDE_LATER("beside-later", 1, 0.4),
    /** What is popular in the page's category. */
    CATEGORY("popular-in-category", 1.5, 0.4),
    /** What is popular in the category above. */
    DEPARTMENT("popular-in-department", 0.7, 0.1),
    /** What is popular in those further up. */
    FURTHER_UP("popular-further-up", 0, 0.1),
    /** What is in the page's category and nobody has looked at yet. */
    UNSEEN("in-category", 2, 0.5),
    /** The same, of the categories above. */
    UNSEEN_DEPARTMENT("in-department", 0.7, 0.3),
    /** What is popular in the categories of earlier visits. */
    INTEREST("interest", 1.3, 0.4),
    /** What is popular in the categories beside these. */
    INTEREST_BESIDE("interest-beside", 0.7, 0.2),
    /** What is popular in the whole shop. */
    POPULAR("popular", 0.5, 0.4),
    /** What rules promise places to: it says nothing of how likely it is. */
    PROMISED("promised", 0, 0),
    /** What nobody has looked at yet and was launched within a month, near the page, in turns. */
    NEWCOMER("newcomer", 0, 0.1),
    /** What was launched last. */
    NEW("new", 0, 0.1);

    /** Shares are counted from here, about that of the fifth of a hundred: so the two numbers tell different things. */
    private static final double MIDDLE = 5;

    private static final double NOTHING = -7.5;

    private static final Source[] ALL = values();

    /** Two for each source, and one for a product of which no source says anything. */
    static final int FEATURES = 2 * ALL.length + 1;

    private final String text;
    private final double proposed;
    private final double slope;

    Source(String text, double proposed, double slope) {
        this.text = text;
        this.proposed = proposed;
        this.slope = slope;
    }

    static int count() {
        return ALL.length;
    }

    static double[] prior() {
        double[] weights = new double[FEATURES];
        for (Source source : ALL) {
            weights[2 * source.ordinal()] = source.proposed;
            weights[2 * source.ordinal() + 1] = source.slope;
        }
        weights[FEATURES - 1] = NOTHING;
        return weights;
    }

    /** Log odds of being taken next. */
    static double logOdds(float[] shares, double[] weights) {
        double logOdds = weights[FEATURES - 1];
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                logOdds += weights[2 * i] + weights[2 * i + 1] * said(shares[i]);
            }
        }
        return logOdds;
    }

    private static double said(float share) {
        return Math.log(share) + MIDDLE;
    }

    /** The features that are not 0 go into {@code places} and {@code values}; returns their number. */
    static int features(float[] shares, int[] places, double[] values) {
        int size = 0;
        for (int i = 0; i < shares.length; i++) {
            if (shares[i] > 0) {
                places[size] = 2 * i;
                values[size++] = 1;
                places[size] = 2 * i + 1;
                values[size++] = said(shares[i]);
            }
        }
        places[size] = FEATURES - 1;
        values[size++] = 1;
        return size;
    }

    @JsonValue
    @Override
    public String toString() {
        return text;
    }
}
