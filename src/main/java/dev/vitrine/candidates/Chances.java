package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How likely a proposal is what the shopper takes next, by what each source says of it and by where and when it is asked for.
 * Learned by {@link ChanceLearner} from what past visitors took.
 *
 * @param weighings by setting
 * @param places of a list by its order, by page
 * @param reliability how well it predicts
 */
record Chances(Map<Setting, Weighing> weighings, Map<PageType, PlaceChances> places, Reliability reliability) {
    static final Chances PRIOR = prior();

    /**
     * How what sources say is weighed in one setting.
     *
     * @param weights of the sources, see {@link Source#logOdds}
     * @param curve from what these come to, to what was observed
     */
    record Weighing(double[] weights, Curve curve) {
        /** @param shares what each source says of it */
        double logOdds(float[] shares) {
            return Source.logOdds(shares, weights);
        }

        double chance(double logOdds) {
            return curve.at(LogisticRegression.chance(logOdds));
        }

        /** @param shares what each source says of it */
        double chance(float[] shares) {
            return chance(logOdds(shares));
        }
    }

    private static Chances prior() {
        Map<Setting, Weighing> weighings = new HashMap<>();
        Map<PageType, PlaceChances> places = new EnumMap<>(PageType.class);
        for (PageType page : PageType.values()) {
            for (int depth = 0; depth <= Setting.DEEPEST; depth++) {
                Setting setting = new Setting(page, depth);
                weighings.put(setting, new Weighing(in(setting, Source.prior()), Curve.STRAIGHT));
            }
            places.put(page, PlaceChances.PRIOR);
        }
        return new Chances(weighings, places, Reliability.UNKNOWN);
    }

    /**
     * What the page says of a source, where nobody was observed: what is searched for is meant, a category page shows nothing
     * but the category, beside a cart the shopper looks for what goes with it, and where a visit begins there is no product to
     * begin with. Our guess: e-fold odds.
     */
    static double[] in(Setting setting, double[] weights) {
        double[] here = weights.clone();
        Source[] meant =
                switch (setting.page()) {
                    case SEARCH -> new Source[] {Source.SEARCH, Source.CATEGORY, Source.UNSEEN};
                    case CATEGORY -> new Source[] {Source.CATEGORY, Source.UNSEEN};
                    case CART, ORDER_CONFIRMATION ->
                        new Source[] {
                            Source.CATALOG,
                            Source.BOUGHT_TOGETHER,
                            Source.BESIDE,
                            Source.BOUGHT_LATER,
                            Source.BESIDE_LATER
                        };
                    case HOME ->
                        setting.begun()
                                ? new Source[0]
                                : new Source[] {
                                    Source.POPULAR, Source.INTEREST, Source.BOUGHT_LATER, Source.BESIDE_LATER
                                };
                    case PRODUCT -> new Source[0];
                };
        for (Source source : meant) {
            here[2 * source.ordinal()]++;
        }
        return here;
    }

    /** To four digits: nobody knows it better, and stored decisions are half as long. */
    static double rounded(double chance) {
        double scale = Math.pow(10, 3 - Math.floor(Math.log10(chance)));
        return Math.round(chance * scale) / scale;
    }

    Weighing in(Setting setting) {
        return weighings.get(setting);
    }

    /**
     * Of the product at a place of a list whose scores tell nothing but the order.
     *
     * @param place from 1
     */
    double atPlace(PageType page, int place) {
        return rounded(places.get(page).at(place));
    }
}
