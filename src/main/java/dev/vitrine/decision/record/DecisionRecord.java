package dev.vitrine.decision.record;

import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;

/** A decision as it is kept: the facts that it was made of, what was kept off the shelf, and the answer. */
public record DecisionRecord(
        String visit,
        String shopper,
        Instant at,
        Facts facts,
        List<SettlementResult.Hidden> hidden,
        DecisionAnswer answer) {
    ReplayInput question() {
        return ReplayInput.of(
                new DecisionContext(visit, shopper, at, facts, answer.leftOut() == null ? List.of() : answer.leftOut()),
                answer);
    }
}
