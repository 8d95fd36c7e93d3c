package dev.vitrine.decision.context;

import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;

/** What a decision is made from; {@code leftOut} are candidates that could not be considered. */
public record DecisionContext(
        String visit, String shopper, Instant at, Facts facts, List<LeftOut> leftOut, ModelUse model) {
    /** Of a decision that is made again: its candidates are known. */
    public DecisionContext(String visit, String shopper, Instant at, Facts facts, List<LeftOut> leftOut) {
        this(visit, shopper, at, facts, leftOut, ModelUse.NONE);
    }
}
