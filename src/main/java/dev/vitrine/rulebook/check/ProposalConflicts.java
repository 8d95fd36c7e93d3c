package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.engine.FiringResult;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Proposals in one situation that cannot all hold. One situation is enough to show that the rules can conflict. */
final class ProposalConflicts {
    private static final double ROUNDING = 1e-9;

    private final Map<String, String> hidden = new HashMap<>();
    private final List<Proposal.Pin> pins = new ArrayList<>();
    private final Map<Group, Proposal.Guarantee> guarantees = new TreeMap<>();
    private double floor;
    private boolean displayed;

    private ProposalConflicts(FiringResult result) {
        for (Proposal proposal : result.proposals()) {
            if (proposal instanceof Proposal.Hide hide) {
                hidden.putIfAbsent(hide.candidate().sku(), hide.rule());
            } else if (proposal instanceof Proposal.Pin pin) {
                pins.add(pin);
            } else if (proposal instanceof Proposal.Guarantee guarantee
                    && guarantee.share().window() == Share.Window.LIST) {
                // a share over time can be made up for in other lists
                guarantees.merge(
                        guarantee.group(),
                        guarantee,
                        (one, other) -> other.share().value() > one.share().value() ? other : one);
            } else if (proposal instanceof Proposal.Floor least) {
                floor = Math.max(floor, least.relevance());
            } else if (proposal instanceof Proposal.Show) {
                displayed = true;
            }
        }
    }

    /** @param where the situation, in words that end a sentence */
    static void report(FiringResult result, Facts facts, String where, Warnings warnings) {
        ProposalConflicts conflicts = new ProposalConflicts(result);
        conflicts.pinsOfHiddenProducts(where, warnings);
        conflicts.pinsOfSamePosition(where, warnings);
        if (!conflicts.displayed && conflicts.guarantees.size() > 1) {
            conflicts.guaranteesAboveWholeList(facts, where, warnings);
        }
    }

    private void pinsOfHiddenProducts(String where, Warnings warnings) {
        for (Proposal.Pin pin : pins) {
            String hides = hidden.get(pin.candidate().sku());
            if (hides != null) {
                warnings.add(
                        pin.rule(),
                        List.of(hides),
                        "What it pins is hidden by " + warnings.named(List.of(hides)) + " " + where + " ('"
                                + pin.candidate().sku() + "').",
                        "Narrow the conditions of one of the two, so that they do not concern the same product.");
            }
        }
    }

    private void pinsOfSamePosition(String where, Warnings warnings) {
        for (Proposal.Pin one : pins) {
            for (Proposal.Pin other : pins) {
                if (one.position() == other.position()
                        && one.rule().compareTo(other.rule()) < 0
                        && !one.candidate().equals(other.candidate())) {
                    warnings.add(
                            other.rule(),
                            List.of(one.rule()),
                            "It pins to position " + one.position() + ", and so does "
                                    + warnings.named(List.of(one.rule())) + " " + where + ".",
                            "Pin to another position, or narrow the conditions of one of the two.");
                }
            }
        }
    }

    /** A guarantee, and the candidates that can fill its places. */
    private record Promise(String rule, double share, int places, BitSet members) {
        boolean disjointFrom(Promise other) {
            return !members.intersects(other.members);
        }
    }

    /** A guarantee needs no more places than its group has members. */
    private void guaranteesAboveWholeList(Facts facts, String where, Warnings warnings) {
        List<Candidate> contenders = facts.candidates().stream()
                .filter(candidate -> !candidate.extra() && !hidden.containsKey(candidate.sku()))
                .toList();
        int length = Math.min(facts.placement().limit(), contenders.size());
        List<Promise> promises = new ArrayList<>();
        guarantees.forEach((group, guarantee) -> {
            BitSet members = new BitSet(contenders.size());
            for (int i = 0; i < contenders.size(); i++) {
                Candidate candidate = contenders.get(i);
                members.set(i, candidate.relevance() >= floor && group.holds(candidate));
            }
            double share = guarantee.share().value();
            int asked = (int) Math.ceil(share * length - ROUNDING);
            promises.add(new Promise(guarantee.rule(), share, Math.min(asked, members.cardinality()), members));
        });
        List<Promise> most = DisjointSubset.most(promises, Promise::places, Promise::disjointFrom);
        double share = most.stream().mapToDouble(Promise::share).sum();
        int places = most.stream().mapToInt(Promise::places).sum();
        if (places > length && share > 1 + ROUNDING) {
            List<String> rules =
                    most.stream().map(Promise::rule).distinct().sorted().toList();
            List<String> others = rules.subList(0, rules.size() - 1);
            warnings.add(
                    rules.get(rules.size() - 1),
                    others,
                    "It guarantees" + (others.isEmpty() ? "" : ", together with " + warnings.named(others) + ",") + " "
                            + Math.round(share * 100) + " % of the list to groups that share no product " + where
                            + ".",
                    "Lower the shares to 1 in total.");
        }
    }
}
