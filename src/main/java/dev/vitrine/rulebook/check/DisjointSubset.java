package dev.vitrine.rulebook.check;

import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Promises to groups without a common product add up: of all ways to take such, the one that promises most. */
final class DisjointSubset {
    /** Our choice: each more doubles the work, and nobody promises so much. */
    private static final int LOOKED_AT = 12;

    private DisjointSubset() {}

    static <P> List<P> most(List<P> promises, ToDoubleFunction<P> worth, BiPredicate<P, P> apart) {
        return most(promises, List.of(), worth, apart);
    }

    private static <P> List<P> most(List<P> left, List<P> taken, ToDoubleFunction<P> worth, BiPredicate<P, P> apart) {
        List<P> best = taken;
        for (int i = 0; i < Math.min(left.size(), LOOKED_AT); i++) {
            P next = left.get(i);
            if (taken.stream().allMatch(one -> apart.test(one, next))) {
                List<P> more = Stream.concat(taken.stream(), Stream.of(next)).toList();
                List<P> found = most(left.subList(i + 1, left.size()), more, worth, apart);
                best = sum(found, worth) > sum(best, worth) ? found : best;
            }
        }
        return best;
    }

    private static <P> double sum(List<P> promises, ToDoubleFunction<P> worth) {
        return promises.stream().mapToDouble(worth).sum();
    }
}
