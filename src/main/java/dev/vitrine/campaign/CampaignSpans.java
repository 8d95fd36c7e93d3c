package dev.vitrine.campaign;

import dev.vitrine.merchandising.Mode;
import dev.vitrine.rulebook.schedule.CampaignDays;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Tells the calendar of the rule book which campaigns run when. */
@Singleton
final class CampaignSpans implements CampaignDays {
    private final Campaigns campaigns;

    CampaignSpans(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    @Override
    public List<Span> between(Instant from, Instant until) {
        return campaigns.all().stream()
                .filter(campaign -> campaign.everRuns()
                        && campaign.since().isBefore(until)
                        && campaign.until().isAfter(from))
                .sorted(Comparator.comparing(PlannedCampaign::since).thenComparing(PlannedCampaign::id))
                .map(campaign -> new Span(
                        campaign.id(),
                        campaign.name(),
                        campaign.mode() == Mode.PROMO,
                        campaign.since(),
                        campaign.until()))
                .toList();
    }
}
