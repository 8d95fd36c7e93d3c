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
import java.math.BigDecimal;
import java.math.RoundingMode;
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

/** The effects of the rules on a campaign's products and on others, on the visits that were tried. */
final class CampaignFindings {
    /** A share of the places, such as 0.1 of 30, must not be rounded up because of its last bit. */
    private static final double ROUNDING = 1e-9;

    private final String id;
    private final Coverage coverage;
    private final Group campaign;
    private final List<Candidate> covered;
    private final Set<String> tried = new LinkedHashSet<>();
    private final Map<FindingKey, Finding> findings = new LinkedHashMap<>();
    private final Map<FindingKey, RequiredPlaces> guarantees = new LinkedHashMap<>();

    private record FindingKey(Contradiction kind, String rule, String effect) {}

    private record RequiredPlaces(Group group, int places, String effect) {}

    private static final class Finding {
        private final Set<String> skus = new TreeSet<>();
        private final Set<String> visits = new LinkedHashSet<>();
        private String effect = "";
        private boolean withoutToo;
    }

    /** @param id of the campaign, as rules name it */
    CampaignFindings(String id, Coverage coverage, Group campaign, List<Candidate> candidates) {
        this.id = id;
        this.coverage = coverage;
        this.campaign = campaign;
        this.covered = candidates.stream().filter(coverage::covers).toList();
    }

