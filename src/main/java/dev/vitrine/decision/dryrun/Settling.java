package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.Settlement;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import java.util.Collection;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Settles proposals again, with all of them or without those of a rule; shares of an hour or a day as if it had just begun, unless told. */
final class Settling {
    private Settling() {}

    /** @param rotation which members of groups have their turn: the hash of the visit, as in its decision */
    static SettlementResult of(Facts facts, Collection<Proposal> proposals, long rotation, BooleanSupplier cancelled) {
        return of(facts, proposals, rotation, RunningShares.NONE, cancelled);
    }

    static SettlementResult of(
            Facts facts,
            Collection<Proposal> proposals,
            long rotation,
            RunningShares running,
            BooleanSupplier cancelled) {
        return Settlement.settle(
                facts.candidates(), proposals, facts.placement().limit(), rotation, running, cancelled);
    }

    static List<Proposal> without(Collection<Proposal> proposals, String rule) {
        return proposals.stream()
                .filter(proposal -> !proposal.rule().equals(rule))
                .toList();
    }
}
