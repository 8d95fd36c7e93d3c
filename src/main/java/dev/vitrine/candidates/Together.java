package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is bought together: the cosine of two products' orders, n(a,b) / √(n(a) n(b)) (Sarwar, Karypis, Konstan, Riedl,
 * "Item-based collaborative filtering recommendation algorithms", WWW 2001), shrunk by n(a,b) / (n(a,b) + λ) (Bell and
 * Koren, "Scalable collaborative filtering with jointly derived neighborhood interpolation weights", ICDM 2007). So one
 * order of two rare products does not beat a pair that sells every day.
 *
 * <p>A pair is more than chance if it came together at least three times, and the lower end of the 95 % interval of that
 * number ({@link PoissonInterval}) is above what would be expected of two
 * products that have nothing to do with each other, n(a) n(b) / n.
 */
final class Together {
    private static final int OFTEN = 3;
    /** The 97.5 % quantile of the normal distribution. */
    private static final double NORMAL = 1.96;

    /** From this number on the interval is a table's no more, but the normal distribution's: they differ by a thousandth. */
    private static final int TABLE = 400;

    private static final double[] LOWEST = new double[TABLE];

    static {
        for (int n = 1; n < TABLE; n++) {
            LOWEST[n] = PoissonInterval.low(n);
        }
    }

    /** λ: three common orders count half. Film ratings, of which there are more, take 100. */
    private static final double SHRINKAGE = 3;
    /** Partners kept of each product: more than a shelf shows, and 160 bytes a product. */
    private static final int PARTNERS = 20;
    /** A larger order is a reseller's and says little about what goes together; the rest of it is ignored. */
    private static final int ORDER_MAX = 50;

    private final String[] items;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] starts;
    private final int[] partners;
    private final float[] strengths;
    private final BitSet moreThanChance;

    private Together(String[] items, int[] starts, int[] partners, float[] strengths, BitSet moreThanChance) {
        this.moreThanChance = moreThanChance;
        this.items = items;
        this.starts = starts;
        this.partners = partners;
        this.strengths = strengths;
        for (int i = 0; i < items.length; i++) {
            numbers.put(items[i], i);
        }
    }

    static Together train(Sessions orders) {
        int items = orders.items().length;
        int[][] ordersOf = ordersOf(orders);
        int[] starts = new int[items + 1];
        int[] partners = new int[items * PARTNERS];
        float[] strengths = new float[items * PARTNERS];
        BitSet moreThanChance = new BitSet();
        int[] bothOf = new int[items];
        ScoreTable together = new ScoreTable();
        int kept = 0;
        for (int item = 0; item < items; item++) {
            count(orders, ordersOf[item], item, together);
            int itself = item;
            together.replace((other, both) -> {
                bothOf[other] = (int) both;
                return both
                        / Math.sqrt((double) ordersOf[itself].length * ordersOf[other].length)
                        * both
                        / (both + SHRINKAGE);
            });
            long[] ranked = together.ranked();
            for (int i = together.size() - 1; i >= Math.max(0, together.size() - PARTNERS); i--) {
                int other = ScoreTable.key(ranked[i]);
                double expected = (double) ordersOf[item].length * ordersOf[other].length / orders.count();
                moreThanChance.set(kept, bothOf[other] >= OFTEN && lowest(bothOf[other]) > expected);
                partners[kept] = other;
                strengths[kept++] = (float) ScoreTable.score(ranked[i]);
            }
            starts[item + 1] = kept;
        }
        return new Together(
                orders.items(), starts, Arrays.copyOf(partners, kept), Arrays.copyOf(strengths, kept), moreThanChance);
    }

    private static double lowest(int count) {
        return count < TABLE ? LOWEST[count] : count - NORMAL * Math.sqrt(count);
    }

    private static int[][] ordersOf(Sessions orders) {
        int[][] ordersOf = new int[orders.items().length][];
        int[] sizes = new int[ordersOf.length];
        for (int order = 0; order < orders.count(); order++) {
            for (int line = orders.start(order); line < end(orders, order); line++) {
                int item = orders.item(line);
                int size = sizes[item];
                if (size > 0 && ordersOf[item][size - 1] == order) {
                    continue;
                }
                if (size == 0) {
                    ordersOf[item] = new int[4];
                } else if (size == ordersOf[item].length) {
                    ordersOf[item] = Arrays.copyOf(ordersOf[item], size * 2);
                }
                ordersOf[item][size] = order;
                sizes[item]++;
            }
        }
        for (int item = 0; item < ordersOf.length; item++) {
            ordersOf[item] = sizes[item] == 0 ? new int[0] : Arrays.copyOf(ordersOf[item], sizes[item]);
        }
        return ordersOf;
    }

    private static int end(Sessions orders, int order) {
        return Math.min(orders.end(order), orders.start(order) + ORDER_MAX);
    }

    private static void count(Sessions orders, int[] ordersOfItem, int item, ScoreTable together) {
        int lines = 0;
        for (int order : ordersOfItem) {
            lines += end(orders, order) - orders.start(order);
        }
        together.clear(lines);
        for (int order : ordersOfItem) {
            for (int line = orders.start(order); line < end(orders, order); line++) {
                if (orders.item(line) != item && !repeated(orders, order, line)) {
                    together.add(orders.item(line), 1);
                }
            }
        }
    }

    private static boolean repeated(Sessions orders, int order, int line) {
        for (int earlier = orders.start(order); earlier < line; earlier++) {
            if (orders.item(earlier) == orders.item(line)) {
                return true;
            }
        }
        return false;
    }

    /** What comes together with one of these products more often than by chance. */
    Set<String> moreThanChance(Collection<String> skus) {
        Set<String> found = new HashSet<>();
        for (String sku : skus) {
            Integer item = numbers.get(sku);
            if (item != null) {
                for (int i = starts[item]; i < starts[item + 1]; i++) {
                    if (moreThanChance.get(i)) {
                        found.add(items[partners[i]]);
                    }
                }
            }
        }
        return found;
    }

    /** What comes together with these products, without the products themselves: with most of them, and most often, first. */
    List<Scored> with(Collection<String> skus, int count) {
        ScoreTable sums = new ScoreTable();
        sums.clear(skus.size() * PARTNERS);
        for (String sku : skus) {
            Integer item = numbers.get(sku);
            if (item != null) {
                for (int i = starts[item]; i < starts[item + 1]; i++) {
                    sums.add(partners[i], strengths[i]);
                }
            }
        }
        long[] ranked = sums.ranked();
        List<Scored> best = new ArrayList<>();
        for (int i = sums.size() - 1; i >= 0 && best.size() < count; i--) {
            String sku = items[ScoreTable.key(ranked[i])];
            if (!skus.contains(sku)) {
                best.add(new Scored(sku, ScoreTable.score(ranked[i])));
            }
        }
        return best;
    }
}
