package dev.vitrine.campaign;

import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code campaign}. */
@Entity
@Table(name = "campaign")
class CampaignEntity {
    @Id
    String id;

    String name;

    @Enumerated(EnumType.STRING)
    Theme theme;

    @Enumerated(EnumType.STRING)
    Mode mode;

    int priority;
    double threshold;

    @JdbcTypeCode(SqlTypes.JSON)
    Set<String> tags;

    @JdbcTypeCode(SqlTypes.JSON)
    Set<String> categories;

    @JdbcTypeCode(SqlTypes.JSON)
    Set<String> skus;

    Instant startsAt;
    Instant endsAt;
    ZoneId zone;
    Instant activatedAt;
    Instant endedAt;
    String benefit;

    /** By the clock of the database. It only ever grows, and is the version of the campaign. */
    Instant updatedAt;

    static CampaignEntity of(PlannedCampaign campaign) {
        CampaignEntity row = new CampaignEntity();
        row.id = campaign.id();
        row.set(campaign);
        return row;
    }

    void set(PlannedCampaign campaign) {
        name = campaign.name();
        theme = campaign.theme();
        mode = campaign.mode();
        priority = campaign.priority();
        threshold = campaign.threshold();
        tags = campaign.tags();
        categories = campaign.categories();
        skus = campaign.skus();
        startsAt = campaign.startsAt();
        endsAt = campaign.endsAt();
        zone = campaign.zone();
        activatedAt = campaign.activatedAt();
        endedAt = campaign.endedAt();
        benefit = campaign.benefit();
    }

    PlannedCampaign campaign() {
        return new PlannedCampaign(
                id,
                name,
                theme,
                mode,
                priority,
                threshold,
                tags,
                categories,
                skus,
                startsAt,
                endsAt,
                zone,
                activatedAt,
                endedAt,
                benefit);
    }
}
