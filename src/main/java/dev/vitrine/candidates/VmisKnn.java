package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What visitors of similar sessions looked at: VMIS-kNN (Kersbergen, Sprangers, Schelter, "Serenade: Low-Latency
 * Session-Based Recommendation in e-Commerce at Scale", SIGMOD 2022), immutable once trained. A merge of each item's m most
 * recent sessions takes the place of the paper's heap and hash map.
 */
public final class VmisKnn {
    private final Settings settings;
    private final SessionIndex index;
    private final Map<String, Integer> numbers;

    /**
     * @param m most recent sessions that are considered, at least 1
     * @param k nearest of these that vote, at least 1
     * @param lastItems items of the visit that count, 1 to 9: the reference's weight of a match falls by a tenth with each
     *     step and reaches 0 at the tenth
     * @param idfWeight factor of ln(clicks / clicks of the item), by which rare items count more; 0 for all alike
     */
    public record Settings(int m, int k, int lastItems, double idfWeight) {
        /** The cheapest settings within half a point of the best hit rate on two logs (Serenade's and YooChoose). */
        public static final Settings SHOP = new Settings(500, 100, 5, 1);

        public Settings {
            if (m < 1 || k < 1) {
                throw new IllegalArgumentException("m and k are at least 1, not " + m + " and " + k);
            }
            if (lastItems < 1 || lastItems > 9) {
                throw new IllegalArgumentException("the last items that count are 1 to 9, not " + lastItems);
            }
            if (!(idfWeight >= 0 && idfWeight <= 1e6)) {
                throw new IllegalArgumentException("an idf weight is from 0 to 1000000, not " + idfWeight);
            }
        }
    }

    private VmisKnn(Settings settings, SessionIndex index) {
        this.settings = settings;
        this.index = index;
        String[] items = index.items();
        numbers = new HashMap<>(items.length * 2);
        for (int i = 0; i < items.length; i++) {
            numbers.put(items[i], i);
        }
    }

    static VmisKnn train(Sessions log, Settings settings) {
        return new VmisKnn(settings, SessionIndex.of(log, settings.m, settings.idfWeight));
    }

    int sessions() {
        return index.sessionStarts().length - 1;
    }

    /** What is looked at next, best first; ties are in the order of {@link Sessions#BY_KEY}. */
    List<Scored> recommend(List<String> recentItems, int count, boolean withoutCurrent) {
        return ranking(recentItems, count, withoutCurrent).best();
    }

    /** The same without the item that is looked at now, with the votes of all neighbours as the total. */
    Ranking ranking(List<String> recentItems, int count) {
        return ranking(recentItems, count, true);
    }

    private Ranking ranking(List<String> recentItems, int count, boolean withoutCurrent) {
        if (recentItems.isEmpty() || count < 1) {
            return Ranking.NONE;
        }
        Scratch scratch = Scratch.ofThisThread(settings);
        int length = Math.min(recentItems.size(), settings.lastItems);
        int unique = findLists(recentItems, length, scratch);
        int found = mergeLists(scratch);
        // by how much they share, then by how recent they are: the number holds both
        Arrays.sort(scratch.neighbours, 0, found);
        int voters = Math.min(found, settings.k);
        int votes = 0;
        for (int n = found - voters; n < found; n++) {
            int session = (int) scratch.neighbours[n];
            votes += index.sessionStarts()[session + 1] - index.sessionStarts()[session];
        }
        scratch.scores.clear(votes);
        for (int n = found - 1; n >= found - voters; n--) {
            vote(scratch, (int) scratch.neighbours[n], (double) (scratch.neighbours[n] >>> 32) / unique);
        }
        Integer current = withoutCurrent ? numbers.get(recentItems.get(recentItems.size() - 1)) : null;
        return best(scratch.scores, count, current == null ? -1 : current);
    }

    /** Prepares a list for each different known item, the newest first; returns the number of different items. */
    private int findLists(List<String> recentItems, int length, Scratch scratch) {
        int unique = 0;
        scratch.lists = 0;
        for (int step = 0; step < length; step++) {
            String key = recentItems.get(recentItems.size() - 1 - step);
            if (!repeats(recentItems, step, key)) {
                unique++;
                Integer item = numbers.get(key);
                if (item != null) {
                    int list = scratch.lists++;
                    scratch.item[list] = item;
                    scratch.step[list] = step;
                    scratch.share[list] = length - step;
                    scratch.head[list] = index.listStarts()[item];
                    scratch.end[list] = index.listStarts()[item + 1];
                }
            }
        }
        return unique;
    }

    private static boolean repeats(List<String> recentItems, int step, String key) {
        for (int earlier = 0; earlier < step; earlier++) {
            if (recentItems.get(recentItems.size() - 1 - earlier).equals(key)) {
                return true;
            }
        }
        return false;
    }

    /** The m most recent sessions in any of the lists, each with the sum of its shares in the upper half. */
    private int mergeLists(Scratch scratch) {
        int[] lists = index.lists();
        int found = 0;
        while (found < settings.m) {
            int newest = -1;
            for (int list = 0; list < scratch.lists; list++) {
                if (scratch.head[list] < scratch.end[list]) {
                    newest = Math.max(newest, lists[scratch.head[list]]);
                }
            }
            if (newest < 0) {
                break;
            }
            long shared = 0;
            for (int list = 0; list < scratch.lists; list++) {
                if (scratch.head[list] < scratch.end[list] && lists[scratch.head[list]] == newest) {
                    shared += scratch.share[list];
                    scratch.head[list]++;
                }
            }
            scratch.neighbours[found++] = shared << 32 | newest;
        }
        return found;
    }

    private void vote(Scratch scratch, int session, double similarity) {
        int from = index.sessionStarts()[session];
        int to = index.sessionStarts()[session + 1];
        double vote = similarity * (1 - 0.1 * (1 + lastMatch(scratch, from, to)));
        for (int i = from; i < to; i++) {
            int item = index.sessionItems()[i];
            scratch.scores.add(item, vote * index.weights()[item]);
        }
    }

    /** How many steps back in the visit the newest item is that the session has too. */
    private int lastMatch(Scratch scratch, int from, int to) {
        for (int list = 0; list < scratch.lists; list++) {
            for (int i = from; i < to; i++) {
                if (index.sessionItems()[i] == scratch.item[list]) {
                    return scratch.step[list];
                }
            }
        }
        throw new IllegalStateException("a neighbour shares at least one item");
    }

    private Ranking best(ScoreTable scores, int count, int without) {
        long[] ranked = scores.ranked();
        int size = scores.size();
        List<Scored> best = new ArrayList<>(Math.min(count, size));
        double total = 0;
        for (int i = size - 1; i >= 0; i--) {
            int item = ScoreTable.key(ranked[i]);
            if (item == without) {
                continue;
            }
            total += ScoreTable.score(ranked[i]);
            if (best.size() < count) {
                best.add(new Scored(index.items()[item], ScoreTable.score(ranked[i])));
            }
        }
        return new Ranking(best, total);
    }

    /** What a query needs besides the model; one for each thread, so that a query allocates only its answer. */
    private static final class Scratch {
        private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

        final int[] item = new int[9];
        final int[] step = new int[9];
        final int[] share = new int[9];
        final int[] head = new int[9];
        final int[] end = new int[9];
        final ScoreTable scores = new ScoreTable();
        int lists;
        long[] neighbours = {};

        static Scratch ofThisThread(Settings settings) {
            Scratch scratch = OF_THREAD.get();
            if (scratch.neighbours.length < settings.m) {
                scratch.neighbours = new long[settings.m];
            }
            return scratch;
        }
    }
}
