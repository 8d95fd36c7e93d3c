package dev.vitrine.decision.share;

import dev.vitrine.merchandising.Share;
import java.time.Instant;

/** What a group got of a guarantee or cap on a placement; {@code promised} is a fraction: only lists are rounded. */
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
