package dev.vitrine.rulebook.rollout;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/** Metrics of the decisions of an edition. They are counted on the decision path, so nothing here waits. */
final class EditionMetrics {
    /** Buckets for each doubling of the time: an eighth of a doubling is within 10 %. */
    private static final int PER_DOUBLING = 8;

    /** Up to 2^32 microseconds, more than an hour. */
    private static final int BUCKETS = 32 * PER_DOUBLING;

    private final LongAdder decisions = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private final LongAdder emptyLists = new LongAdder();
    private final AtomicLongArray times = new AtomicLongArray(BUCKETS);

    /** {@code emptyList}: the answer should have been a list and was empty. */
    void add(boolean error, boolean emptyList, long tookMicros) {
        times.incrementAndGet(bucket(tookMicros));
        if (error) {
            errors.increment();
        }
        if (emptyList) {
            emptyLists.increment();
        }
        decisions.increment();
    }

    long decisions() {
        return decisions.sum();
    }

    double errors() {
        return share(errors.sum());
    }

    double emptyLists() {
        return share(emptyLists.sum());
    }

    double slowerThan(long micros) {
        long slower = 0;
        for (int i = bucket(micros) + 1; i < BUCKETS; i++) {
            slower += times.get(i);
        }
        return share(slower);
    }

    /** @return microseconds that this share of the decisions did not exceed, 0 where there are none */
    long quantile(double share) {
        long all = 0;
        for (int i = 0; i < BUCKETS; i++) {
            all += times.get(i);
        }
        long rank = (long) Math.ceil(share * all);
        long passed = 0;
        for (int i = 0; i < BUCKETS && all > 0; i++) {
            passed += times.get(i);
            if (passed >= rank) {
                return Math.round(Math.pow(2, (i + 1.0) / PER_DOUBLING));
            }
        }
        return 0;
    }

    private double share(long count) {
        long all = decisions();
        return all == 0 ? 0 : (double) count / all;
    }

    private static int bucket(long micros) {
        double doublings = Math.log(Math.max(1, micros)) / Math.log(2);
        return Math.min(BUCKETS - 1, (int) (doublings * PER_DOUBLING));
    }
}
