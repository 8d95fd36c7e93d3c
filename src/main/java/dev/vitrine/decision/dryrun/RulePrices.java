package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.Decider;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Settles a list once more without each rule. */
final class RulePrices {
    private RulePrices() {}

    /** Of the rules that changed the list, the dearest first. */
    static List<RulePrice> of(DecisionContext context, Decider.Decided decided) {
        List<Proposal> proposals = List.copyOf(decided.firing().proposals());
        List<Candidate> shown = shown(decided.settlement());
        ListWorth with = ListWorth.of(shown);
        Set<String> rules = new TreeSet<>();
        proposals.forEach(proposal -> rules.add(proposal.rule()));
        List<RulePrice> prices = new ArrayList<>();
        for (String rule : rules) {
            List<Candidate> without = shown(Settling.of(
                    context.facts(),
                    Settling.without(proposals, rule),
                    context.visit().hashCode(),
                    () -> false));
            if (!without.equals(shown)) {
                prices.add(RulePrice.of(rule, with, ListWorth.of(without)));
            }
        }
        prices.sort((one, other) -> Double.compare(one.takes(), other.takes()));
        return prices;
    }

    private static List<Candidate> shown(SettlementResult settled) {
        return settled.places().stream().map(SettlementResult.Place::candidate).toList();
    }
}
