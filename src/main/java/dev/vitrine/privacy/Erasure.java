package dev.vitrine.privacy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** What a shopper did until a moment is erased; what they do later is new. */
public record Erasure(String shopper, Set<String> visits, Instant at) {
    /** Far longer than it takes until the last instance has forgotten the shopper. */
    private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(30);

    public Erasure {
        visits = Set.copyOf(visits);
    }

    /** Until when an instance may still have answered with what it remembered of before. */
    public Instant rememberedUntil() {
        return at.plus(FORGOTTEN_WITHIN);
    }

    Erasure with(Set<String> moreVisits) {
        Set<String> all = new HashSet<>(visits);
        all.addAll(moreVisits);
        return new Erasure(shopper, all, at);
    }
}
