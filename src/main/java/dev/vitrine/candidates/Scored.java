package dev.vitrine.candidates;

/** A product as a model proposes it; {@code origin} names the source, such as {@code vmis-knn} or {@code popular}. */
public record Scored(String sku, double score, String origin) {}
