package dev.vitrine.candidates;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Sessions by item and items by session, in arrays that are not modified. A larger number is a more recent session.
 *
 * @param weights of the items: ln(clicks / clicks of the item) times the idf weight, 1 where that is not above 0
 * @param sessionStarts for each session where its items begin in {@code sessionItems}, and one more for the end
 * @param lists each item's most recent sessions, the most recent first
 */
record SessionIndex(
        String[] items, double[] weights, int[] sessionStarts, int[] sessionItems, int[] listStarts, int[] lists) {
    /** Sessions with more items than this share of all sessions have are left out, as in the reference: robots. */
    private static final double LENGTH_QUANTILE = 0.995;
    /** Sessions of up to this many items stay, in shops where nearly all visits have one page. */
    private static final int LENGTH_FLOOR = 10;

    static SessionIndex of(Sessions log, int listMax, double idfWeight) {
        int[] lengths = new int[log.count()];
        int[] distinct = distinctItems(log, lengths);
        int longest = longest(lengths);
        Integer[] byEnd = new Integer[log.count()];
        Arrays.setAll(byEnd, session -> session);
        Arrays.sort(byEnd, Comparator.comparingLong(log::endedAt));

        int[] sessionStarts = new int[log.count() + 1];
        int[] sessionItems = new int[log.clicks()];
        int[] clicksOf = new int[log.items().length];
        int sessions = 0;
        int clicks = 0;
        for (int session : byEnd) {
            if (lengths[session] <= longest) {
                for (int i = 0; i < lengths[session]; i++) {
                    int item = distinct[log.start(session) + i];
                    sessionItems[clicks++] = item;
                    clicksOf[item]++;
                }
                sessionStarts[++sessions] = clicks;
            }
        }
        sessionStarts = Arrays.copyOf(sessionStarts, sessions + 1);
        sessionItems = Arrays.copyOf(sessionItems, clicks);

        double[] weights = new double[clicksOf.length];
        int[] listStarts = new int[clicksOf.length + 1];
        for (int item = 0; item < clicksOf.length; item++) {
            double idf = clicksOf[item] == 0 ? 0 : idfWeight * Math.log((double) clicks / clicksOf[item]);
            weights[item] = idf > 0 ? idf : 1;
            listStarts[item + 1] = listStarts[item] + Math.min(listMax, clicksOf[item]);
        }
        int[] lists = new int[listStarts[clicksOf.length]];
        int[] free = Arrays.copyOf(listStarts, clicksOf.length);
        for (int session = sessions - 1; session >= 0; session--) {
            for (int i = sessionStarts[session]; i < sessionStarts[session + 1]; i++) {
                int item = sessionItems[i];
                if (free[item] < listStarts[item + 1]) {
                    lists[free[item]++] = session;
                }
            }
        }
        return new SessionIndex(log.items(), weights, sessionStarts, sessionItems, listStarts, lists);
    }

    /** Each session's different items, from the index of its first click; their number goes into {@code lengths}. */
    private static int[] distinctItems(Sessions log, int[] lengths) {
        int[] distinct = new int[log.clicks()];
        int[] lastSeen = new int[log.items().length];
        for (int session = 0; session < log.count(); session++) {
            for (int click = log.start(session); click < log.end(session); click++) {
                int item = log.item(click);
                if (lastSeen[item] != session + 1) {
                    lastSeen[item] = session + 1;
                    distinct[log.start(session) + lengths[session]++] = item;
                }
            }
        }
        return distinct;
    }

    private static int longest(int[] lengths) {
        int[] sorted = lengths.clone();
        Arrays.sort(sorted);
        int quantile = sorted.length == 0 ? 0 : sorted[(int) (LENGTH_QUANTILE * sorted.length)];
        return Math.max(quantile, LENGTH_FLOOR);
    }
}