    void add(TypicalVisit visit, FiringResult with, FiringResult without) {
        tried.add(visit.name());
        Set<Proposal> proposedWithout = new HashSet<>(without.proposals());
        for (Proposal proposal : with.proposals()) {
            boolean withoutToo = proposedWithout.contains(proposal);
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
                FindingKey key = new FindingKey(GUARANTEE_UNMET, proposal.rule(), proposal.effect());
                guarantees.putIfAbsent(
                        key, new RequiredPlaces(guarantee.group(), places(guarantee.share(), true), proposal.effect()));
                add(key, proposal, visit, withoutToo);
            }
        }
        for (FiringResult.Failure failure : with.failures()) {
            Finding broken =
                    findings.computeIfAbsent(new FindingKey(RULE_BREAKS, failure.rule(), ""), unseen -> new Finding());
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
            add(new FindingKey(kind, proposal.rule(), ""), proposal, visit, withoutToo)
                    .skus
                    .add(candidate.sku());
        }
    }

    /** A limit contradicts the campaign if it applies to most covered products and leaves less than half the places. */
    private void limit(Proposal proposal, int places, Group group, TypicalVisit visit, boolean withoutToo) {
        if (2 * places >= TypicalVisit.PLACES) {
            return;
        }
        List<Candidate> limited = covered.stream().filter(group::holds).toList();
        if (2 * limited.size() > covered.size()) {
            Finding finding = add(
                    new FindingKey(LIMITS_COVERED, proposal.rule(), proposal.effect()), proposal, visit, withoutToo);
            limited.forEach(candidate -> finding.skus.add(candidate.sku()));
        }
    }

    private Finding add(FindingKey key, Proposal proposal, TypicalVisit visit, boolean withoutToo) {
        Finding finding = findings.computeIfAbsent(key, unseen -> new Finding());
        finding.visits.add(visit.name());
        finding.effect = proposal.effect();
        finding.withoutToo |= withoutToo;
        return finding;
    }

    List<String> tried() {
        return List.copyOf(tried);
    }

    List<Trouble> troubles() {
        List<Trouble> troubles = new ArrayList<>();
        findings.forEach((key, finding) -> {
            if (key.kind() != GUARANTEE_UNMET) {
                Severity severity = severity(key, finding);
                troubles.add(new Trouble(
                        severity,
                        key.kind(),
                        key.rule(),
                        message(key, finding),
                        severity == Severity.WARNING ? cure(key.kind()) : null,
                        examples(finding.skus)));
            }
        });
        if (!guarantees.isEmpty()) {
            unmet(troubles);
        }
        troubles.sort(Comparator.comparing(Trouble::severity)
                .thenComparing(Trouble::kind)
                .thenComparing(Trouble::rule)
                .thenComparing(Trouble::message));
        return troubles;
    }

    private Severity severity(FindingKey key, Finding finding) {
        boolean most = 2 * finding.visits.size() >= tried.size();
        return most || !finding.withoutToo || key.kind() == RULE_BREAKS ? Severity.WARNING : Severity.INFO;
    }

    /** Null where no line of the rule would do. */
    private String cure(Contradiction kind) {
        return switch (kind) {
            case HIDES_COVERED, BURIES_COVERED ->
                "To spare what the campaign covers, add not Campaign( id == \"" + id
                        + "\", covers( $c ) ) to the rule, where $c is the name of its Candidate";
            case PINS_UNCOVERED, BOOSTS_UNCOVERED, LIMITS_COVERED, GUARANTEE_UNMET ->
                "To let the rule rest while the campaign runs, add not Campaign( id == \"" + id + "\" ) to it";
            default -> null;
        };
    }

    private String message(FindingKey key, Finding finding) {
        String does =
                switch (key.kind()) {
                    case HIDES_COVERED -> "hides " + products(finding.skus.size()) + " that the campaign covers";
                    case BURIES_COVERED ->
                        "buries " + products(finding.skus.size()) + " that the campaign covers (" + finding.effect
                                + ")";
                    case PINS_UNCOVERED ->
                        "pins " + products(finding.skus.size()) + " that the campaign does not cover";
                    case BOOSTS_UNCOVERED ->
                        "boosts " + products(finding.skus.size()) + " that the campaign does not cover ("
                                + finding.effect + ")";
                    case LIMITS_COVERED ->
                        "limits what the campaign covers to less than half of the places (" + finding.effect + ")";
                    case RULE_BREAKS -> "fails and is left out: " + finding.effect;
                    default -> throw new IllegalStateException(key.kind().name());
                };
        return does + when(finding);
    }

    private String when(Finding finding) {
        return ", on " + finding.visits.size() + " of " + tried.size() + " visits ("
                + finding.visits.iterator().next() + (finding.visits.size() > 1 ? ", …" : "") + "), "
                + (finding.withoutToo ? "with the campaign or without it" : "only while the campaign runs");
    }

    private void unmet(List<Trouble> troubles) {
        List<Candidate> inStock = coverage.covered();
        List<Candidate> others = coverage.uncovered();
        guarantees.forEach((key, guarantee) -> {
            Set<String> own = members(guarantee.group(), inStock);
            int have = own.size();
            if (have >= guarantee.places()) {
                return;
            }
            int elsewhere = members(guarantee.group(), others).size();
            Finding finding = findings.get(key);
            boolean never =
                    have + elsewhere < guarantee.places() || guarantee.group().equals(campaign);
            String message = guarantee.effect() + " needs " + guarantee.places() + " of " + TypicalVisit.PLACES
                    + " places, and the campaign has " + products(have) + " of that group in stock"
                    + (never
                            ? "; the whole shop has " + (have + elsewhere) + ", so it cannot be met"
                            : "; products outside the campaign take the other " + (guarantee.places() - have))
                    + when(finding);
            // products outside the campaign may keep it, as they do without the campaign
            Severity severity = never || !finding.withoutToo ? severity(key, finding) : Severity.INFO;
            troubles.add(new Trouble(
                    severity,
                    GUARANTEE_UNMET,
                    key.rule(),
                    message,
                    severity == Severity.WARNING ? cure(GUARANTEE_UNMET, have + elsewhere) : null,
                    examples(own)));
        });
    }

    /** @param most members of the group that the shop has in stock */
    private String cure(Contradiction kind, int most) {
        return most == 0
                ? cure(kind)
                : "Guarantee " + share(most) + " at most, have more of the group in stock, or let the rule rest: add"
                        + " not Campaign( id == \"" + id + "\" ) to it";
    }

    private static String share(int places) {
        return BigDecimal.valueOf(places)
                .divide(BigDecimal.valueOf(TypicalVisit.PLACES), 2, RoundingMode.DOWN)
                .stripTrailingZeros()
                .toPlainString();
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
