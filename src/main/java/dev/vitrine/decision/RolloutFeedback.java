package dev.vitrine.decision;

import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.merchandising.Display;
import dev.vitrine.rulebook.rollout.RolloutController;
import jakarta.inject.Singleton;

/** Reports to a running rollout how its edition decides. */
@Singleton
final class RolloutFeedback implements DecisionListener {
    private final RolloutController rollout;

    RolloutFeedback(RolloutController rollout) {
        this.rollout = rollout;
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionAnswer answer = decision.answer();
        boolean emptyRanking = decision.settlement().display().equals(Display.RANKING)
                && answer.items().isEmpty();
        rollout.decided(answer.edition(), answer.rulesDegraded(), emptyRanking, answer.tookMicros());
    }
}
