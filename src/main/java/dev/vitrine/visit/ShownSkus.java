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
                .maximumSize(config.visitsMax())
                .expireAfterAccess(config.idle())
                .build();
    }

    void add(String visit, Collection<String> skus) {
        if (!skus.isEmpty()) {
            visits.get(visit, any -> new Skus()).add(skus);
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
