package dev.vitrine.visit;

import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import java.util.List;
import java.util.Map;

/**
 * What is known about a visit at one moment; immutable.
 *
 * @param recent skus viewed, oldest first, none twice in a row, the last 20
 * @param query what was searched for last, "" before the first search
 * @param cart pieces by sku according to the visit's events, for a request that brings no cart
 * @param secondsViewed how long products were looked at, by sku
 */
public record VisitSnapshot(
        Visit visit,
        Shopper shopper,
        List<String> recent,
        String query,
        Map<String, Integer> cart,
        Map<String, Integer> secondsViewed) {
    public VisitSnapshot {
        recent = List.copyOf(recent);
        query = query == null ? "" : query;
        cart = Map.copyOf(cart);
    }
}
