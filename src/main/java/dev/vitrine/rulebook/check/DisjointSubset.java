package dev.vitrine.rulebook.check;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Finds pairwise disjoint promises that add up to most: what is promised to disjoint groups adds up. The search is exact for
 * books as people write them. It is cut short for others, since no algorithm is fast for all (maximum weight independent set);
 * what it has found until then is disjoint, too, so that whatever is said of it is true.
 */
final class DisjointSubset<P> {
    /** The worthiest; the others could not change what is said. */
    private static final int PROMISES_MAX = 64;
    /** A millisecond or two. */
    private static final int STEPS_MAX = 20_000;

    private final double[] worths;
    /** Promises that come later and are disjoint from this one. */
    private final BitSet[] compatible;

    private BitSet best = new BitSet();
    private double bestSum;
    private int steps;

    private DisjointSubset(List<P> promises, ToDoubleFunction<P> worth, BiPredicate<P, P> disjoint) {
        worths = promises.stream().mapToDouble(worth).toArray();
        compatible = new BitSet[worths.length];
        for (int i = 0; i < worths.length; i++) {
            compatible[i] = new BitSet(worths.length);
            for (int j = i + 1; j < worths.length; j++) {
                compatible[i].set(j, disjoint.test(promises.get(i), promises.get(j)));
            }
        }
    }

    /** @param worth is not negative */
    static <P> List<P> most(List<P> promises, ToDoubleFunction<P> worth, BiPredicate<P, P> disjoint) {
        // the worthiest first, so that what is found early is good
        List<Integer> order = IntStream.range(0, promises.size())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -worth.applyAsDouble(promises.get(i))))
                .limit(PROMISES_MAX)
                .toList();
        List<P> sorted = order.stream().map(promises::get).toList();
        DisjointSubset<P> search = new DisjointSubset<>(sorted, worth, disjoint);
        BitSet all = new BitSet();
        all.set(0, sorted.size());
        search.extend(new BitSet(), 0, all);
        List<Integer> found = new ArrayList<>();
        search.best.stream().forEach(i -> found.add(order.get(i)));
        return found.stream().sorted().map(promises::get).toList();
    }

    private void extend(BitSet taken, double sum, BitSet open) {
        if (sum > bestSum) {
            bestSum = sum;
            best = (BitSet) taken.clone();
        }
        double reachable = sum + open.stream().mapToDouble(i -> worths[i]).sum();
        for (int i = open.nextSetBit(0); i >= 0 && reachable > bestSum; i = open.nextSetBit(i + 1)) {
            if (++steps > STEPS_MAX) {
                return;
            }
            BitSet left = (BitSet) open.clone();
            left.and(compatible[i]);
            taken.set(i);
            extend(taken, sum + worths[i], left);
            taken.clear(i);
            reachable -= worths[i];
        }
    }
}
