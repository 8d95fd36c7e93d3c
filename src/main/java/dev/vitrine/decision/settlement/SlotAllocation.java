package dev.vitrine.decision.settlement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Chooses the contenders for the places without a pin: the fewest missing guaranteed places, then the most places filled,
 * the highest sum of scores, the contenders that come first. Caps always hold. Contenders of the same groups differ only in
 * score, so a dynamic program over how many of each kind are chosen is exact. Its table starts without bounds and adds those
 * that the best choice breaks: a limit on each of fifty brands costs no more than the few that crowd the list. Beyond {@link
 * #STATES_MAX}, guarantees are met one after the other instead.
 */
final class SlotAllocation {
    /** About 20 ms of work on a slow machine, well within most time budgets. */
    static final int STATES_MAX = 200_000;

    /** States times kinds of contenders: 16 MB at most, while a decision is made. */
    private static final int CELLS_MAX = 2_000_000;

    /** Bits of a long. */
    private static final int BINDING_MAX = 62;

    /** Of the largest score. A hundred scores with their contenders' numbers below them fit into a long. */
    private static final int SCORE_BITS = 37;

    private static final int PLACE_BITS = 18;

    /** How many places a group gets: at least, where possible, and at most, always. Bit i is contender i. */
    record Bound(int needed, int allowed, BitSet members) {
        boolean keeps(BitSet chosen) {
            int count = count(chosen);
            return count >= needed && count <= allowed;
        }

        int count(BitSet chosen) {
            int count = 0;
            for (int i = chosen.nextSetBit(0); i >= 0; i = chosen.nextSetBit(i + 1)) {
                count += members.get(i) ? 1 : 0;
            }
            return count;
        }
    }

    private final double[] scores;
    private final int places;
    private final List<Bound> bounds;

    private final BooleanSupplier cancelled;

    private SlotAllocation(double[] scores, int places, List<Bound> bounds, BooleanSupplier cancelled) {
        this.cancelled = cancelled;
        this.scores = scores;
        this.places = Math.min(places, scores.length);
        this.bounds = bounds;
    }

    /** Bit i of {@code binding} is a bound that changed the choice, or that it breaks. */
    record Chosen(BitSet chosen, BitSet binding) {}

    /**
     * @param scores of the contenders, best first except where some take turns; of equal ones the first is better
     * @throws CancellationException once it is cancelled
     */
    static Chosen of(double[] scores, int places, List<Bound> bounds, BooleanSupplier cancelled) {
        BitSet binding = new BitSet(bounds.size());
        BitSet chosen = first(Math.min(places, scores.length));
        while (true) {
            // the best choice under some of the bounds that keeps the others too is the best under all
            int bound = binding.cardinality();
            for (int i = 0; i < bounds.size(); i++) {
                if (!bounds.get(i).keeps(chosen)) {
                    binding.set(i);
                }
            }
            if (binding.cardinality() == bound) {
                return new Chosen(chosen, binding);
            }
            List<Bound> active = binding.stream().mapToObj(bounds::get).toList();
            chosen = active.size() > BINDING_MAX ? null : new SlotAllocation(scores, places, active, cancelled).exact();
            if (chosen == null) {
                binding.set(0, bounds.size());
                return new Chosen(new SlotAllocation(scores, places, bounds, cancelled).oneAfterTheOther(), binding);
            }
        }
    }

    private void requireWanted() {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("nobody waits for the settlement");
        }
    }

    private static BitSet first(int places) {
        BitSet first = new BitSet();
        first.set(0, places);
        return first;
    }

    private BitSet exact() {
        Map<Long, List<Integer>> kinds = new HashMap<>();
        for (int contender : bestFirst()) {
            List<Integer> kind = kinds.computeIfAbsent(groups(contender), groups -> new ArrayList<>());
            if (kind.size() < places) {
                kind.add(contender);
            }
        }
        List<Integer> free = kinds.getOrDefault(0L, List.of());
        kinds.remove(0L);
        long[] masks =
                kinds.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        // digit 0 counts the contenders with any group; digit i + 1 counts the group of bound i, up to its maximum
        int[] size = new int[bounds.size() + 1];
        int[] weight = new int[bounds.size() + 1];
        long states = 1;
        for (int digit = 0; digit < size.length; digit++) {
            size[digit] = digit == 0 ? places + 1 : most(bounds.get(digit - 1)) + 1;
            weight[digit] = (int) states;
            states *= size[digit];
            if (states > STATES_MAX || states * masks.length > CELLS_MAX) {
                return null;
            }
        }
        return new Table(kinds, masks, size, weight, (int) states).solve(free);
    }

    private int[] bestFirst() {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private long groups(int contender) {
        long groups = 0;
        for (int bound = 0; bound < bounds.size(); bound++) {
            groups |= bounds.get(bound).members().get(contender) ? 1L << bound : 0;
        }
        return groups;
    }

    /** The count from which a bound asks for no more, or allows no more. */
    private int most(Bound bound) {
        return bound.allowed() < places ? bound.allowed() : Math.min(bound.needed(), places);
    }

    /** Integers have the same sum in any order; the contender's number in the low bits lets earlier ones win ties. */
    private long[] worths() {
        double largest = 0;
        for (double score : scores) {
            largest = Math.max(largest, Math.abs(score));
        }
        int shift = SCORE_BITS - 1 - Math.getExponent(largest);
        long[] worths = new long[scores.length];
        for (int i = 0; i < worths.length; i++) {
            worths[i] = (Math.round(Math.scalb(scores[i], shift)) << PLACE_BITS) - i;
        }
        return worths;
    }

    private final class Table {
        private static final long UNREACHED = Long.MIN_VALUE;

        private final long[] worths = worths();
        private final Map<Long, List<Integer>> kinds;
        private final long[] masks;
        private final int[] size;
        private final int[] weight;
        private final int states;

        Table(Map<Long, List<Integer>> kinds, long[] masks, int[] size, int[] weight, int states) {
            this.kinds = kinds;
            this.masks = masks;
            this.size = size;
            this.weight = weight;
            this.states = states;
        }

        BitSet solve(List<Integer> free) {
            long[] best = new long[states];
            Arrays.fill(best, UNREACHED);
            best[0] = 0;
            int[][] taken = new int[masks.length][];
            int[][] from = new int[masks.length][];
            for (int kind = 0; kind < masks.length; kind++) {
                requireWanted();
                List<Integer> members = kinds.get(masks[kind]);
                long[] next = new long[states];
                Arrays.fill(next, UNREACHED);
                taken[kind] = new int[states];
                from[kind] = new int[states];
                for (int state = 0; state < states; state++) {
                    if (best[state] == UNREACHED) {
                        continue;
                    }
                    long sum = best[state];
                    int reached = state;
                    for (int take = 0; reached >= 0; take++) {
                        if (sum > next[reached]) {
                            next[reached] = sum;
                            taken[kind][reached] = take;
                            from[kind][reached] = state;
                        }
                        if (take == members.size()) {
                            break;
                        }
                        sum += worths[members.get(take)];
                        reached = oneMore(reached, masks[kind]);
                    }
                }
                best = next;
            }
            int state = bestEnd(best, free);
            BitSet chosen = new BitSet(scores.length);
            fill(chosen, free, Math.min(free.size(), places - state % size[0]));
            for (int kind = masks.length - 1; kind >= 0; kind--) {
                fill(chosen, kinds.get(masks[kind]), taken[kind][state]);
                state = from[kind][state];
            }
            return chosen;
        }

        private void fill(BitSet chosen, List<Integer> members, int count) {
            for (int i = 0; i < count; i++) {
                chosen.set(members.get(i));
            }
        }

        /** The state with one more contender of these groups, or -1 where a cap or the list is full. */
        private int oneMore(int state, long groups) {
            if (state % size[0] == places) {
                return -1;
            }
            int next = state + 1;
            for (int i = 0; i < bounds.size(); i++) {
                if ((groups >> i & 1) == 1) {
                    int digit = state / weight[i + 1] % size[i + 1];
                    if (digit < size[i + 1] - 1) {
                        next += weight[i + 1];
                    } else if (bounds.get(i).allowed() < places) {
                        return -1;
                    }
                }
            }
            return next;
        }

        private int bestEnd(long[] sums, List<Integer> free) {
            long[] freeSum = new long[places + 1];
            for (int i = 0; i < Math.min(places, free.size()); i++) {
                freeSum[i + 1] = freeSum[i] + worths[free.get(i)];
            }
            int best = 0;
            int bestMissing = Integer.MAX_VALUE;
            int bestFilled = -1;
            long bestSum = 0;
            for (int state = 0; state < states; state++) {
                if (sums[state] == UNREACHED) {
                    continue;
                }
                int missing = 0;
                for (int i = 0; i < bounds.size(); i++) {
                    missing += Math.max(0, bounds.get(i).needed() - state / weight[i + 1] % size[i + 1]);
                }
                int own = state % size[0];
                int filled = own + Math.min(free.size(), places - own);
                long sum = sums[state] + freeSum[filled - own];
                if (missing < bestMissing
                        || (missing == bestMissing
                                && (filled > bestFilled || (filled == bestFilled && sum > bestSum)))) {
                    best = state;
                    bestMissing = missing;
                    bestFilled = filled;
                    bestSum = sum;
                }
            }
            return best;
        }
    }

    private BitSet oneAfterTheOther() {
        BitSet chosen = new BitSet(scores.length);
        int[] counts = new int[bounds.size()];
        int[] bestFirst = bestFirst();
        for (int bound = 0; bound < counts.length; bound++) {
            requireWanted();
            for (int i = 0;
                    i < bestFirst.length && counts[bound] < bounds.get(bound).needed();
                    i++) {
                if (bounds.get(bound).members().get(bestFirst[i])) {
                    take(bestFirst[i], chosen, counts);
                }
            }
        }
        for (int contender : bestFirst) {
            requireWanted();
            take(contender, chosen, counts);
        }
        return chosen;
    }

    private void take(int contender, BitSet chosen, int[] counts) {
        if (chosen.get(contender) || chosen.cardinality() >= places) {
            return;
        }
        for (int bound = 0; bound < counts.length; bound++) {
            if (bounds.get(bound).members().get(contender)
                    && counts[bound] >= bounds.get(bound).allowed()) {
                return;
            }
        }
        chosen.set(contender);
        for (int bound = 0; bound < counts.length; bound++) {
            counts[bound] += bounds.get(bound).members().get(contender) ? 1 : 0;
        }
    }
}
