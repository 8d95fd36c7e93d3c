package dev.vitrine.visit;

import java.time.Instant;
import java.util.Set;

/** Segments that the shop has put a shopper into, and when it last said so. */
record StoredSegments(Set<String> names, Instant at) {
    StoredSegments {
        names = Set.copyOf(names);
    }
}
