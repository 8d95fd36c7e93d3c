package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One list from several sources, taken in turn from the nearest to the visit to the farthest.
 *
 * <p>Scores of different sources have nothing in common, so each source has a band: the first (1/2, 1], the next (1/4,
 * 1/2] and so on, and its own scores, as shares of its best, are laid into it. A source that has nothing keeps its band,
 * so a score means the same in every list; and a rule's boost of 2 lifts an item by one source, which people can reason
 * about. Fusion by reciprocal rank was the alternative: it needs no bands, but it flattens what a source knows (a clear
 * winner and a narrow one score alike). Our choice.
 */
final class Blend {
    /** Every tenth place goes to a product that has no data yet, so that it gathers some. Our choice. */
    private static final int NEWCOMER_EVERY = 10;

    private final int count;
    private final Predicate<String> inCatalog;
    private final Iterator<String> newcomers;
    private final Set<String> taken;
    private final List<Scored> list;
    private double ceiling = 1;
    private double last = Double.MAX_VALUE;

    /**
     * @param count items wanted, at most
     * @param without skus that must not be in the list
     * @param newcomers products without data, in the order in which they are tried
     */
    Blend(int count, Set<String> without, Predicate<String> inCatalog, Iterator<String> newcomers) {
        this.count = count;
        this.inCatalog = inCatalog;
        this.newcomers = newcomers;
        taken = new HashSet<>(without);
        list = new ArrayList<>(Math.min(count, 1000));
    }

    /**
     * Takes from the next source.
     *
     * @param source best first, scores above 0
     * @param max items at most
     */
    void take(List<Scored> source, String origin, int max) {
        int end = Math.min(count, list.size() + max);
        for (Scored scored : source) {
            if (list.size() >= end) {
                break;
            }
            if (admits(scored.sku())) {
                double share = scored.score() / source.get(0).score();
                placeNewcomer();
                if (list.size() < end) {
                    place(scored.sku(), ceiling * (1 + share) / 2, origin);
                }
            }
        }
        ceiling /= 2;
    }

    private void placeNewcomer() {
        while (list.size() % NEWCOMER_EVERY == NEWCOMER_EVERY - 1 && newcomers.hasNext()) {
            String sku = newcomers.next();
            if (admits(sku)) {
                place(sku, last, Assortment.ORIGIN);
            }
        }
    }

    private boolean admits(String sku) {
        return !taken.contains(sku) && inCatalog.test(sku);
    }

    private void place(String sku, double score, String origin) {
        last = Math.min(score, Math.nextDown(last));
        taken.add(sku);
        list.add(new Scored(sku, last, origin));
    }

    List<Scored> list() {
        return List.copyOf(list);
    }
}
