package dev.vitrine.decision.context;

import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Proposals.ReadBy;
import dev.vitrine.rulebook.edition.Edition;
import java.util.Collection;

/** A decision whose answer is final, with the edition that decided and what its rules read from the visit. */
public record AnsweredDecision(
        DecisionContext context,
        Edition edition,
        SettlementResult settlement,
        Collection<ReadBy> readings,
        DecisionAnswer answer) {
    public String placement() {
        return context.facts().placement().name();
    }

    public ReplayInput replayInput() {
        return ReplayInput.of(context, answer);
    }
}
