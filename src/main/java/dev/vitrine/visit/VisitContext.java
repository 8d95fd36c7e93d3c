package dev.vitrine.visit;

import java.util.Set;

/**
 * Whose visit a decision is for, as the storefront says.
 *
 * @param visit the visit's key
 * @param shopper the shopper's key, null where it is unknown; then it is the one that the visit's events name
 * @param source where the visit came from, null where only its events say so
 * @param tags what the shop says about the visit
 */
public record VisitContext(String visit, String shopper, String source, Set<String> tags) {
    public VisitContext {
        tags = Set.copyOf(tags);
    }
}
