package dev.vitrine.decision.record;

import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.settlement.SettlementResult.Hidden;
import java.util.List;

/** A decision as it is stored; without its edition, because it may wait for the database for long. */
record DecisionRecord(DecisionContext context, List<Hidden> hidden, DecisionAnswer answer) {
    static DecisionRecord of(AnsweredDecision decision) {
        return new DecisionRecord(decision.context(), decision.settlement().hidden(), decision.answer());
    }

    String id() {
        return answer.decisionId();
    }

    ReplayInput replayInput() {
        return ReplayInput.of(context, answer);
    }
}
