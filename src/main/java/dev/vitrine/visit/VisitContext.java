package dev.vitrine.visit;

import java.util.Set;

/**
 * Whose visit a decision is for, as the storefront says; where it leaves something null, the visit's events say it.
 *
 * @param segments of the shopper, which count for this decision beside those that are stored
 */
public record VisitContext(
        String visit,
        String shopper,
        String source,
        Set<String> tags,
        Circumstances circumstances,
        Set<String> segments) {
    public VisitContext {
        tags = Set.copyOf(tags);
        segments = Set.copyOf(segments);
    }
}
