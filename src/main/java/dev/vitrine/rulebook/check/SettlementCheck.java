package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.check.ProposalSettlement.Broken;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.engine.RuleEngine;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** Settles what rules propose, as decisions do: rules that fire in no time may promise what takes minutes to settle. */
final class SettlementCheck {
    /** Twenty times the usual budget of a whole decision, since the machine may be busy. */
    static final Duration SETTLE_MAX = Duration.ofSeconds(1);
    /** Of the rules that promise places to groups, those that promise most. */
    private static final int NAMED_MAX = 3;

    private final List<ProposalSettlement> settlements;
    private final Map<String, RuleCard> cards = new HashMap<>();
    private final Duration most;
    private final Cancellation whole;
    private final List<RuleProblem> faults = new ArrayList<>();

    SettlementCheck(
            List<ProposalSettlement> settlements, Collection<RuleCard> rules, Duration most, Cancellation whole) {
        this.settlements = settlements;
        this.most = most;
        this.whole = whole;
        rules.forEach(rule -> cards.put(rule.name(), rule));
    }

    /** Settles the largest visit that there can be; whatever else is slow about it is the decision's to bound. */
    void largestVisit(RuleCompiler.Compiled compiled) {
        Facts largest = SyntheticVisit.largest();
        String where = "in a visit with " + largest.candidates().size() + " candidates";
        try {
            settle(compiled.engine().fire(largest, Instant.EPOCH, whole.within(most)), largest, where);
        } catch (RuntimeException | StackOverflowError e) {
            faults.add(RuleProblem.fault(
                    "",
                    1,
                    1,
                    "",
                    "The rules fail " + where + ": " + RuleEngine.cause(e) + ".",
                    "Take back what was changed last."));
        }
    }

    /** Settles once, and says which guarantees other rules break; after a first fault, the others would only take as long. */
    List<Broken> settle(FiringResult fired, Facts facts, String where) {
        if (!faults.isEmpty() || whole.isCancelled()) {
            return List.of();
        }
        Cancellation budget = whole.within(most);
        try {
            return settlements.stream()
                    .flatMap(settlement -> settlement.settle(facts, fired.proposals(), budget).stream())
                    .toList();
        } catch (CancellationException late) {
            if (!whole.isCancelled()) {
                late(fired.proposals(), where);
            }
            return List.of();
        }
    }

    List<RuleProblem> faults() {
        return List.copyOf(faults);
    }

    private void late(Collection<Proposal> proposals, String where) {
        Map<String, Set<Group>> groups = new HashMap<>();
        for (Proposal proposal : proposals) {
            Group group = group(proposal);
            if (group != null) {
                groups.computeIfAbsent(proposal.rule(), rule -> new HashSet<>()).add(group);
            }
        }
        String message = String.format(
                Locale.ROOT, "What the rules promise cannot be settled within %,d ms %s", most.toMillis(), where);
        groups.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, Set<Group>> rule) ->
                                -rule.getValue().size())
                        .thenComparing(Map.Entry::getKey))
                .limit(NAMED_MAX)
                .forEach(rule -> faults.add(RuleProblem.fault(
                        cards.get(rule.getKey()).file(),
                        cards.get(rule.getKey()).line(),
                        0,
                        rule.getKey(),
                        message + "; this one promises places for groups: "
                                + rule.getValue().size() + ".",
                        "Promise places to fewer groups.")));
        if (faults.isEmpty()) {
            faults.add(RuleProblem.fault("", 0, 0, "", message + ".", "Let the rules propose less."));
        }
    }

    private static Group group(Proposal proposal) {
        if (proposal instanceof Proposal.Guarantee guarantee) {
            return guarantee.group();
        } else if (proposal instanceof Proposal.Cap cap) {
            return cap.group();
        }
        return proposal instanceof Proposal.AtMost most ? most.group() : null;
    }
}
