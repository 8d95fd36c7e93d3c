package dev.vitrine.privacy;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who was erased, in memory, for those who store what arrives late. */
@Singleton
public final class ErasedShoppers {
    private final Map<String, Erasure> erasures = new HashMap<>();
    private volatile Index index = new Index(Map.of(), Map.of());

    private record Index(Map<String, Instant> shoppers, Map<String, Instant> visits) {}

    /** Whether what this shopper (null for nobody known) did in this visit at this time has been erased. */
    public boolean cover(String shopper, String visit, Instant at) {
        Index now = index;
        if (now.shoppers().isEmpty()) {
            return false;
        }
        Instant until =
                shopper != null ? now.shoppers().get(shopper) : now.visits().get(visit);
        return until != null && !at.isAfter(until);
    }

    public synchronized List<Erasure> all() {
        return List.copyOf(erasures.values());
    }

    /** Returns those that were not known. */
    public synchronized List<Erasure> add(Collection<Erasure> more) {
        List<Erasure> added = new ArrayList<>();
        for (Erasure erasure : more) {
            if (!erasure.equals(erasures.put(erasure.shopper(), erasure))) {
                added.add(erasure);
            }
        }
        if (!added.isEmpty()) {
            rebuild();
        }
        return added;
    }

    synchronized void removeBefore(Instant oldest) {
        if (erasures.values().removeIf(erasure -> erasure.at().isBefore(oldest))) {
            rebuild();
        }
    }

    private void rebuild() {
        Map<String, Instant> shoppers = new HashMap<>();
        Map<String, Instant> visits = new HashMap<>();
        for (Erasure erasure : erasures.values()) {
            shoppers.put(erasure.shopper(), erasure.at());
            erasure.visits().forEach(visit -> visits.put(visit, erasure.at()));
        }
        index = new Index(shoppers, visits);
    }
}
