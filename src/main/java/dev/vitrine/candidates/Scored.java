package dev.vitrine.candidates;

/**
 * A product as a model proposes it.
 *
 * @param sku its key
 * @param score the model's own; larger is better
 * @param origin which source proposed it, such as {@code request}, {@code vmis-knn} or {@code popular}
 */
public record Scored(String sku, double score, String origin) {}
