package dev.vitrine.decision.share;

import dev.vitrine.merchandising.Share;
import java.time.Instant;

/**
 * What was promised to a group of products on one placement, or what it was limited to, and what it got.
 *
 * @param at when the hour, or the day, began
 * @param placement where
 * @param group to whom
 * @param verb {@code guarantee} or {@code cap}
 * @param over what the share was asked for
 * @param lists in which the rules asked for it
 * @param places on these lists
 * @param promised of these places, the share that was asked for: a fraction, since what is rounded is only the list
 * @param delivered of these places, those that the group got
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
