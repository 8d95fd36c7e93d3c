package dev.vitrine.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A campaign as {@code GET /campaigns/{id}} shows it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Campaign", description = "A campaign, and where it stands now; all times in its zone")
record CampaignView(
        String id,
        String name,
        Theme theme,
        Mode mode,
        int priority,
        @Schema(description = "Absent for every theme but spend-and-save") Double threshold,
        SortedSet<String> tags,
        SortedSet<String> categories,
        SortedSet<String> skus,
        OffsetDateTime startsAt,
        OffsetDateTime endsAt,
        String zone,
        CampaignState state,
        @Schema(description = "When it goes or went live: its start, or when it was activated; absent if it never ran")
                OffsetDateTime since,
        @Schema(description = "When it is or was over: its end, or when it was ended by hand") OffsetDateTime until) {
    static CampaignView of(PlannedCampaign campaign, Instant now) {
        return new CampaignView(
                campaign.id(),
                campaign.name(),
                campaign.theme(),
                campaign.mode(),
                campaign.priority(),
                campaign.theme() == Theme.SPEND_AND_SAVE ? campaign.threshold() : null,
                new TreeSet<>(campaign.tags()),
                new TreeSet<>(campaign.categories()),
                new TreeSet<>(campaign.skus()),
                there(campaign, campaign.startsAt()),
                there(campaign, campaign.endsAt()),
                campaign.zone().getId(),
                campaign.state(now),
                campaign.everRuns() ? there(campaign, campaign.since()) : null,
                there(campaign, campaign.until()));
    }

    private static OffsetDateTime there(PlannedCampaign campaign, Instant at) {
        return at.atZone(campaign.zone()).toOffsetDateTime();
    }

    /**
     * What {@code GET /campaigns} answers.
     *
     * @param campaigns those that run, the leading one first; those planned, the next first; those ended, the last first
     * @param total how many there are in all, of the state that was asked for
     */
    @Schema(
            name = "Campaigns",
            description = "Those that run, the leading one first; then those planned, the next first; then those ended,"
                    + " the last first")
    record Page(List<CampaignView> campaigns, int total) {}
}
