package dev.vitrine.evaluation;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The similarity of two ranked lists: rank-biased overlap, extrapolated (RBO_EXT, equation 32 of Webber, Moffat and Zobel,
 * A similarity measure for indefinite rankings, ACM Transactions on Information Systems 28(4), 2010). 1 for the same list,
 * 0 for lists that have nothing in common. The top counts most.
 */
final class Overlap {
    /** The paper's own example: the first ten places carry 86 % of the weight. */
    static final double PERSISTENCE = 0.9;

    private Overlap() {}

    /** Of lists without repetitions. Two empty lists show the same, and are therefore the same list. */
    static double of(List<String> one, List<String> other) {
        List<String> shorter = one.size() <= other.size() ? one : other;
        List<String> longer = shorter == one ? other : one;
        int s = shorter.size();
        int l = longer.size();
        if (s == 0) {
            return l == 0 ? 1 : 0;
        }
        Set<String> seen = new HashSet<>();
        int common = 0;
        int commonAtShorter = 0;
        double sum = 0;
        double weight = 1;
        for (int depth = 1; depth <= l; depth++) {
            common += seen.add(longer.get(depth - 1)) ? 0 : 1;
            if (depth <= s) {
                common += seen.add(shorter.get(depth - 1)) ? 0 : 1;
                commonAtShorter = common;
            }
            weight *= PERSISTENCE;
            sum += weight * common / depth;
            if (depth > s) {
                sum += weight * commonAtShorter * (depth - s) / ((double) s * depth);
            }
        }
        double beyond = (double) (common - commonAtShorter) / l + (double) commonAtShorter / s;
        return (1 - PERSISTENCE) / PERSISTENCE * sum + beyond * weight;
    }
}
