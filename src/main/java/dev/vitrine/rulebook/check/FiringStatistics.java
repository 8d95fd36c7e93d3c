package dev.vitrine.rulebook.check;

import dev.vitrine.merchandising.Proposal;
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
 * What rules did on one recent visit after the other. That a rule never speaks, or always for nothing, one visit cannot
 * tell. What none of n visits shows, fewer than 3 in n show at all, with 95 % certainty (the rule of three, Hanley and
 * Lippman-Hand 1983).
 */
final class FiringStatistics {
    /** Our choice: a rule for one visit in twenty has spoken by then. */
    static final int SILENT_FROM = 60;

    /** Our choice: what held on each of twenty visits fails on fewer than three in twenty. */
    static final int ALWAYS_FROM = 20;

    /** How near to 1 the product of two factors is when one undoes the other, as in {@link Conflicts}. */
    private static final double UNDONE_WITHIN = Conflicts.UNDONE_WITHIN;

    private final Map<String, Deeds> rules = new TreeMap<>();
    private final Set<String> visits = new HashSet<>();

    /** What one rule did. */
    private static final class Deeds {
        /** Those in which it said something of a candidate. */
        private final Set<String> visits = new HashSet<>();

        private final Map<String, Integer> hiddenBy = new TreeMap<>();
        private boolean mattered;
        private boolean lifts;
        /** Rules that undid each of its boosts so far; null before the first. */
        private Set<String> undoneBy;
    }

    /** Takes in what rules made of a visit. */
    void add(String visit, FiringResult outcome) {
        visits.add(visit);
        outcome.readings().forEach(read -> deeds(read.rule()).mattered = true);
        outcome.failures().forEach(failure -> deeds(failure.rule()).mattered = true);
        Map<String, Set<String>> hides = new HashMap<>();
        Map<String, Map<String, Double>> boosts = new HashMap<>();
        for (Proposal proposal : outcome.proposals()) {
            if (proposal instanceof Proposal.Hide hide) {
                hides.computeIfAbsent(hide.candidate().sku(), sku -> new TreeSet<>())
                        .add(hide.rule());
            } else if (proposal instanceof Proposal.Boost boost) {
                boosts.computeIfAbsent(boost.candidate().sku(), sku -> new HashMap<>(2))
                        .merge(boost.rule(), boost.factor(), (one, other) -> one * other);
            }
        }
        for (Proposal proposal : outcome.proposals()) {
            Deeds deeds = deeds(proposal.rule());
            if (proposal instanceof Proposal.Boost boost) {
                spoke(
                        deeds,
                        visit,
                        boost.rule(),
                        hides.getOrDefault(boost.candidate().sku(), Set.of()));
            } else if (proposal instanceof Proposal.Pin pin) {
                spoke(
                        deeds,
                        visit,
                        pin.rule(),
                        hides.getOrDefault(pin.candidate().sku(), Set.of()));
            } else {
                // a hide that another rule repeats costs nobody anything
                deeds.mattered = true;
            }
        }
        boosts.values().forEach(this::undone);
    }

    private Deeds deeds(String rule) {
        return rules.computeIfAbsent(rule, unknown -> new Deeds());
    }

    private static void spoke(Deeds deeds, String visit, String rule, Set<String> hides) {
        deeds.visits.add(visit);
        boolean hidden = false;
        for (String hider : hides) {
            if (!hider.equals(rule)) {
                deeds.hiddenBy.merge(hider, 1, Integer::sum);
                hidden = true;
            }
        }
        deeds.mattered |= !hidden;
    }

    /** @param factors of one candidate, by rule */
    private void undone(Map<String, Double> factors) {
        factors.forEach((rule, factor) -> {
            Deeds deeds = deeds(rule);
            deeds.lifts = factor > 1;
            if (deeds.undoneBy == null) {
                deeds.undoneBy = new TreeSet<>(factors.keySet());
                deeds.undoneBy.remove(rule);
            }
            deeds.undoneBy.removeIf(other -> !undoes(factor, factors.get(other)));
        });
    }

    private static boolean undoes(double factor, Double other) {
        return other != null && (factor - 1) * (other - 1) < 0 && Math.abs(factor * other - 1) < UNDONE_WITHIN;
    }

    /**
     * Tells what holds on all visits so far.
     *
     * @param expected rules that ought to have spoken
     */
    void tell(Collection<String> expected, Warnings warnings) {
        rules.forEach((rule, deeds) -> {
            if (deeds.visits.size() >= ALWAYS_FROM) {
                pointless(rule, deeds, warnings);
                undone(rule, deeds, warnings);
            }
        });
        if (visits.size() >= SILENT_FROM) {
            expected.stream().filter(rule -> !rules.containsKey(rule)).sorted().forEach(rule -> silent(rule, warnings));
        }
    }

    private static void pointless(String rule, Deeds deeds, Warnings warnings) {
        if (!deeds.mattered) {
            String hides = deeds.hiddenBy.entrySet().stream()
                    .max(Map.Entry.<String, Integer>comparingByValue()
                            .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
                    .orElseThrow()
                    .getKey();
            warnings.replace(
                    rule,
                    List.of(hides),
                    "It is pointless: all that it lifts, buries or pins in " + deeds.visits.size()
                            + " recent visits is hidden by " + warnings.named(List.of(hides))
                            + (deeds.hiddenBy.size() > 1 ? " and others." : "."),
                    "Delete it, or narrow the rule that hides.");
        }
    }

    private void undone(String rule, Deeds deeds, Warnings warnings) {
        for (String other : deeds.undoneBy == null ? Set.<String>of() : deeds.undoneBy) {
            Deeds too = rules.get(other);
            // told of one of the two
            if (rule.compareTo(other) > 0 && too.undoneBy.contains(rule)) {
                warnings.replace(
                        rule,
                        List.of(other),
                        "Each product that it " + (deeds.lifts ? "boosts" : "buries") + " is "
                                + (too.lifts ? "boosted" : "buried") + " as much by " + warnings.named(List.of(other))
                                + ", and the other way round, in all of " + deeds.visits.size()
                                + " recent visits that they concern.",
                        "Delete both, or one.");
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
                "That may be as it should; else look at its conditions.");
    }
}
