package dev.vitrine.campaign;

import dev.vitrine.campaign.CheckReport.Contradiction;
import dev.vitrine.campaign.CheckReport.Covered;
import dev.vitrine.campaign.CheckReport.Overlap;
import dev.vitrine.campaign.CheckReport.Severity;
import dev.vitrine.campaign.CheckReport.Trouble;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.publish.Rulebook;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Tells where the rule book would contradict a campaign, by trying the live edition on typical visits: at the campaign's
 * start and just before its end, so that the dates of rules count, with the campaign and without it.
 */
@Singleton
final class CampaignCheck {
    /** For the rules, all visits together. Our choice: a sound book needs a small part of it. */
    private static final int SECONDS_MAX = 10;

    private final Campaigns campaigns;
    private final Catalog catalog;
    private final Rulebook rulebook;
    private final Clock clock;
    private final ZoneId zone;
    private final int smallCatalog;
    /** One at a time: it costs as much as some hundred decisions, and those go first. */
    private final Semaphore turn = new Semaphore(1);

    CampaignCheck(
            Campaigns campaigns,
            Catalog catalog,
            Rulebook rulebook,
            Clock clock,
            @ConfigProperty(name = "vitrine.decision.zone", defaultValue = "UTC") ZoneId zone,
            @ConfigProperty(name = "vitrine.decision.small-catalog", defaultValue = "100") int smallCatalog) {
        this.campaigns = campaigns;
        this.catalog = catalog;
        this.rulebook = rulebook;
        this.clock = clock;
        this.zone = zone;
        this.smallCatalog = smallCatalog;
    }

    /** @throws UnavailableException while another campaign is being checked */
    CheckReport of(PlannedCampaign campaign) {
        if (!turn.tryAcquire()) {
            throw new UnavailableException("Another campaign is being checked; try again", Duration.ofSeconds(1), null);
        }
        try {
            Instant now = clock.instant();
            // one that is over is checked as if it came again
            return check(campaign.state(now) == CampaignState.ENDED ? campaign.asPlanned() : campaign, now);
        } finally {
            turn.release();
        }
    }

    private CheckReport check(PlannedCampaign campaign, Instant now) {
        Edition edition = rulebook.live();
        Instant begin = campaign.runs(now) ? now : campaign.since();
        Campaign fact = campaign.fact(begin, 0, true);
        Coverage coverage = new Coverage(catalog.products(), fact, begin, edition.namedSkus());
        List<Candidate> candidates = coverage.sample();
        CampaignFindings findings = new CampaignFindings(coverage, Groups.coveredBy(fact), candidates);
        List<Trouble> problems = names(coverage);
        if (coverage.sellable() > 0) {
            Cancellation stop = Cancellation.after(Duration.ofSeconds(SECONDS_MAX));
            List<TypicalVisit> visits = visits(coverage, candidates);
            hear(findings, edition, campaign, begin, visits, candidates, stop);
            Instant last = campaign.until().minusSeconds(1);
            if (last.isAfter(begin)) {
                hear(findings, edition, campaign, last, visits, candidates, stop);
            }
            if (stop.isCancelled()) {
                problems.add(new Trouble(
                        Severity.WARNING,
                        Contradiction.CUT_SHORT,
                        null,
                        "The rules took longer than " + SECONDS_MAX + " seconds; not everything was tried",
                        List.of()));
            }
        }
        problems.addAll(findings.troubles());
        problems.sort(Comparator.comparing(Trouble::severity));
        return new CheckReport(
                edition.number(),
                findings.tried(),
                problems,
                new Covered(coverage.products(), coverage.sellable()),
                overlaps(campaign, now, coverage));
    }

