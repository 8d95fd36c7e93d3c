package dev.vitrine.decision;

import dev.vitrine.merchandising.Facts;
import java.time.Instant;

/** A decision as it is kept: the facts that it was made of, and the answer that was given. */
record DecisionRecord(String visit, String shopper, Instant at, Facts facts, DecisionAnswer answer) {}
