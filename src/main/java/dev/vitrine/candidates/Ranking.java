package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.List;

/**
 * What one source has to say, best first.
 *
 * @param best with scores above 0
 * @param total of the scores of all that the source knows, also of those that are not in the list
 */
record Ranking(List<Scored> best, double total) {
    static final Ranking NONE = new Ranking(List.of(), 0);

    /** The sum of 1/n for the first hundred: more than any shelf shows. */
    private static final double HARMONIC = 5.187;

    /** The n-th product is n times less likely than the first (Zipf): what is known of lists whose scores tell nothing. */
    private static double shareAt(int place) {
        return 1 / (place * HARMONIC);
    }

    static Ranking of(List<Scored> best) {
        double total = 0;
        for (Scored scored : best) {
            total += scored.score();
        }
        return new Ranking(best, total);
    }

    /** Whose order alone tells something. */
    static Ranking inOrder(List<String> skus) {
        List<Scored> best = new ArrayList<>(skus.size());
        for (String sku : skus) {
            best.add(new Scored(sku, shareAt(best.size() + 1)));
        }
        return new Ranking(best, 1);
    }

    boolean isEmpty() {
        return best.isEmpty();
    }

    double share(Scored scored) {
        return scored.score() / total;
    }
}
