package dev.vitrine.campaign;

import dev.vitrine.storage.ExpiringRows;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;

/** Campaigns that ended long ago are deleted, from the memory of each instance too. */
@Singleton
final class EndedCampaigns implements ExpiringRows {
    private final CampaignRepository repository;
    private final Campaigns campaigns;
    private final CampaignConfig config;

    EndedCampaigns(CampaignRepository repository, Campaigns campaigns, CampaignConfig config) {
        this.repository = repository;
        this.campaigns = campaigns;
        this.config = config;
    }

    @Override
    public String what() {
        return "campaigns";
    }

    @Override
    public Duration keep() {
        return config.keep();
    }

    @Override
    public int deleteBefore(Instant oldest, int most) {
        int deleted = repository.deleteEndedBefore(oldest, most);
        campaigns.removeEndedBefore(oldest);
        return deleted;
    }
}
