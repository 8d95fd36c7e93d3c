package dev.vitrine.candidates.service;

import java.util.List;

/**
 * What the shop's service proposed, best first, each sku once.
 *
 * @param unusable some of what was in the answer and cannot be a candidate
 */
public record RemoteAnswer(List<Scored> candidates, List<Unusable> unusable) {
    public record Scored(String sku, double score) {}

    /** @param sku what can be shown of it */
    public record Unusable(String sku, String cause) {}
}
