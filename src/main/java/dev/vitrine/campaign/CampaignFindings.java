package dev.vitrine.campaign;

import static dev.vitrine.campaign.CheckReport.Contradiction.BOOSTS_UNCOVERED;
import static dev.vitrine.campaign.CheckReport.Contradiction.BURIES_COVERED;
import static dev.vitrine.campaign.CheckReport.Contradiction.GUARANTEE_UNMET;
import static dev.vitrine.campaign.CheckReport.Contradiction.HIDES_COVERED;
import static dev.vitrine.campaign.CheckReport.Contradiction.LIMITS_COVERED;
import static dev.vitrine.campaign.CheckReport.Contradiction.PINS_UNCOVERED;
import static dev.vitrine.campaign.CheckReport.Contradiction.RULE_BREAKS;

import dev.vitrine.campaign.CheckReport.Contradiction;
import dev.vitrine.campaign.CheckReport.Severity;
import dev.vitrine.campaign.CheckReport.Trouble;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.merchandising.Share;
import dev.vitrine.rulebook.engine.FiringResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What the rules did to a campaign's products and to others, on the visits that were tried. */
final class CampaignFindings {
    /** Sums of decimal fractions, such as 0.1 of 30, must not be rounded up for their last bit. */
    private static final double ROUNDING = 1e-9;

    private final Coverage coverage;
    private final Group campaign;
    private final List<Candidate> ours;
    private final Set<String> tried = new LinkedHashSet<>();
    private final Map<Key, Found> found = new LinkedHashMap<>();
    private final Map<Key, Promise> promises = new LinkedHashMap<>();

    private record Key(Contradiction kind, String rule, String of) {}

    /** A guarantee that a rule gave, and the places that it comes to. */
    private record Promise(Group group, int places, String effect) {}

    private static final class Found {
        private final Set<String> skus = new TreeSet<>();
        private final Set<String> visits = new LinkedHashSet<>();
        private String effect = "";
        private boolean withoutToo;
    }

    /**
     * @param campaign the group of what the campaign covers
     * @param candidates on which the rules are tried
     */
    CampaignFindings(Coverage coverage, Group campaign, List<Candidate> candidates) {
        this.coverage = coverage;
        this.campaign = campaign;
        this.ours = candidates.stream().filter(coverage::covers).toList();
    }

    /** Takes in what the rules made of one visit, with the campaign and without it. */
    void hear(TypicalVisit visit, FiringResult with, FiringResult without) {
        tried.add(visit.name());
        Set<Proposal> ordinary = new HashSet<>(without.proposals());
        for (Proposal proposal : with.proposals()) {
            boolean withoutToo = ordinary.contains(proposal);
            if (proposal instanceof Proposal.Hide hide) {
                note(HIDES_COVERED, proposal, hide.candidate(), true, visit, withoutToo);
            } else if (proposal instanceof Proposal.Pin pin) {
                note(PINS_UNCOVERED, proposal, pin.candidate(), false, visit, withoutToo);
            } else if (proposal instanceof Proposal.Boost boost && boost.factor() < 1) {
                note(BURIES_COVERED, proposal, boost.candidate(), true, visit, withoutToo);
            } else if (proposal instanceof Proposal.Boost boost && boost.factor() > 1) {
                note(BOOSTS_UNCOVERED, proposal, boost.candidate(), false, visit, withoutToo);
            } else if (proposal instanceof Proposal.Cap cap) {
                limit(proposal, places(cap.share(), false), cap.group(), visit, withoutToo);
            } else if (proposal instanceof Proposal.AtMost most) {
                limit(proposal, most.count(), most.group(), visit, withoutToo);
            } else if (proposal instanceof Proposal.Guarantee guarantee) {
                Key key = new Key(GUARANTEE_UNMET, proposal.rule(), proposal.effect());
                promises.putIfAbsent(
                        key, new Promise(guarantee.group(), places(guarantee.share(), true), proposal.effect()));
                add(key, proposal, visit, withoutToo);
            }
        }
        for (FiringResult.Failure failure : with.failures()) {
            Found broken = found.computeIfAbsent(new Key(RULE_BREAKS, failure.rule(), ""), unseen -> new Found());
            broken.visits.add(visit.name());
            broken.effect = failure.cause();
            broken.withoutToo |=
                    without.failures().stream().anyMatch(other -> other.rule().equals(failure.rule()));
        }
    }

    private static int places(Share share, boolean up) {
        double places = share.value() * TypicalVisit.PLACES;
        return (int) (up ? Math.ceil(places - ROUNDING) : Math.floor(places + ROUNDING));
    }

