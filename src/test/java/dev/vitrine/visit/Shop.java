package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Kind;
import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A small shop and short words for what is done in it. */
final class Shop {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final Duration IDLE = Duration.ofMinutes(30);

    private Shop() {}

    static Catalog catalog() {
        Catalog catalog = new Catalog();
        catalog.put(List.of(
                product("mat-blue", "mat", "sport/yoga/mats", 30),
                product("mat-red", "mat", "sport/yoga/mats", 30),
                product("mat-green", "mat", "sport/yoga/mats", 30),
                product("mat-black", "mat", "sport/yoga/mats", 30),
                product("mat-pink", "mat", "sport/yoga/mats", 32),
                product("blender-a", "blender-a", "home/kitchen/blenders", 80),
                product("blender-b", "blender-b", "home/kitchen/blenders", 120),
                product("blender-c", "blender-c", "home/kitchen/blenders", 99),
                product("phone", "phone", "electronics/phones", 900)));
        return catalog;
    }

    private static Product product(String sku, String family, String category, double price) {
        return new Product(
                sku,
                Kind.PRODUCT,
                family,
                sku,
                category,
                "",
                price,
                price,
                null,
                "EUR",
                9,
                Set.of(),
                List.of(),
                Map.of(),
                null);
    }

    static VisitConfig config(int eventsMax, long spoolMaxBytes) {
        return new VisitConfig() {
            @Override
            public Duration idle() {
                return IDLE;
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

    /** An event under construction; {@code id} keys it, {@code seconds} count from noon. */
    static Deed deed(String id, EventType type, long seconds) {
        return new Deed(id, type, NOON.plusSeconds(seconds));
    }

    static Event view(String sku, long seconds) {
        return deed("view-" + sku + "-" + seconds, EventType.VIEW, seconds)
                .sku(sku)
                .done();
    }

    static final class Deed {
        private final String id;
        private final EventType type;
        private final Instant at;
        private String shopper;
        private String visit = "v";
        private String sku;
        private String category;
        private String query;
        private String sort;
        private boolean sale;
        private Double price;
        private Integer quantity;
        private String source;
        private String order;
        private Set<String> tags = Set.of();

        private Deed(String id, EventType type, Instant at) {
            this.id = id;
            this.type = type;
            this.at = at;
        }

        Deed by(String who) {
            shopper = who;
            return this;
        }

        Deed in(String which) {
            visit = which;
            return this;
        }

        Deed sku(String which) {
            sku = which;
            return this;
        }

        Deed category(String which) {
            category = which;
            return this;
        }

        Deed query(String words) {
            query = words;
            return this;
        }

        Deed sort(String by) {
            sort = by;
            return this;
        }

        Deed onSale() {
            sale = true;
            return this;
        }

        Deed at(double each, int pieces) {
            price = each;
            quantity = pieces;
            return this;
        }

        Deed from(String where) {
            source = where;
            return this;
        }

        Deed tagged(String... words) {
            tags = Set.of(words);
            return this;
        }

        Deed order(String key) {
            order = key;
            return this;
        }

        Event done() {
            return new Event(
                    id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source, null, null,
                    order, tags);
        }
    }
}