    private static List<Trouble> names(Coverage coverage) {
        List<Trouble> problems = new ArrayList<>();
        if (coverage.sellable() == 0) {
            boolean none = coverage.products() == 0;
            problems.add(new Trouble(
                    Severity.WARNING,
                    none ? Contradiction.COVERS_NOTHING : Contradiction.NOTHING_IN_STOCK,
                    null,
                    none ? "The campaign covers no product" : "Nothing that the campaign covers is in stock",
                    List.of()));
        }
        List<String> unknown = coverage.unknownNames();
        if (!unknown.isEmpty()) {
            problems.add(new Trouble(
                    Severity.WARNING,
                    Contradiction.NAMES_NOTHING,
                    null,
                    "The catalog has nothing of " + unknown.size() + " that the campaign names: "
                            + String.join(", ", CampaignFindings.examples(unknown))
                            + (unknown.size() > CheckReport.EXAMPLES_MAX ? ", …" : ""),
                    List.of()));
        }
        return problems;
    }

    private static List<TypicalVisit> visits(Coverage coverage, List<Candidate> candidates) {
        Candidate ours =
                candidates.stream().filter(coverage::covers).findFirst().orElseThrow();
        Candidate other = candidates.stream()
                .filter(candidate -> !coverage.covers(candidate))
                .findFirst()
                .orElse(ours);
        double dearest = candidates.stream().mapToDouble(Candidate::price).max().orElseThrow();
        return TypicalVisit.of(ours, other, dearest);
    }

    private void hear(
            CampaignFindings findings,
            Edition edition,
            PlannedCampaign campaign,
            Instant at,
            List<TypicalVisit> visits,
            List<Candidate> candidates,
            Cancellation stop) {
        List<PlannedCampaign> beside = campaigns.all().stream()
                .filter(other -> !other.id().equals(campaign.id()) && other.runs(at))
                .sorted(PlannedCampaign.LEADING_FIRST)
                .toList();
        List<PlannedCampaign> all = new ArrayList<>(beside);
        all.add(campaign);
        all.sort(PlannedCampaign.LEADING_FIRST);
        ZonedDateTime there = at.atZone(zone);
        int sellable = catalog.sellable();
        Shop shop = new Shop(sellable, sellable < smallCatalog, there.getHour(), there.getDayOfWeek());
        for (TypicalVisit visit : visits) {
            double cart = visit.cart().value();
            FiringResult with = edition.fire(visit.facts(shop, Campaigns.facts(all, at, cart), candidates), at, stop);
            FiringResult without =
                    edition.fire(visit.facts(shop, Campaigns.facts(beside, at, cart), candidates), at, stop);
            if (stop.isCancelled()) {
                return;
            }
            findings.hear(visit, with, without);
        }
    }

    private List<Overlap> overlaps(PlannedCampaign campaign, Instant now, Coverage coverage) {
        List<Overlap> overlaps = new ArrayList<>();
        campaigns.all().stream()
                .filter(other -> !other.id().equals(campaign.id()) && other.state(now) != CampaignState.ENDED)
                .sorted(PlannedCampaign.LEADING_FIRST)
                .forEach(other -> {
                    Instant since = campaign.since().isAfter(other.since()) ? campaign.since() : other.since();
                    Instant until = campaign.until().isBefore(other.until()) ? campaign.until() : other.until();
                    if (!since.isBefore(until)) {
                        return;
                    }
                    List<String> shared = coverage.sharedWith(other.fact(since, 0, false));
                    if (!shared.isEmpty()) {
                        boolean otherLeads = PlannedCampaign.LEADING_FIRST.compare(other, campaign) < 0;
                        overlaps.add(new Overlap(
                                other.id(),
                                other.name(),
                                since.atZone(campaign.zone()).toOffsetDateTime(),
                                until.atZone(campaign.zone()).toOffsetDateTime(),
                                shared.size(),
                                CampaignFindings.examples(shared),
                                otherLeads ? other.id() : campaign.id(),
                                why(otherLeads ? other : campaign, otherLeads ? campaign : other)));
                    }
                });
        return overlaps;
    }

    private static String why(PlannedCampaign leader, PlannedCampaign behind) {
        if (leader.priority() != behind.priority()) {
            return "'" + leader.name() + "' leads with priority " + leader.priority() + " against " + behind.priority();
        }
        return "Both have priority " + leader.priority() + "; '" + leader.name() + "' leads, because "
                + (leader.since().isBefore(behind.since()) ? "it begins first" : "its id is the first by the alphabet");
    }
}
