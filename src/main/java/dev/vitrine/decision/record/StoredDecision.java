package dev.vitrine.decision.record;

import java.time.Instant;

/** The columns of a stored decision that it takes to make the decision again. */
record StoredDecision(
        String id,
        Instant at,
        String placement,
        String visit,
        String shopper,
        int edition,
        boolean degraded,
        byte[] facts,
        String skus,
        String leftOut) {}
