package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.Decider;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals.ReadBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What an edition decides, for nobody to see in the shop; {@code rules} are those that read or proposed
 * something, {@code pageSku} is of the
 * page's product, {@code kept} what guarantees and caps delivered, {@code prices} what those cost that changed the list. */
public record DryRun(
        DecisionAnswer answer,
        String pageSku,
        List<Candidate> shown,
        Map<String, List<String>> hidden,
        Set<String> rules,
        List<SettlementResult.Kept> kept,
        Supplier<List<RulePrice>> prices) {
    static DryRun of(DecisionAnswer answer, DecisionContext context, Decider.Decided decided) {
        Map<String, List<String>> hidden = new LinkedHashMap<>();
        decided.settlement().hidden().forEach(one -> hidden.put(one.sku(), one.rules()));
        Set<String> rules = new TreeSet<>();
        decided.firing().readings().stream().map(ReadBy::rule).forEach(rules::add);
        decided.firing().proposals().stream().map(Proposal::rule).forEach(rules::add);
        return new DryRun(
                answer.withoutId(),
                context.facts().page().sku(),
                decided.settlement().places().stream()
                        .map(SettlementResult.Place::candidate)
                        .toList(),
                hidden,
                rules,
                decided.settlement().kept(),
                () -> RulePrices.of(context, decided));
    }
}
