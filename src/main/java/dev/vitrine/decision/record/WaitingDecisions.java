package dev.vitrine.decision.record;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Decisions that wait in memory to be recorded, bounded by their bytes. Whoever records some claims them, so that nobody
 * else does, and then removes them or puts them back. Until they are removed, they can be found.
 */
final class WaitingDecisions {
    /** What a row takes beside its bytes: its id, an entry of the map, a place in the queue. */
    private static final int OVERHEAD = 256;

    private final long maxBytes;
    private final Map<String, DecisionRow> all = new HashMap<>();
    private final Deque<DecisionRow> unclaimed = new ArrayDeque<>();
    private long bytes;
    private long unclaimedBytes;
    private boolean closed;

    WaitingDecisions(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    private static long size(DecisionRow row) {
        return row.bytes().length + OVERHEAD;
    }

    /** Adds a decision, for which the oldest give way; returns how many are lost by that. */
    synchronized int add(DecisionRow row) {
        int lost = 0;
        while (bytes + size(row) > maxBytes && !unclaimed.isEmpty()) {
            DecisionRow oldest = unclaimed.removeFirst();
            unclaimedBytes -= size(oldest);
            forget(oldest);
            lost++;
        }
        if (bytes + size(row) > maxBytes) {
            return lost + 1;
        }
        all.put(row.id(), row);
        unclaimed.addLast(row);
        bytes += size(row);
        unclaimedBytes += size(row);
        notifyAll();
        return lost;
    }

    /** The oldest that nobody has claimed, up to a size, but at least one if there is one. */
    synchronized List<DecisionRow> claim(long most) {
        List<DecisionRow> claimed = new ArrayList<>();
        long sum = 0;
        while (!unclaimed.isEmpty() && (claimed.isEmpty() || sum + size(unclaimed.getFirst()) <= most)) {
            DecisionRow row = unclaimed.removeFirst();
            sum += size(row);
            claimed.add(row);
        }
        unclaimedBytes -= sum;
        return claimed;
    }

    synchronized void remove(List<DecisionRow> claimed) {
        claimed.forEach(this::forget);
    }

    /** Gives up the claim to those that were not removed. */
    synchronized void putBack(List<DecisionRow> claimed) {
        for (int i = claimed.size() - 1; i >= 0; i--) {
            DecisionRow row = claimed.get(i);
            if (all.containsKey(row.id())) {
                unclaimed.addFirst(row);
                unclaimedBytes += size(row);
            }
        }
    }

    /** For the end, when whoever claimed some may never come back. */
    synchronized void unclaimAll() {
        unclaimed.clear();
        unclaimed.addAll(all.values());
        unclaimedBytes = bytes;
    }

    private void forget(DecisionRow row) {
        if (all.remove(row.id()) != null) {
            bytes -= size(row);
        }
    }

    synchronized Optional<DecisionRow> find(String id) {
        return Optional.ofNullable(all.get(id));
    }

    synchronized int count() {
        return all.size();
    }

    synchronized boolean isHalfFull() {
        return unclaimedBytes > maxBytes / 2;
    }

    /** Nobody is to wait any more. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Returns when it is half full or closed, or after this time. */
    synchronized void awaitHalfFull(long millis) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (left > 0 && !closed && !isHalfFull()) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }
}
