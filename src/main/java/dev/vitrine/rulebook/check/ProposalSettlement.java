package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.engine.Cancellation;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** What a decision does with the proposals once the rules have fired: a check has to see what that takes. */
public interface ProposalSettlement {
    /**
     * A guarantee of the list that did not get its places, although the group has members that fit.
     *
     * @param by rules without any one of which it would get more: they cap, limit or hide the group, or pin other products
     */
    record Broken(String rule, String group, Set<String> by) {}

    /** @throws CancellationException once it is cancelled */
    List<Broken> settle(Facts facts, Collection<Proposal> proposals, Cancellation cancellation);
}
