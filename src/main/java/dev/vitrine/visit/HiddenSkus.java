package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What rules kept off the shelves of the current visits, for decisions without them. Only in memory, and only the hashes of skus:
 * two in a million hidden for nothing, in an answer that is an emergency anyway, cost less than the texts.
 */
final class HiddenSkus {
    /** Several decisions of 1000 candidates; past that the first hashes are kept. */
    private static final int SKUS_MAX = 5000;
    /** Of the memory for visits. */
    private static final int SHARE = 3;

    private static final int BYTES = 200;
    private static final int[] NOTHING = {};

    private final Cache<String, int[]> visits;

    HiddenSkus(VisitConfig config) {
        visits = Caffeine.newBuilder()
                .maximumWeight(config.maxBytes().asLongValue() / SHARE)
                .weigher((String visit, int[] hashes) ->
                        Math.max(BYTES + Integer.BYTES * hashes.length, Visits.leastBytes(config) / SHARE))
                .expireAfterAccess(config.idle())
                .build();
    }

    /**
     * Adds what a decision hid; what it considered and did not hide is hidden no more.
     *
     * @param considered skus of all its candidates
     */
    void decided(String visit, Collection<String> hidden, Collection<String> considered) {
        if (hidden.isEmpty() && visits.getIfPresent(visit) == null) {
            return;
        }
        int[] now = considered.stream().mapToInt(String::hashCode).sorted().toArray();
        visits.asMap().compute(visit, (same, before) -> {
            IntStream still =
                    Arrays.stream(before == null ? NOTHING : before).filter(hash -> Arrays.binarySearch(now, hash) < 0);
            int[] all = IntStream.concat(hidden.stream().mapToInt(String::hashCode), still)
                    .limit(SKUS_MAX)
                    .sorted()
                    .distinct()
                    .toArray();
            return all.length == 0 ? null : all;
        });
    }

    void forget(Set<String> erased) {
        visits.invalidateAll(erased);
    }

    Predicate<String> of(String visit) {
        int[] hashes = visits.getIfPresent(visit);
        return hashes == null ? sku -> false : sku -> Arrays.binarySearch(hashes, sku.hashCode()) >= 0;
    }
}
