package dev.vitrine.decision.share;

import dev.vitrine.merchandising.Share;
import java.time.Instant;

/**
 * A guarantee or a cap of a group on one placement, and what the group got.
 *
 * @param at when the hour or the day began
 * @param verb {@code guarantee} or {@code cap}
 * @param promised the share of these places that was asked for: a fraction, because only lists are rounded
 * @param delivered the places that the group got
 */
public record ShareCount(
        Instant at,
        String placement,
        String group,
        String verb,
        Share.Window over,
        long lists,
        long places,
        double promised,
        long delivered) {}
