package dev.vitrine.decision.context;

import dev.vitrine.decision.settlement.SettlementResult.Hidden;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Mood;
import dev.vitrine.visit.EventRecorder;
import dev.vitrine.visit.Visits;
import jakarta.annotation.Priority;
import jakarta.inject.Singleton;

/** Remembers what a visit was shown, what was hidden from it and what it was read as, for its next decision. */
@Singleton
@Priority(DecisionListener.MEMORY)
final class VisitFeedback implements DecisionListener {
    private final Visits visits;
    private final EventRecorder events;

    VisitFeedback(Visits visits, EventRecorder events) {
        this.visits = visits;
        this.events = events;
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionContext context = decision.context();
        visits.showed(
                context.visit(),
                decision.answer().items().stream().map(DecisionAnswer.Item::sku).toList());
        if (!decision.answer().rulesDegraded()) {
            visits.hid(
                    context.visit(),
                    decision.settlement().hidden().stream().map(Hidden::sku).toList(),
                    context.facts().candidates().stream().map(Candidate::sku).toList());
        }
        if (decision.readings().stream().anyMatch(by -> by.reading().mood() == Mood.GIFT)) {
            events.takeAsGift(context.visit(), context.shopper(), context.at());
        }
    }
}
