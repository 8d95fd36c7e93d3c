package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.engine.Cancellation;
import java.util.Collection;
import java.util.concurrent.CancellationException;

/** What a decision does with the proposals once the rules have fired: a check has to see what that takes. */
public interface ProposalSettlement {
    /** @throws CancellationException once it is cancelled */
    void settle(Facts facts, Collection<Proposal> proposals, Cancellation cancellation);
}
