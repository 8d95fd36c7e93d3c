package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What decisions put on the shelf in the current visits. Only in memory: after a restart, impressions report it. */
final class ShownSkus {
    /** Fifty decisions of ten items: more than a person sees in a visit. */
    private static final int SKUS_MAX = 500;

    private static final int BYTES = 300;
    private static final int BYTES_OF_A_SKU = 120;

    private static final class Skus {
        private final Set<String> skus = new LinkedHashSet<>();
        private Set<String> snapshot = Set.of();

        synchronized void add(Collection<String> more) {
            for (String sku : more) {
                skus.remove(sku);
                skus.add(sku);
            }
            while (skus.size() > SKUS_MAX) {
                skus.remove(skus.iterator().next());
            }
            snapshot = null;
        }

        /** About: entries of a map, and two bytes for each character. */
        synchronized int bytes() {
            int bytes = BYTES;
            for (String sku : skus) {
                bytes += BYTES_OF_A_SKU + 2 * sku.length();
            }
            return bytes;
        }

        synchronized Set<String> snapshot() {
            if (snapshot == null) {
                snapshot = Set.copyOf(skus);
            }
            return snapshot;
        }
    }

    private final Cache<String, Skus> visits;

    ShownSkus(VisitConfig config) {
        visits = Caffeine.newBuilder()
                .maximumWeight(config.maxBytes().asLongValue() / 3)
                .weigher((String visit, Skus skus) -> Math.max(skus.bytes(), Visits.leastBytes(config) / 3))
                .expireAfterAccess(config.idle())
                .build();
    }

    void add(String visit, Collection<String> skus) {
        if (!skus.isEmpty()) {
            visits.asMap().compute(visit, (same, known) -> {
                Skus all = known == null ? new Skus() : known;
                all.add(skus);
                return all;
            });
        }
    }

    void forget(Set<String> erased) {
        visits.invalidateAll(erased);
    }

    Set<String> of(String visit) {
        Skus skus = visits.getIfPresent(visit);
        return skus == null ? Set.of() : skus.snapshot();
    }
}
