package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What is viewed and bought most, in each category with those below it, and in the whole shop (path ""). */
final class Popularity {
    /** An event's weight halves with every two weeks before the newest event: popularity is that of a season. */
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    /** Views that a piece sold counts as: fewer than the 40 to 80 of real logs, so that one order does not decide. */
    private static final double VIEWS_PER_UNIT = 10;
    /** What is known of the category counts as so many looks at the product. */
    private static final double LOOKS = 100;

    /** No sku begins so. */
    private static final String OF_CATEGORY = "\u0000";

    /** An order of a thousand pieces is a reseller's, and says little about the taste of the others. */
    private static final int UNITS_MAX = 10;

    private final Map<String, Ranking> popular = new HashMap<>();
    private final Map<String, List<Scored>> sold = new HashMap<>();
    private final Map<String, Integer> sellerRanks = new HashMap<>();
    private final Map<String, Double> shares = new HashMap<>();
    private final Map<String, Integer> views = new HashMap<>();
    private final Map<String, Double> conversions = new HashMap<>();
    private final Set<String> known;

    private Popularity(Set<String> known) {
        this.known = known;
    }

    static final class Counting {
        private final long newestMillis;
        private final Map<String, Sums> bySku = new HashMap<>();

        /** @param newestMillis time of the newest event, so that a log gives the same result whenever it is read */
        Counting(long newestMillis) {
            this.newestMillis = newestMillis;
        }

        void view(String sku, long atMillis) {
            Sums sums = of(sku);
            sums.views += weight(atMillis);
            sums.count++;
        }

        void sale(String sku, long atMillis, int units) {
            of(sku).orders++;
            of(sku).units += weight(atMillis) * Math.max(1, Math.min(units, UNITS_MAX));
        }

        private Sums of(String sku) {
            return bySku.computeIfAbsent(sku, any -> new Sums());
        }

        private double weight(long atMillis) {
            return Math.pow(0.5, Math.max(0, newestMillis - atMillis) / HALF_LIFE_MILLIS);
        }

        Popularity popularity(Function<String, String> categoryOf) {
            Popularity popularity = new Popularity(Set.copyOf(bySku.keySet()));
            bySku.forEach((sku, sums) -> popularity.views.put(sku, sums.count));
            countConversions(popularity.conversions, categoryOf);
            Map<String, List<String>> within = new HashMap<>();
            Map<String, List<String>> exactly = new HashMap<>();
            for (String sku : bySku.keySet()) {
                String category = categoryOf.apply(sku);
                if (category != null) {
                    exactly.computeIfAbsent(category, any -> new ArrayList<>()).add(sku);
                    for (String path = category; ; path = parent(path)) {
                        within.computeIfAbsent(path, any -> new ArrayList<>()).add(sku);
                        if (path.isEmpty()) {
                            break;
                        }
                    }
                }
            }
            within.forEach((path, skus) -> {
                popularity.popular.put(path, Ranking.of(ranked(skus, Sums::total)));
                popularity.sold.put(path, ranked(skus, sums -> sums.units));
            });
            exactly.forEach((category, skus) -> {
                List<Scored> best = ranked(skus, Sums::total);
                best.forEach(scored -> popularity.shares.put(
                        scored.sku(), scored.score() / best.get(0).score()));
                int rank = 0;
                for (Scored seller : ranked(skus, sums -> sums.units)) {
                    popularity.sellerRanks.put(seller.sku(), ++rank);
                }
            });
            return popularity;
        }

        private void countConversions(Map<String, Double> conversions, Function<String, String> categoryOf) {
            Map<String, Sums> categories = new HashMap<>();
            Sums shop = new Sums();
            bySku.forEach((sku, sums) -> {
                shop.add(sums);
                String category = categoryOf.apply(sku);
                if (category != null) {
                    categories.computeIfAbsent(category, any -> new Sums()).add(sums);
                }
            });
            double ofShop = shop.conversion(0);
            conversions.put(OF_CATEGORY, ofShop);
            categories.forEach((category, sums) -> conversions.put(OF_CATEGORY + category, sums.conversion(ofShop)));
            bySku.forEach((sku, sums) -> {
                String category = categoryOf.apply(sku);
                conversions.put(
                        sku, sums.conversion(category == null ? ofShop : conversions.get(OF_CATEGORY + category)));
            });
        }

        private List<Scored> ranked(List<String> skus, ToDoubleFunction<Sums> measure) {
            return skus.stream()
                    .map(sku -> new Scored(sku, measure.applyAsDouble(bySku.get(sku))))
                    .filter(scored -> scored.score() > 0)
                    .sorted(Comparator.comparingDouble(Scored::score)
                            .reversed()
                            .thenComparing(Scored::sku, Sessions.BY_KEY))
                    .toList();
        }
    }

    private static final class Sums {
        private double views;
        private double units;
        private int count;
        private int orders;

        void add(Sums more) {
            count += more.count;
            orders += more.orders;
        }

        double conversion(double prior) {
            return Math.min(1, (orders + LOOKS * prior) / (count + LOOKS));
        }

        double total() {
            return views + VIEWS_PER_UNIT * units;
        }
    }

    /** {@code sport/yoga} for {@code sport/yoga/mats}, "" (the whole shop) for {@code sport}. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    Ranking within(String path) {
        return popular.getOrDefault(path, Ranking.NONE);
    }

    /**
     * Share of the looks at a product that end with its purchase; where few looked, near that of its category, and that of a
     * small category near the shop's (an empirical prior worth {@link #LOOKS} looks: Efron and Morris, JASA 1975).
     */
    double conversion(String sku, String category) {
        Double own = conversions.get(sku);
        return own != null
                ? own
                : conversions.getOrDefault(OF_CATEGORY + category, conversions.getOrDefault(OF_CATEGORY, 0.0));
    }

    int views(String sku) {
        return views.getOrDefault(sku, 0);
    }

    boolean knows(String sku) {
        return known.contains(sku);
    }

    /** As a share of the most popular product of its category: 0 to 1. */
    double share(String sku) {
        return shares.getOrDefault(sku, 0.0);
    }

    int products() {
        return known.size();
    }

    int sellerRank(String sku) {
        return sellerRanks.getOrDefault(sku, Integer.MAX_VALUE);
    }

    List<String> bestSellers(String path, int count) {
        Set<String> best = new LinkedHashSet<>();
        for (List<Scored> ranking :
                List.of(sold.getOrDefault(path, List.of()), within(path).best())) {
            for (Scored scored : ranking) {
                if (best.size() >= count) {
                    break;
                }
                best.add(scored.sku());
            }
        }
        return List.copyOf(best);
    }
}
