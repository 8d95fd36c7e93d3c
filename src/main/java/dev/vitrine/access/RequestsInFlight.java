package dev.vitrine.access;

import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bulkheads: each kind of call has places of its own, so that slow calls of one kind leave threads for the others. Decisions
 * have the most, and wait for nobody else.
 */
@Singleton
final class RequestsInFlight {
    private final Map<TrafficClass, Semaphore> places = new EnumMap<>(TrafficClass.class);
    private final Map<String, AtomicInteger> byCaller = new ConcurrentHashMap<>();
    private final int perCallerMax;

    RequestsInFlight(LimitsConfig limits) {
        places.put(TrafficClass.DECISIONS, new Semaphore(limits.decisionsInFlight()));
        places.put(TrafficClass.EVENTS, new Semaphore(limits.eventsInFlight()));
        places.put(TrafficClass.MANAGEMENT, new Semaphore(limits.managementInFlight()));
        places.put(TrafficClass.PUBLIC, new Semaphore(limits.managementInFlight()));
        perCallerMax = limits.managementInFlightPerCaller();
    }

    /** What took a place; it must be given back once. */
    interface Place {
        void release();
    }

    /** Takes a place, or returns null where there is none. */
    Place enter(TrafficClass traffic, Identity caller) {
        Semaphore all = places.get(traffic);
        if (!all.tryAcquire()) {
            return null;
        }
        if (traffic == TrafficClass.DECISIONS || traffic == TrafficClass.EVENTS) {
            return all::release;
        }
        String who = caller.role() == null ? "address " + caller.address() : "key " + caller.name();
        AtomicInteger own = byCaller.compute(who, (name, count) -> {
            AtomicInteger counted = count == null ? new AtomicInteger() : count;
            counted.incrementAndGet();
            return counted;
        });
        Place place = () -> {
            byCaller.computeIfPresent(who, (name, count) -> count.decrementAndGet() == 0 ? null : count);
            all.release();
        };
        if (own.get() > perCallerMax) {
            place.release();
            return null;
        }
        return place;
    }
}
