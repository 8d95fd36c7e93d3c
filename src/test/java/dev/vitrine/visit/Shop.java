package dev.vitrine.visit;

import static dev.vitrine.candidates.Goods.variant;

import dev.vitrine.catalog.Catalog;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A small shop, and events in it. */
final class Shop {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration IDLE = Duration.ofMinutes(30);

    private Shop() {}

    static Catalog catalog() {
        Catalog catalog = new Catalog();
        catalog.put(List.of(
                variant("mat-blue", "mat", "sport/yoga/mats", 30),
                variant("mat-red", "mat", "sport/yoga/mats", 30),
                variant("mat-green", "mat", "sport/yoga/mats", 30),
                variant("mat-black", "mat", "sport/yoga/mats", 30),
                variant("mat-pink", "mat", "sport/yoga/mats", 32),
                variant("blender-a", "blender-a", "home/kitchen/blenders", 80),
                variant("blender-b", "blender-b", "home/kitchen/blenders", 120),
                variant("blender-c", "blender-c", "home/kitchen/blenders", 99),
                variant("phone", "phone", "electronics/phones", 900)));
        catalog.markLoaded();
        return catalog;
    }

    static VisitConfig config(int eventsMax, long spoolMaxBytes) {
        return new VisitConfig() {
            @Override
            public Duration idle() {
                return IDLE;
            }

            @Override
            public MemorySize maxBytes() {
                return new MemorySize(BigInteger.valueOf(64 << 20));
            }

            @Override
            public int visitsMax() {
                return 1000;
            }

            @Override
            public int eventsMax() {
                return eventsMax;
            }

            @Override
            public int shoppersMax() {
                return 1000;
            }

            @Override
            public MemorySize shoppersMaxBytes() {
                return new MemorySize(BigInteger.valueOf(2 << 20));
            }

            @Override
            public MemorySize spoolMaxBytes() {
                return new MemorySize(BigInteger.valueOf(spoolMaxBytes));
            }

            @Override
            public Duration keep() {
                return Duration.ofDays(400);
            }

            @Override
            public Duration interestHalfLife() {
                return Duration.ofDays(30);
            }

            @Override
            public Duration giftHalfLife() {
                return Duration.ofHours(12);
            }
        };
    }

    /** An event of the visit {@code v}, so many seconds after noon. */
    static Event.Builder event(String id, EventType type, long seconds) {
        return Event.builder(id, type, NOON.plusSeconds(seconds)).visit("v");
    }

    static Event view(String sku, long seconds) {
        return event("view-" + sku + "-" + seconds, EventType.VIEW, seconds)
                .sku(sku)
                .build();
    }
}