    private void note(
            Contradiction kind,
            Proposal proposal,
            Candidate candidate,
            boolean covered,
            TypicalVisit visit,
            boolean withoutToo) {
        if (coverage.covers(candidate) == covered && !visit.concerns(candidate)) {
            add(new Key(kind, proposal.rule(), ""), proposal, visit, withoutToo)
                    .skus
                    .add(candidate.sku());
        }
    }

    /** A limit contradicts the campaign when it holds for most of what is covered and leaves it less than half the places. */
    private void limit(Proposal proposal, int places, Group group, TypicalVisit visit, boolean withoutToo) {
        if (2 * places >= TypicalVisit.PLACES) {
            return;
        }
        List<Candidate> limited = ours.stream().filter(group::holds).toList();
        if (2 * limited.size() > ours.size()) {
            Found of = add(new Key(LIMITS_COVERED, proposal.rule(), proposal.effect()), proposal, visit, withoutToo);
            limited.forEach(candidate -> of.skus.add(candidate.sku()));
        }
    }

    private Found add(Key key, Proposal proposal, TypicalVisit visit, boolean withoutToo) {
        Found of = found.computeIfAbsent(key, unseen -> new Found());
        of.visits.add(visit.name());
        of.effect = proposal.effect();
        of.withoutToo |= withoutToo;
        return of;
    }

    List<String> tried() {
        return List.copyOf(tried);
    }

    /** What is to be told, warnings first. */
    List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        found.forEach((key, of) -> {
            if (key.kind() != GUARANTEE_UNMET) {
                troubles.add(
                        new Trouble(severity(key, of), key.kind(), key.rule(), message(key, of), examples(of.skus)));
            }
        });
        if (!promises.isEmpty()) {
            unmet(troubles);
        }
        troubles.sort(Comparator.comparing(Trouble::severity)
                .thenComparing(Trouble::kind)
                .thenComparing(Trouble::rule)
                .thenComparing(Trouble::message));
        return troubles;
    }

    private Severity severity(Key key, Found of) {
        boolean most = 2 * of.visits.size() >= tried.size();
        return most || !of.withoutToo || key.kind() == RULE_BREAKS ? Severity.WARNING : Severity.INFO;
    }

    private String message(Key key, Found of) {
        String does =
                switch (key.kind()) {
                    case HIDES_COVERED -> "hides " + products(of.skus.size()) + " that the campaign covers";
                    case BURIES_COVERED ->
                        "lowers " + products(of.skus.size()) + " that the campaign covers (" + of.effect + ")";
                    case PINS_UNCOVERED -> "pins " + products(of.skus.size()) + " that the campaign does not cover";
                    case BOOSTS_UNCOVERED ->
                        "lifts " + products(of.skus.size()) + " that the campaign does not cover (" + of.effect + ")";
                    case LIMITS_COVERED ->
                        "limits what the campaign covers to less than half of the places (" + of.effect + ")";
                    case RULE_BREAKS -> "breaks and is left out: " + of.effect;
                    default -> throw new IllegalStateException(key.kind().name());
                };
        return does + when(of);
    }

    private String when(Found of) {
        return ", on " + of.visits.size() + " of " + tried.size() + " visits ("
                + of.visits.iterator().next() + (of.visits.size() > 1 ? ", …" : "") + "), "
                + (of.withoutToo ? "with the campaign or without it" : "only while the campaign runs");
    }

    private void unmet(List<Trouble> troubles) {
        List<Candidate> covered = coverage.ours();
        List<Candidate> others = coverage.others();
        promises.forEach((key, promise) -> {
            Set<String> own = members(promise.group(), covered);
            int have = own.size();
            if (have >= promise.places()) {
                return;
            }
            int elsewhere = members(promise.group(), others).size();
            Found of = found.get(key);
            boolean never =
                    have + elsewhere < promise.places() || promise.group().equals(campaign);
            String message = promise.effect() + " needs " + promise.places() + " of " + TypicalVisit.PLACES
                    + " places, and the campaign has " + products(have) + " of that in stock"
                    + (never
                            ? ": it cannot be met, " + (have + elsewhere) + " in the whole shop"
                            : "; the other " + (promise.places() - have) + " go to what it does not cover")
                    + when(of);
            troubles.add(new Trouble(
                    never || !of.withoutToo ? Severity.WARNING : Severity.INFO,
                    GUARANTEE_UNMET,
                    key.rule(),
                    message,
                    examples(own)));
        });
    }

    private static Set<String> members(Group group, List<Candidate> candidates) {
        Set<String> members = new TreeSet<>();
        for (Candidate candidate : candidates) {
            if (group.holds(candidate)) {
                members.add(candidate.sku());
            }
        }
        return members;
    }

    private static String products(int count) {
        return count == 1 ? "1 product" : count + " products";
    }

    static List<String> examples(Collection<String> skus) {
        return skus.stream().limit(CheckReport.EXAMPLES_MAX).toList();
    }
}
