package dev.vitrine.rulebook.check;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Finds the pairwise disjoint promises that add up to most: what is promised to disjoint groups adds up. */
final class DisjointSubset {
    /** Each further promise doubles the work, and no real book has so many. */
    private static final int PROMISES_MAX = 12;

    private DisjointSubset() {}

    static <P> List<P> most(List<P> promises, ToDoubleFunction<P> worth, BiPredicate<P, P> disjoint) {
        return most(promises, List.of(), worth, disjoint);
    }

    private static <P> List<P> most(
            List<P> left, List<P> taken, ToDoubleFunction<P> worth, BiPredicate<P, P> disjoint) {
        List<P> best = taken;
        for (int i = 0; i < Math.min(left.size(), PROMISES_MAX); i++) {
            P next = left.get(i);
            if (taken.stream().allMatch(one -> disjoint.test(one, next))) {
                List<P> more = Stream.concat(taken.stream(), Stream.of(next)).toList();
                List<P> found = most(left.subList(i + 1, left.size()), more, worth, disjoint);
                best = sum(found, worth) > sum(best, worth) ? found : best;
            }
        }
        return best;
    }

    private static <P> double sum(List<P> promises, ToDoubleFunction<P> worth) {
        return promises.stream().mapToDouble(worth).sum();
    }
}
