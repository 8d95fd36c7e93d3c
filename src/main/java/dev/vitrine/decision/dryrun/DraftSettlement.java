package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.Settlement;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.check.ProposalSettlement;
import dev.vitrine.rulebook.engine.Cancellation;
import jakarta.inject.Singleton;
import java.util.Collection;

/** Settles what a draft proposes, for the check of the draft. */
@Singleton
final class DraftSettlement implements ProposalSettlement {
    @Override
    public void settle(Facts facts, Collection<Proposal> proposals, Cancellation cancellation) {
        Settlement.settle(
                facts.candidates(),
                proposals,
                facts.placement().limit(),
                0,
                RunningShares.NONE,
                cancellation::isCancelled);
    }
}
