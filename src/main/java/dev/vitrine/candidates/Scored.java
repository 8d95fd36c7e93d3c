package dev.vitrine.candidates;

/** A product with the score that a source gives it. */
record Scored(String sku, double score) {}
