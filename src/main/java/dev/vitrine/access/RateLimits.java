package dev.vitrine.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Requests a second of each key and each address, as token buckets that hold two seconds' worth: a page that asks for
 * several things at once is no flood.
 */
@Singleton
final class RateLimits {
    private static final int BURST_SECONDS = 2;
    /** A flood from many addresses must not fill the memory; who is forgotten begins anew. */
    private static final int CALLERS_MAX = 20_000;

    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(1);

    private final Map<TrafficClass, Cache<String, Bucket>> buckets = new EnumMap<>(TrafficClass.class);
    private final Map<TrafficClass, Bandwidth> bandwidths = new EnumMap<>(TrafficClass.class);

    private final TimeMeter clock;

    @Inject
    RateLimits(LimitsConfig limits) {
        this(limits, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(LimitsConfig limits, TimeMeter clock) {
        this.clock = clock;
        add(TrafficClass.DECISIONS, limits.decisionsPerSecond());
        add(TrafficClass.EVENTS, limits.eventsPerSecond());
        add(TrafficClass.MANAGEMENT, limits.managementPerSecond());
        add(TrafficClass.PUBLIC, limits.anonymousPerSecond());
    }

    private void add(TrafficClass traffic, int perSecond) {
        bandwidths.put(
                traffic,
                Bandwidth.builder()
                        .capacity((long) perSecond * BURST_SECONDS)
                        .refillGreedy(perSecond, Duration.ofSeconds(1))
                        .build());
        buckets.put(
                traffic,
                Caffeine.newBuilder()
                        .maximumSize(CALLERS_MAX)
                        .expireAfterAccess(FORGOTTEN_AFTER)
                        .build());
    }

    int perSecond(TrafficClass traffic) {
        return (int) bandwidths.get(traffic).getRefillTokens();
    }

    /** Takes a request into account. Returns 0 if it is within the limits, or else the seconds until it would be. */
    long secondsToWait(TrafficClass traffic, Identity caller) {
        long wait = take(traffic, "address " + caller.address());
        return wait > 0 || caller.role() == null ? wait : take(traffic, "key " + caller.name());
    }

    private long take(TrafficClass traffic, String who) {
        Bucket bucket = buckets.get(traffic).get(who, key -> Bucket.builder()
                .addLimit(bandwidths.get(traffic))
                .withCustomTimePrecision(clock)
                .build());
        if (bucket.tryConsume(1)) {
            return 0;
        }
        long nanos = bucket.estimateAbilityToConsume(1).getNanosToWaitForRefill();
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
