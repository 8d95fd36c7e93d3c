package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * One list from several sources, from the one closest to the visit to the most general.
 *
 * <p>Scores of different sources cannot be compared, so each source has a band: the first (1/2, 1], the next (1/4, 1/2] and
 * so on. Its own scores, as shares of its best, are mapped into the band. An empty source keeps its band, so a score means
 * the same in every list of a page without words, and a rule's boost of 2 lifts an item by one source. Fusion by reciprocal rank needs no bands, but
 * a clear winner and a narrow one would score alike.
 */
final class Blend {
    /** Every tenth place goes to a product without data, so that it gathers some at a bearable cost. */
    private static final int NEWCOMER_EVERY = 10;

    private final int count;
    private final Predicate<String> inCatalog;
    private final Iterator<String> newcomers;
    private final Set<String> taken;
    private final List<Scored> list;
    private double ceiling = 1;
    private double last = Double.MAX_VALUE;

    Blend(int count, Set<String> without, Predicate<String> inCatalog, Iterator<String> newcomers) {
        this.count = count;
        this.inCatalog = inCatalog;
        this.newcomers = newcomers;
        taken = new HashSet<>(without);
        list = new ArrayList<>(Math.min(count, 1000));
    }

    /** Takes up to {@code max} items of a source, whose scores are above 0, best first. */
    void take(List<Scored> source, String origin, int max) {
        int end = Math.min(count, list.size() + max);
        for (Scored scored : source) {
            if (list.size() >= end) {
                break;
            }
            if (admits(scored.sku())) {
                double share = scored.score() / source.get(0).score();
                placeNewcomer();
                // which may have been this one
                if (list.size() < end && admits(scored.sku())) {
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
