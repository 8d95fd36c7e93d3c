package dev.vitrine.decision.record;

import java.time.Instant;

/**
 * The columns of a stored decision that it takes to make the decision again.
 *
 * @param facts JSON that {@link FactSnapshot} reads
 * @param skus JSON array of what was shown
 * @param leftOut JSON array of the candidates that could not be considered
 */
record StoredDecision(
        String id,
        Instant at,
        String placement,
        String visit,
        String shopper,
        int edition,
        boolean degraded,
        String facts,
        String skus,
        String leftOut) {}
