package dev.vitrine.decision.record;

import java.time.Instant;

/** The columns of a decision that a search looks at; {@code facts} are null unless it looks into them. */
record FoundRow(
        String id,
        Instant at,
        String placement,
        String visit,
        String shopper,
        int edition,
        String module,
        String answer,
        byte[] facts) {}
