package dev.vitrine.decision;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses who gets the places that pins leave, so that guarantees and caps hold together where they can.
 *
 * <p>Of all choices it takes, in this order: the one with the smallest sum of missing guaranteed places, the most places
 * filled, the highest sum of scores, those who come first. Caps always hold. Contenders that belong to the same groups are alike but for
 * their score, so only how many of each kind are taken has to be found; a dynamic programme over these numbers finds the
 * best exactly. Where the table would grow beyond {@link #STATES_MAX} (groups that overlap in many ways, on a long
 * list), guarantees are met one after the other instead.
 */
final class Selection {
    /** About 20 ms of work on a slow machine. Our choice, well within most time budgets. */
    static final int STATES_MAX = 200_000;

    /** Of the largest score; a hundred of them, and the contenders' places below them, fit into a long. */
    private static final int SCORE_BITS = 37;

    private static final int PLACE_BITS = 18;

    /**
     * One who could get a place.
     *
     * @param score the higher the better
     * @param groups bit i is set when it belongs to the group of bound i
     */
    record Contender(double score, long groups) {}

    /**
     * How many places a group gets.
     *
     * @param needed at least, where it can be had
     * @param allowed at most, always
     */
    record Bound(int needed, int allowed) {}

    private final List<Contender> contenders;
    private final int places;
    private final List<Bound> bounds;

    private Selection(List<Contender> contenders, int places, List<Bound> bounds) {
        this.contenders = contenders;
        this.places = places;
        this.bounds = bounds;
    }

    /**
     * @param contenders best first
     * @param places how many can be chosen
     * @param bounds at most 62
     * @return which contenders are chosen
     */
    static boolean[] of(List<Contender> contenders, int places, List<Bound> bounds) {
        Selection selection = new Selection(contenders, Math.min(places, contenders.size()), bounds);
        boolean[] best = selection.first();
        return selection.keeps(best) ? best : selection.exact();
    }

    private boolean[] first() {
        boolean[] chosen = new boolean[contenders.size()];
        Arrays.fill(chosen, 0, places, true);
        return chosen;
    }

    private boolean keeps(boolean[] chosen) {
        for (int i = 0; i < bounds.size(); i++) {
            int count = count(chosen, i);
            if (count < bounds.get(i).needed() || count > bounds.get(i).allowed()) {
                return false;
            }
        }
        return true;
    }

    private int count(boolean[] chosen, int bound) {
        int count = 0;
        for (int i = 0; i < chosen.length; i++) {
            if (chosen[i] && (contenders.get(i).groups() >> bound & 1) == 1) {
                count++;
            }
        }
        return count;
    }

    private boolean[] exact() {
        Map<Long, List<Integer>> kinds = new HashMap<>();
        for (int i = 0; i < contenders.size(); i++) {
            List<Integer> kind = kinds.computeIfAbsent(contenders.get(i).groups(), groups -> new ArrayList<>());
            if (kind.size() < places) {
                kind.add(i);
            }
        }
        List<Integer> free = kinds.getOrDefault(0L, List.of());
        kinds.remove(0L);
        long[] masks =
                kinds.keySet().stream().mapToLong(Long::longValue).sorted().toArray();
        // digit 0 counts all that belong to any group; digit i + 1 counts the group of bound i, up to what matters
        int[] size = new int[bounds.size() + 1];
        int[] weight = new int[bounds.size() + 1];
        long states = 1;
        for (int digit = 0; digit < size.length; digit++) {
            size[digit] = digit == 0 ? places + 1 : most(bounds.get(digit - 1)) + 1;
            weight[digit] = (int) states;
            states *= size[digit];
            if (states > STATES_MAX) {
                return oneAfterTheOther();
            }
        }
        return new Table(kinds, masks, size, weight, (int) states).solve(free);
    }

    /** The count beyond which a bound asks nothing more, or allows nothing more. */
    private int most(Bound bound) {
        return bound.allowed() < places ? bound.allowed() : Math.min(bound.needed(), places);
    }

    /**
     * Scores as whole numbers, and below them the place among the contenders: whole numbers add up to the same in any
     * order, and of two equal sums of scores the one of those who come first is larger.
     */
    private long[] worths() {
        double largest = 0;
        for (Contender contender : contenders) {
            largest = Math.max(largest, Math.abs(contender.score()));
        }
        int shift = SCORE_BITS - 1 - Math.getExponent(largest);
        long[] worths = new long[contenders.size()];
        for (int i = 0; i < worths.length; i++) {
            worths[i] = (Math.round(Math.scalb(contenders.get(i).score(), shift)) << PLACE_BITS) - i;
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

        boolean[] solve(List<Integer> free) {
            long[] best = new long[states];
            Arrays.fill(best, UNREACHED);
            best[0] = 0;
            int[][] taken = new int[masks.length][];
            int[][] from = new int[masks.length][];
            for (int kind = 0; kind < masks.length; kind++) {
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
            boolean[] chosen = new boolean[contenders.size()];
            fill(chosen, free, Math.min(free.size(), places - state % size[0]));
            for (int kind = masks.length - 1; kind >= 0; kind--) {
                fill(chosen, kinds.get(masks[kind]), taken[kind][state]);
                state = from[kind][state];
            }
            return chosen;
        }

        private void fill(boolean[] chosen, List<Integer> members, int count) {
            for (int i = 0; i < count; i++) {
                chosen[members.get(i)] = true;
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

    private boolean[] oneAfterTheOther() {
        boolean[] chosen = new boolean[contenders.size()];
        int left = places;
        for (int bound = 0; bound < bounds.size(); bound++) {
            for (int i = 0;
                    i < chosen.length
                            && left > 0
                            && count(chosen, bound) < bounds.get(bound).needed();
                    i++) {
                if (!chosen[i] && (contenders.get(i).groups() >> bound & 1) == 1 && allowed(chosen, i)) {
                    chosen[i] = true;
                    left--;
                }
            }
        }
        for (int i = 0; i < chosen.length && left > 0; i++) {
            if (!chosen[i] && allowed(chosen, i)) {
                chosen[i] = true;
                left--;
            }
        }
        return chosen;
    }

    private boolean allowed(boolean[] chosen, int contender) {
        for (int bound = 0; bound < bounds.size(); bound++) {
            if ((contenders.get(contender).groups() >> bound & 1) == 1
                    && count(chosen, bound) >= bounds.get(bound).allowed()) {
                return false;
            }
        }
        return true;
    }
}
