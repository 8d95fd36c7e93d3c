package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.Decider;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Proposals.ReadBy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an edition made of a question, for nobody to see in the shop.
 *
 * @param answer as a storefront would get it, without a key, since nobody can ask for it later
 * @param shown what is on the list, best first
 * @param hidden what rules kept off the shelf, and which
 * @param rules the rules that read or proposed something
 */
public record DryRun(
        DecisionAnswer answer, List<Candidate> shown, Map<String, List<String>> hidden, Set<String> rules) {
    static DryRun of(DecisionAnswer answer, Decider.Decided decided) {
        Map<String, List<String>> hidden = new LinkedHashMap<>();
        decided.settled().hidden().forEach(one -> hidden.put(one.sku(), one.rules()));
        Set<String> rules = new TreeSet<>();
        decided.outcome().readings().stream().map(ReadBy::rule).forEach(rules::add);
        decided.outcome().proposals().stream().map(Proposal::rule).forEach(rules::add);
        DecisionAnswer unkept = new DecisionAnswer(
                null,
                answer.edition(),
                answer.arm(),
                answer.module(),
                answer.items(),
                answer.readings(),
                answer.shortfalls(),
                answer.limits(),
                answer.leftOut(),
                answer.degraded(),
                answer.tookMicros());
        return new DryRun(
                unkept,
                decided.settled().places().stream()
                        .map(SettlementResult.Place::candidate)
                        .toList(),
                hidden,
                rules);
    }
}
