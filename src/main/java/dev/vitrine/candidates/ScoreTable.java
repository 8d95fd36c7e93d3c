package dev.vitrine.candidates;

import java.util.Arrays;

/** Sums of positive scores by key (from 0), by open addressing; reused after {@link #clear}. */
final class ScoreTable {
    private int[] slots = new int[128];
    private int[] keys = new int[64];
    private double[] sums = new double[64];
    private long[] ranked = new long[64];
    private int size;

    void clear(int room) {
        if (room > keys.length) {
            int grown = Integer.highestOneBit(room) << 1;
            slots = new int[grown * 2];
            keys = new int[grown];
            sums = new double[grown];
            ranked = new long[grown];
        } else {
            Arrays.fill(slots, 0);
        }
        size = 0;
    }

    void add(int key, double score) {
        int mask = slots.length - 1;
        // Fibonacci hashing spreads neighbouring keys, which are common
        int slot = (key * 0x9E3779B9) >>> 7 & mask;
        while (slots[slot] != 0) {
            int entry = slots[slot] - 1;
            if (keys[entry] == key) {
                sums[entry] += score;
                return;
            }
            slot = slot + 1 & mask;
        }
        keys[size] = key;
        sums[size] = score;
        slots[slot] = ++size;
    }

    void replace(Change change) {
        for (int i = 0; i < size; i++) {
            sums[i] = change.score(keys[i], sums[i]);
        }
    }

    interface Change {
        double score(int key, double sum);
    }

    int size() {
        return size;
    }

    /** Best last, of ties the smallest key last; valid until the next call. Floats tie sums of another order. */
    long[] ranked() {
        for (int i = 0; i < size; i++) {
            // the bits of positive floats are ordered as the floats are
            ranked[i] = (long) Float.floatToRawIntBits((float) sums[i]) << 32 | (0xFFFFFFFFL & ~keys[i]);
        }
        Arrays.sort(ranked, 0, size);
        return ranked;
    }

    static int key(long entry) {
        return ~(int) entry;
    }

    static double score(long entry) {
        return Float.intBitsToFloat((int) (entry >>> 32));
    }
}
