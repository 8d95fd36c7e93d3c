package dev.vitrine.campaign;

import dev.vitrine.rulebook.assist.KnownCampaigns;
import dev.vitrine.rulebook.assist.ShopValues.CampaignValue;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The campaigns as rules can name them. */
@Singleton
final class KnownCampaignValues implements KnownCampaigns {
    private static final Comparator<PlannedCampaign> LATEST_FIRST =
            Comparator.comparing(PlannedCampaign::endsAt).reversed().thenComparing(PlannedCampaign::id);

    private final Campaigns campaigns;
    private final Clock clock;

    KnownCampaignValues(Campaigns campaigns, Clock clock) {
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @Override
    public List<CampaignValue> campaigns() {
        Instant now = clock.instant();
        return campaigns.all().stream()
                .sorted(Comparator.comparing((PlannedCampaign one) -> one.state(now) == CampaignState.ENDED)
                        .thenComparing(LATEST_FIRST))
                .map(one -> new CampaignValue(
                        one.id(),
                        one.name(),
                        one.state(now).name().toLowerCase(Locale.ROOT),
                        OffsetDateTime.ofInstant(one.since(), one.zone()),
                        OffsetDateTime.ofInstant(one.until(), one.zone())))
                .toList();
    }
}
