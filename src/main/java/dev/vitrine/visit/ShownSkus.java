package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/** What the decisions of the visits that go on put on the shelf. In memory alone: after a restart impressions tell it. */
final class ShownSkus {
    /** Some fifty decisions of ten items. Our choice. */
    private static final int SKUS_MAX = 500;

    private static final class Skus {
        private final Set<String> skus = new LinkedHashSet<>();
        private Set<String> told = Set.of();

        synchronized void add(Collection<String> more) {
            for (String sku : more) {
                skus.remove(sku);
                skus.add(sku);
            }
            while (skus.size() > SKUS_MAX) {
                skus.remove(skus.iterator().next());
            }
            told = null;
        }

        synchronized Set<String> told() {
            if (told == null) {
                told = Set.copyOf(skus);
            }
            return told;
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

    Set<String> of(String visit) {
        Skus skus = visits.getIfPresent(visit);
        return skus == null ? Set.of() : skus.told();
    }
}
