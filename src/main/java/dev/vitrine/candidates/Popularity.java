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

/** What is looked at and bought most, in each category with all below it, and in the whole shop (path ""). */
final class Popularity {
    static final String ORIGIN = "popular";
    static final String IN_CATEGORY = "popular-in-category";

    /** An event's weight halves with every two weeks before the newest event. Our choice: a season, not a year. */
    private static final double HALF_LIFE_MILLIS = 14 * 86_400_000.0;
    /** A piece sold counts as many views. Our choice: below the 40 to 80 of real logs, lest one order decide. */
    private static final double VIEWS_PER_UNIT = 10;
    /** One order of a thousand pieces is a reseller's, not the taste of the shop. Our choice. */
    private static final int UNITS_MAX = 10;

    private final Map<String, List<Scored>> popular = new HashMap<>();
    private final Map<String, List<Scored>> sold = new HashMap<>();
    private final Map<String, Integer> sellerRanks = new HashMap<>();
    private final Set<String> known;

    private Popularity(Set<String> known) {
        this.known = known;
    }

    /** Views and sales on their way in. */
    static final class Counting {
        private final long newestMillis;
        private final Map<String, Interest> bySku = new HashMap<>();

        /** @param newestMillis time of the newest event: the same log teaches the same whenever it is read */
        Counting(long newestMillis) {
            this.newestMillis = newestMillis;
        }

        void view(String sku, long atMillis) {
            of(sku).views += weight(atMillis);
        }

        void sale(String sku, long atMillis, int units) {
            of(sku).units += weight(atMillis) * Math.max(1, Math.min(units, UNITS_MAX));
        }

        private Interest of(String sku) {
            return bySku.computeIfAbsent(sku, unseen -> new Interest());
        }

        private double weight(long atMillis) {
            return Math.pow(0.5, Math.max(0, newestMillis - atMillis) / HALF_LIFE_MILLIS);
        }

        /** @param categoryOf a product's category path, null where the catalog does not have it */
        Popularity popularity(Function<String, String> categoryOf) {
            Popularity popularity = new Popularity(Set.copyOf(bySku.keySet()));
            Map<String, List<String>> within = new HashMap<>();
            Map<String, List<String>> exactly = new HashMap<>();
            for (String sku : bySku.keySet()) {
                String category = categoryOf.apply(sku);
                if (category != null) {
                    exactly.computeIfAbsent(category, unseen -> new ArrayList<>())
                            .add(sku);
                    for (String path = category; ; path = parent(path)) {
                        within.computeIfAbsent(path, unseen -> new ArrayList<>())
                                .add(sku);
                        if (path.isEmpty()) {
                            break;
                        }
                    }
                }
            }
            within.forEach((path, skus) -> {
                popularity.popular.put(path, ranked(skus, Interest::total));
                popularity.sold.put(path, ranked(skus, interest -> interest.units));
            });
            exactly.forEach((category, skus) -> {
                int rank = 0;
                for (Scored seller : ranked(skus, interest -> interest.units)) {
                    popularity.sellerRanks.put(seller.sku(), ++rank);
                }
            });
            return popularity;
        }

        private List<Scored> ranked(List<String> skus, ToDoubleFunction<Interest> measure) {
            return skus.stream()
                    .map(sku -> new Scored(sku, measure.applyAsDouble(bySku.get(sku)), ORIGIN))
                    .filter(scored -> scored.score() > 0)
                    .sorted(Comparator.comparingDouble(Scored::score)
                            .reversed()
                            .thenComparing(Scored::sku, Sessions.BY_KEY))
                    .toList();
        }
    }

    private static final class Interest {
        private double views;
        private double units;

        double total() {
            return views + VIEWS_PER_UNIT * units;
        }
    }

    /** {@code sport/yoga} for {@code sport/yoga/mats}, "" (the whole shop) for {@code sport}. */
    static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    /** The products of this category and below that draw most interest, best first. */
    List<Scored> within(String path) {
        return popular.getOrDefault(path, List.of());
    }

    boolean knows(String sku) {
        return known.contains(sku);
    }

    int products() {
        return known.size();
    }

    int sellerRank(String sku) {
        return sellerRanks.getOrDefault(sku, Integer.MAX_VALUE);
    }

    List<String> bestSellers(String path, int count) {
        Set<String> best = new LinkedHashSet<>();
        for (List<Scored> ranking : List.of(sold.getOrDefault(path, List.of()), within(path))) {
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
