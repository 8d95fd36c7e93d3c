package dev.vitrine.candidates;

/**
 * A product as a model proposes it.
 *
 * @param chance that it is what the shopper looks at next, or puts into the cart, in this visit: above 0, at most 1
 * @param origin the source that says most for it, such as {@code vmis-knn} or {@code popular}
 */
public record Proposed(String sku, double chance, String origin) {}
