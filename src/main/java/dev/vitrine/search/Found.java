package dev.vitrine.search;

/**
 * A product that was found.
 *
 * @param match how well it fits the words, as a share of the best one's score: above 0, at most 1
 */
public record Found(String sku, double match) {}
