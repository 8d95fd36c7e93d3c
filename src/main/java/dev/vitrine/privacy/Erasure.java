package dev.vitrine.privacy;

import java.time.Instant;
import java.util.Set;

/** What a shopper did until a moment is erased; what they do later is new. */
public record Erasure(String shopper, Set<String> visits, Instant at) {
    public Erasure {
        visits = Set.copyOf(visits);
    }
}
