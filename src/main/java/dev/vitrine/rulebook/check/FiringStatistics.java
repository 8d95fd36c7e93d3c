package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.check.ProposalSettlement.Broken;
import dev.vitrine.rulebook.engine.FiringResult;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What rules did on many recent visits. Only many visits show that a rule never fires, or never has an effect. By the rule of three
 * (Hanley and Lippman-Hand 1983), what happens on none of n visits happens on fewer than 3 in n, with 95 % certainty.
 */
final class FiringStatistics {
    /** Enough for a rule that concerns one visit in twenty to have fired. */
    static final int SILENT_FROM = 60;

    /** What held on each of twenty visits fails on fewer than three in twenty. */
    static final int ALWAYS_FROM = 20;

    private final Map<String, Effects> rules = new TreeMap<>();
    private final Set<String> visits = new HashSet<>();

    /** What one rule did. */
    private static final class Effects {
        /** Visits in which it lifted, buried or pinned a candidate. */
        private final Set<String> visits = new HashSet<>();

        private final Map<String, Integer> hiddenBy = new TreeMap<>();
        /** Decisions in which it guaranteed something, and in which others kept it from getting that. */
        private int promised;

        private final Map<String, Integer> brokenBy = new TreeMap<>();
        private boolean any;
        private boolean lifts;
        /** Rules that undid each of its boosts so far, null before its first boost. */
        private Set<String> undoneBy;
    }

    void add(String visit, FiringResult result, List<Broken> broken) {
        visits.add(visit);
        promised(result, broken);
        result.readings().forEach(read -> effects(read.rule()).any = true);
        result.failures().forEach(failure -> effects(failure.rule()).any = true);
        Map<String, Set<String>> hides = new HashMap<>();
        Map<String, Map<String, Double>> boosts = new HashMap<>();
        for (Proposal proposal : result.proposals()) {
            if (proposal instanceof Proposal.Hide hide) {
                hides.computeIfAbsent(hide.candidate().sku(), sku -> new TreeSet<>())
                        .add(hide.rule());
            } else if (proposal instanceof Proposal.Boost boost) {
                boosts.computeIfAbsent(boost.candidate().sku(), sku -> new HashMap<>(2))
                        .merge(boost.rule(), boost.factor(), (one, other) -> one * other);
            }
        }
        for (Proposal proposal : result.proposals()) {
            if (proposal instanceof Proposal.Boost boost) {
                placed(visit, boost.rule(), hides.getOrDefault(boost.candidate().sku(), Set.of()));
            } else if (proposal instanceof Proposal.Pin pin) {
                placed(visit, pin.rule(), hides.getOrDefault(pin.candidate().sku(), Set.of()));
            } else {
                // a hide that another rule repeats does no harm, so it counts
                effects(proposal.rule()).any = true;
            }
        }
        boosts.values().forEach(this::undone);
    }

    /** A guarantee counts once for each decision, whatever the number of its groups. */
    private void promised(FiringResult result, List<Broken> broken) {
        Set<String> promising = new HashSet<>();
        for (Proposal proposal : result.proposals()) {
            if (proposal instanceof Proposal.Guarantee && promising.add(proposal.rule())) {
                effects(proposal.rule()).promised++;
            }
        }
        Set<List<String>> counted = new HashSet<>();
        for (Broken one : broken) {
            one.by().stream()
                    .filter(by -> counted.add(List.of(one.rule(), by)))
                    .forEach(by -> effects(one.rule()).brokenBy.merge(by, 1, Integer::sum));
        }
    }

    private Effects effects(String rule) {
        return rules.computeIfAbsent(rule, unknown -> new Effects());
    }

    /** @param hides rules that hide the same candidate */
    private void placed(String visit, String rule, Set<String> hides) {
        Effects effects = effects(rule);
        effects.visits.add(visit);
        boolean hidden = false;
        for (String hider : hides) {
            if (!hider.equals(rule)) {
                effects.hiddenBy.merge(hider, 1, Integer::sum);
                hidden = true;
            }
        }
        effects.any |= !hidden;
    }

    /** @param factors of one candidate, by rule */
    private void undone(Map<String, Double> factors) {
        factors.forEach((rule, factor) -> {
            Effects effects = effects(rule);
            effects.lifts = factor > 1;
            if (effects.undoneBy == null) {
                effects.undoneBy = new TreeSet<>(factors.keySet());
                effects.undoneBy.remove(rule);
            }
            effects.undoneBy.removeIf(other -> !undoes(factor, factors.get(other)));
        });
    }

    private static boolean undoes(double factor, Double other) {
        return other != null
                && (factor - 1) * (other - 1) < 0
                && Math.abs(factor * other - 1) < Conflicts.UNDONE_WITHIN;
    }

    /** @param expected rules that should have fired */
    void report(Collection<String> expected, Warnings warnings) {
        rules.forEach((rule, effects) -> {
            if (effects.promised >= ALWAYS_FROM) {
                broken(rule, effects, warnings);
            }
            if (effects.visits.size() >= ALWAYS_FROM) {
                pointless(rule, effects, warnings);
                undone(rule, effects, warnings);
            }
        });
        if (visits.size() >= SILENT_FROM) {
            expected.stream().filter(rule -> !rules.containsKey(rule)).sorted().forEach(rule -> silent(rule, warnings));
        }
    }

    /** What holds on fewer lists is what limits are for; a guarantee that fails on most lists was meant otherwise. */
    private static void broken(String rule, Effects effects, Warnings warnings) {
        effects.brokenBy.forEach((by, count) -> {
            if (count * 2 > effects.promised) {
                warnings.add(
                        rule,
                        List.of(by),
                        "In " + count + " of " + effects.promised
                                + " recent visits it does not get what it guarantees; without "
                                + warnings.named(List.of(by))
                                + " it would get more.",
                        "Lower what it guarantees, or narrow what the other rule caps, limits, hides or pins.");
            }
        });
    }

    private static void pointless(String rule, Effects effects, Warnings warnings) {
        if (!effects.any) {
            String hides = effects.hiddenBy.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElseThrow()
                    .getKey();
            warnings.replace(
                    rule,
                    List.of(hides),
                    "It has no effect: everything that it boosts, buries or pins in " + effects.visits.size()
                            + " recent visits is hidden by " + warnings.named(List.of(hides))
                            + (effects.hiddenBy.size() > 1 ? " and others." : "."),
                    "Delete it, or narrow the conditions of the rule that hides.");
        }
    }

    private void undone(String rule, Effects effects, Warnings warnings) {
        for (String other : effects.undoneBy == null ? Set.<String>of() : effects.undoneBy) {
            Effects otherEffects = rules.get(other);
            // one warning for both rules
            if (rule.compareTo(other) > 0 && otherEffects.undoneBy.contains(rule)) {
                warnings.replace(
                        rule,
                        List.of(other),
                        "Each product that it " + (effects.lifts ? "boosts" : "buries") + " is "
                                + (otherEffects.lifts ? "boosted" : "buried") + " as much by "
                                + warnings.named(List.of(other)) + ", and vice versa, in all "
                                + effects.visits.size() + " recent visits that they concern.",
                        "Delete one or both.");
            }
        }
    }

    private void silent(String rule, Warnings warnings) {
        int tenths = (int) Math.ceil(3000.0 / visits.size());
        warnings.add(
                rule,
                List.of(),
                "It fired in none of " + visits.size() + " recent visits: it is 95 % certain to concern fewer than "
                        + Proposal.number(tenths / 10.0) + " % of visits.",
                "If that is not intended, check its conditions.");
    }
}
