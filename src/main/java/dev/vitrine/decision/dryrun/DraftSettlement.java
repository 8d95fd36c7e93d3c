package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.check.ProposalSettlement;
import dev.vitrine.rulebook.engine.Cancellation;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Settles what a draft proposes, for the check of the draft. */
@Singleton
final class DraftSettlement implements ProposalSettlement {
    @Override
    public List<Broken> settle(Facts facts, Collection<Proposal> proposals, Cancellation cancellation) {
        List<Broken> broken = new ArrayList<>();
        for (Kept kept : settled(facts, proposals, cancellation).kept()) {
            if (isShort(kept)) {
                Set<String> by = by(kept, facts, proposals, cancellation);
                if (!by.isEmpty()) {
                    broken.add(new Broken(kept.rule(), kept.group(), by));
                }
            }
        }
        return broken;
    }

    private static SettlementResult settled(Facts facts, Collection<Proposal> proposals, Cancellation cancellation) {
        return Settling.of(facts, proposals, 0, cancellation::isCancelled);
    }

    /** A share over time can be made up for in other lists. */
    private static boolean isShort(Kept kept) {
        return kept.verb().equals(Kept.GUARANTEE)
                && kept.share().window() == Share.Window.LIST
                && kept.missing().places() > 0;
    }

    /** Rules without which, one at a time, it would get more. Boosts decide nothing about a guarantee. */
    private static Set<String> by(Kept kept, Facts facts, Collection<Proposal> proposals, Cancellation cancellation) {
        Set<String> suspects = new TreeSet<>();
        for (Proposal proposal : proposals) {
            boolean takesPlaces = proposal instanceof Proposal.Cap
                    || proposal instanceof Proposal.AtMost
                    || proposal instanceof Proposal.AtMostOfEach
                    || proposal instanceof Proposal.Pin
                    || proposal instanceof Proposal.Hide;
            if (takesPlaces && !proposal.rule().equals(kept.rule())) {
                suspects.add(proposal.rule());
            }
        }
        suspects.removeIf(suspect -> delivered(kept, settled(facts, Settling.without(proposals, suspect), cancellation))
                <= kept.delivered());
        return suspects;
    }

    private static int delivered(Kept kept, SettlementResult result) {
        return result.kept().stream()
                .filter(other -> other.rule().equals(kept.rule())
                        && other.group().equals(kept.group())
                        && other.verb().equals(kept.verb()))
                .mapToInt(Kept::delivered)
                .max()
                .orElse(kept.delivered());
    }
}
