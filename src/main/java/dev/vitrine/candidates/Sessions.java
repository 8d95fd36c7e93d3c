package dev.vitrine.candidates;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Groups of items in order of time (visits of views, orders of products), in arrays: 4 bytes a click, 16 when gathered. */
final class Sessions {
    /** Short keys first, then by letter, so that numbered items are in the order of their numbers. Settles all ties. */
    static final Comparator<String> BY_KEY =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    private final String[] items;
    private final int[] starts;
    private final int[] clicks;
    private final long[] ends;

    private Sessions(String[] items, int[] starts, int[] clicks, long[] ends) {
        this.items = items;
        this.starts = starts;
        this.clicks = clicks;
        this.ends = ends;
    }

    int count() {
        return ends.length;
    }

    int clicks() {
        return clicks.length;
    }

    /** Keys of all items, ordered by {@link #BY_KEY}; the index is the item's number. Must not be modified. */
    String[] items() {
        return items;
    }

    /** Index of the session's first click; its clicks end where the next session's begin. */
    int start(int session) {
        return starts[session];
    }

    int end(int session) {
        return starts[session + 1];
    }

    int item(int click) {
        return clicks[click];
    }

    /** Time of the session's last click, in milliseconds. */
    long endedAt(int session) {
        return ends[session];
    }

    /**
     * The same sessions of other items.
     *
     * @param other of an item; null leaves it out
     */
    Sessions of(Function<String, String> other) {
        String[] others = new String[items.length];
        for (int item = 0; item < items.length; item++) {
            others[item] = other.apply(items[item]);
        }
        Gathering gathering = new Gathering();
        for (int session = 0; session < count(); session++) {
            for (int click = start(session); click < end(session); click++) {
                if (others[clicks[click]] != null) {
                    gathering.add(session, others[clicks[click]], ends[session]);
                }
            }
        }
        return gathering.sessions();
    }

    /** Those that ended before. The items keep their numbers. */
    Sessions until(long millis) {
        int sessions = 0;
        int size = 0;
        for (int session = 0; session < ends.length; session++) {
            if (ends[session] < millis) {
                sessions++;
                size += end(session) - start(session);
            }
        }
        int[] keptStarts = new int[sessions + 1];
        int[] keptClicks = new int[size];
        long[] keptEnds = new long[sessions];
        int kept = 0;
        for (int session = 0; session < ends.length; session++) {
            if (ends[session] < millis) {
                int length = end(session) - start(session);
                System.arraycopy(clicks, start(session), keptClicks, keptStarts[kept], length);
                keptEnds[kept] = ends[session];
                keptStarts[++kept] = keptStarts[kept - 1] + length;
            }
        }
        return new Sessions(items, keptStarts, keptClicks, keptEnds);
    }

    static final class Gathering {
        private final Map<String, Integer> numbers = new HashMap<>();
        private final List<String> keys = new ArrayList<>();
        private int[] session = new int[1024];
        private int[] item = new int[1024];
        private long[] at = new long[1024];
        private int size;
        private int sessions;

        /** @param number the session's, from 0; each number up to the largest should have a click */
        void add(int number, String key, long atMillis) {
            if (size == session.length) {
                int grown = size + (size >> 1);
                session = Arrays.copyOf(session, grown);
                item = Arrays.copyOf(item, grown);
                at = Arrays.copyOf(at, grown);
            }
            Integer known = numbers.get(key);
            if (known == null) {
                known = keys.size();
                numbers.put(key, known);
                keys.add(key);
            }
            session[size] = number;
            item[size] = known;
            at[size++] = atMillis;
            sessions = Math.max(sessions, number + 1);
        }

        Sessions sessions() {
            String[] ordered = keys.toArray(String[]::new);
            Arrays.sort(ordered, BY_KEY);
            int[] renumbered = new int[ordered.length];
            for (int i = 0; i < ordered.length; i++) {
                renumbered[numbers.get(ordered[i])] = i;
            }
            int[] starts = new int[sessions + 1];
            for (int i = 0; i < size; i++) {
                starts[session[i] + 1]++;
            }
            for (int s = 0; s < sessions; s++) {
                starts[s + 1] += starts[s];
            }
            int[] free = Arrays.copyOf(starts, sessions);
            int[] clicks = new int[size];
            long[] times = new long[size];
            for (int i = 0; i < size; i++) {
                int place = free[session[i]]++;
                clicks[place] = renumbered[item[i]];
                times[place] = at[i];
            }
            long[] ends = new long[sessions];
            for (int s = 0; s < sessions; s++) {
                order(clicks, times, starts[s], starts[s + 1]);
                ends[s] = starts[s] == starts[s + 1] ? 0 : times[starts[s + 1] - 1];
            }
            return new Sessions(ordered, starts, clicks, ends);
        }

        private static void order(int[] clicks, long[] times, int from, int to) {
            boolean ordered = true;
            for (int i = from + 1; i < to && ordered; i++) {
                ordered = times[i - 1] <= times[i];
            }
            if (ordered) {
                return;
            }
            Integer[] places = new Integer[to - from];
            Arrays.setAll(places, i -> i);
            long[] oldTimes = Arrays.copyOfRange(times, from, to);
            int[] oldClicks = Arrays.copyOfRange(clicks, from, to);
            Arrays.sort(places, Comparator.comparingLong(i -> oldTimes[i]));
            for (int i = 0; i < places.length; i++) {
                times[from + i] = oldTimes[places[i]];
                clicks[from + i] = oldClicks[places[i]];
            }
        }
    }
}
