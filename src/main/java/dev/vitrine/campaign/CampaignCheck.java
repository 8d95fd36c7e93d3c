package dev.vitrine.campaign;

import dev.vitrine.campaign.CheckReport.Contradiction;
import dev.vitrine.campaign.CheckReport.Covered;
import dev.vitrine.campaign.CheckReport.Overlap;
import dev.vitrine.campaign.CheckReport.Severity;
import dev.vitrine.campaign.CheckReport.Trouble;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.CatalogWords;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** Tries the live edition on typical visits with and without a campaign, at its start and just before its end. */
@Singleton
final class CampaignCheck {
    /** For the rules, all visits together. A sound rule book needs a small part of it. */
    private static final int SECONDS_MAX = 10;

    private final Campaigns campaigns;
    private final Catalog catalog;
    private final CatalogWords words;
    private final Clock clock;
    private final ShopConfig config;
    /** One at a time: a check costs as much as some hundred decisions, and decisions go first. */
    private final Semaphore turn = new Semaphore(1);

    CampaignCheck(Campaigns campaigns, Catalog catalog, CatalogWords words, Clock clock, ShopConfig config) {
        this.campaigns = campaigns;
        this.catalog = catalog;
        this.words = words;
        this.clock = clock;
        this.config = config;
    }

    /** @throws UnavailableException while another campaign is being checked */
    CheckReport of(PlannedCampaign campaign, Edition edition) {
        if (!turn.tryAcquire()) {
            throw new UnavailableException("Another campaign is being checked; try again", Duration.ofSeconds(1), null);
        }
        try {
            Instant now = clock.instant();
            // a campaign that has ended is checked as if it ran again
            return check(campaign.state(now) == CampaignState.ENDED ? campaign.asPlanned() : campaign, edition, now);
        } finally {
            turn.release();
        }
    }

    private CheckReport check(PlannedCampaign campaign, Edition edition, Instant now) {
        Instant begin = campaign.runs(now) ? now : campaign.since();
        Campaign fact = campaign.fact(begin, 0, true);
        Coverage coverage = new Coverage(catalog.products(), fact, begin, edition.namedSkus());
        List<Candidate> candidates = coverage.sample();
        CampaignFindings findings = new CampaignFindings(campaign.id(), coverage, Groups.coveredBy(fact), candidates);
        List<Trouble> problems = names(coverage);
        if (coverage.sellable() > 0) {
            Cancellation cancellation = Cancellation.after(Duration.ofSeconds(SECONDS_MAX));
            List<TypicalVisit> visits = visits(coverage, candidates);
            tryAt(findings, edition, campaign, begin, visits, candidates, cancellation);
            Instant last = campaign.until().minusSeconds(1);
            if (last.isAfter(begin)) {
                tryAt(findings, edition, campaign, last, visits, candidates, cancellation);
            }
            if (cancellation.isCancelled()) {
                problems.add(new Trouble(
                        Severity.WARNING,
                        Contradiction.CUT_SHORT,
                        null,
                        "The rules took longer than " + SECONDS_MAX + " seconds; not every visit was tried",
                        List.of()));
            }
        }
        problems.addAll(findings.troubles());
        problems.sort(Comparator.comparing(Trouble::severity));
        return new CheckReport(
                edition.number() == 0 ? null : Integer.valueOf(edition.number()),
                findings.tried(),
                problems,
                new Covered(coverage.products(), coverage.sellable()),
                overlaps(campaign, now, coverage));
    }

    private List<Trouble> names(Coverage coverage) {
        List<Trouble> problems = new ArrayList<>();
        if (coverage.sellable() == 0) {
            boolean none = coverage.products() == 0;
            problems.add(new Trouble(
                    Severity.WARNING,
                    none ? Contradiction.COVERS_NOTHING : Contradiction.NOTHING_IN_STOCK,
                    null,
                    none ? "The campaign covers no product" : "Nothing that the campaign covers is in stock",
                    none ? "Name tags, categories or skus that products have; without any it covers all" : null,
                    List.of()));
        }
        List<Coverage.Name> unknown = coverage.unknownNames();
        if (!unknown.isEmpty()) {
            int more = unknown.size() - CheckReport.EXAMPLES_MAX;
            problems.add(new Trouble(
                    Severity.WARNING,
                    Contradiction.NAMES_NOTHING,
                    null,
                    unknown.stream()
                                    .limit(CheckReport.EXAMPLES_MAX)
                                    .map(name ->
                                            words.of(name.kind(), name.word()).sentences())
                                    .collect(Collectors.joining(" "))
                            + (more > 0 ? " The catalog lacks " + more + " more names of the campaign." : ""),
                    List.of()));
        }
        return problems;
    }

    private static List<TypicalVisit> visits(Coverage coverage, List<Candidate> candidates) {
        Candidate covered =
                candidates.stream().filter(coverage::covers).findFirst().orElseThrow();
        Candidate other = candidates.stream()
                .filter(candidate -> !coverage.covers(candidate))
                .findFirst()
                .orElse(covered);
        double dearest = candidates.stream().mapToDouble(Candidate::price).max().orElseThrow();
        return TypicalVisit.of(covered, other, dearest);
    }

    private void tryAt(
            CampaignFindings findings,
            Edition edition,
            PlannedCampaign campaign,
            Instant at,
            List<TypicalVisit> visits,
            List<Candidate> candidates,
            Cancellation cancellation) {
        List<PlannedCampaign> others = campaigns.all().stream()
                .filter(other -> !other.id().equals(campaign.id()) && other.runs(at))
                .sorted(PlannedCampaign.LEADING_FIRST)
                .toList();
        List<PlannedCampaign> all = new ArrayList<>(others);
        all.add(campaign);
        all.sort(PlannedCampaign.LEADING_FIRST);
        Shop shop = config.shopAt(at, catalog.sellable());
        for (TypicalVisit visit : visits) {
            double cart = visit.cart().value();
            FiringResult with =
                    edition.fire(visit.facts(shop, Campaigns.facts(all, at, cart), candidates), at, cancellation);
            FiringResult without =
                    edition.fire(visit.facts(shop, Campaigns.facts(others, at, cart), candidates), at, cancellation);
            if (cancellation.isCancelled()) {
                return;
            }
            findings.add(visit, with, without);
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
                + (leader.since().isBefore(behind.since()) ? "it begins first" : "its id is the first in the alphabet");
    }
}
