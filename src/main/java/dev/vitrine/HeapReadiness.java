package dev.vitrine;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Fails when what a collection leaves nearly fills the room of old objects: the collector would soon do nothing else. A load
 * balancer then asks others, and whoever runs the service learns that it needs a restart or more memory.
 */
@Readiness
@Singleton
final class HeapReadiness implements HealthCheck {
    /** With a tenth left, a collection that stops everything comes each second or so under load. */
    private static final double FULL = 0.9;

    /** Without requests nothing would be collected, and what was freed meanwhile not noticed. */
    private static final Duration COLLECT_EVERY = Duration.ofMinutes(1);

    private final Supplier<MemoryUsage> afterCollection;
    private final Runnable collection;
    private final Clock clock;
    private Instant collected = Instant.MIN;

    @Inject
    HeapReadiness(Clock clock) {
        this(old()::getCollectionUsage, System::gc, clock);
    }

    /** @param afterCollection what the last collection left of old objects; null where none are kept apart */
    HeapReadiness(Supplier<MemoryUsage> afterCollection, Runnable collection, Clock clock) {
        this.afterCollection = afterCollection;
        this.collection = collection;
        this.clock = clock;
    }

    /** All collectors that ship with the JVM have one pool of the heap that objects only leave by a collection of old ones. */
    private static MemoryPoolMXBean old() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public HealthCheckResponse call() {
        if (isFull(afterCollection.get())) {
            collectAgain();
        }
        MemoryUsage usage = afterCollection.get();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("heap").status(!isFull(usage));
        if (usage != null) {
            answer.withData("usedMegabytes", usage.getUsed() >> 20).withData("megabytes", usage.getMax() >> 20);
        }
        if (isFull(usage)) {
            answer.withData("cure", "restart the service, and give it more memory (-Xmx) if it fills again");
        }
        return answer.build();
    }

    private static boolean isFull(MemoryUsage usage) {
        return usage != null && usage.getMax() > 0 && usage.getUsed() > FULL * usage.getMax();
    }

    private synchronized void collectAgain() {
        Instant now = clock.instant();
        if (collected.isBefore(now.minus(COLLECT_EVERY))) {
            collected = now;
            collection.run();
        }
    }
}
