package dev.vitrine.visit;

import java.util.Set;

/**
 * Who asks, as the storefront says with its question.
 *
 * @param visit the visit's key
 * @param shopper the shopper's key, null where it is unknown: then the one that the visit's events name
 * @param source where the visit came from, null where only its events tell
 * @param tags what the shop says of the visit
 */
public record VisitContext(String visit, String shopper, String source, Set<String> tags) {
    public VisitContext {
        tags = Set.copyOf(tags);
    }
}
