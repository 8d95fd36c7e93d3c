package dev.vitrine.visit;

import java.util.Set;

/** Whose visit a decision is for, as the storefront says; where it leaves something null, the visit's events say it. */
public record VisitContext(String visit, String shopper, String source, Set<String> tags) {
    public VisitContext {
        tags = Set.copyOf(tags);
    }
}
