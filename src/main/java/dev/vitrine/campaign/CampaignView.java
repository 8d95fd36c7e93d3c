package dev.vitrine.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.problem.FieldWarning;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Campaign", description = "A campaign and its present state; all times are in its zone")
record CampaignView(
        String id,
        String name,
        Theme theme,
        Mode mode,
        int priority,
        @Schema(description = "Only for the theme spend-and-save") Double threshold,
        @Schema(description = "What shoppers get, in the shop's words; absent if it does not say") String benefit,
        SortedSet<String> tags,
        SortedSet<String> categories,
        SortedSet<String> skus,
        OffsetDateTime startsAt,
        OffsetDateTime endsAt,
        String zone,
        CampaignState state,
        @Schema(description = "When it starts or started: its start, or when it was activated; absent if it never runs")
                OffsetDateTime since,
        @Schema(description = "When it ends or ended: its end, or when it was ended by hand") OffsetDateTime until,
        @Schema(description = "After a change: why it stays ended; absent where it does not") String note,
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
                @Schema(
                        maxItems = CampaignSpelling.WARNINGS_MAX,
                        description =
                                "After planning and after a change: its tags, categories and skus that no product has; absent"
                                        + " where there are none")
                List<FieldWarning> warnings) {
    static CampaignView of(PlannedCampaign campaign, Instant now) {
        return of(campaign, now, null, List.of());
    }

    static CampaignView planned(PlannedCampaign campaign, Instant now, List<FieldWarning> warnings) {
        return of(campaign, now, null, warnings);
    }

    static CampaignView changed(PlannedCampaign campaign, Instant now, List<FieldWarning> warnings) {
        return of(campaign, now, campaign.whyEnded(now), warnings);
    }

    private static CampaignView of(PlannedCampaign campaign, Instant now, String note, List<FieldWarning> warnings) {
        return new CampaignView(
                campaign.id(),
                campaign.name(),
                campaign.theme(),
                campaign.mode(),
                campaign.priority(),
                campaign.theme() == Theme.SPEND_AND_SAVE ? campaign.threshold() : null,
                campaign.benefit().isEmpty() ? null : campaign.benefit(),
                new TreeSet<>(campaign.tags()),
                new TreeSet<>(campaign.categories()),
                new TreeSet<>(campaign.skus()),
                local(campaign, campaign.startsAt()),
                local(campaign, campaign.endsAt()),
                campaign.zone().getId(),
                campaign.state(now),
                campaign.everRuns() ? local(campaign, campaign.since()) : null,
                local(campaign, campaign.until()),
                note,
                warnings);
    }

    private static OffsetDateTime local(PlannedCampaign campaign, Instant at) {
        return at.atZone(campaign.zone()).toOffsetDateTime();
    }

    /** The answer to {@code GET /campaigns}: running ones, the leading one first; then planned, then ended ones. */
    @Schema(
            name = "Campaigns",
            description =
                    "Running campaigns, the leading one first; then planned ones, the next first; then ended ones, the"
                            + " latest first")
    record Page(List<CampaignView> campaigns, int total) {}
}
