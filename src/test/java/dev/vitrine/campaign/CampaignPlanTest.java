package dev.vitrine.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CampaignPlanTest {
    private static final String END = "2027-01-01T00:00:00Z";

    @ParameterizedTest
    @CsvSource({
        "2026-03-29T01:59:59, 2026-03-29T00:59:59Z, the last second before clocks go ahead",
        "2026-03-29T02:00:00, 2026-03-29T01:00:00Z, skipped: an hour ahead",
        "2026-03-29T02:30, 2026-03-29T01:30:00Z, skipped: an hour ahead",
        "2026-03-29T03:00:00, 2026-03-29T01:00:00Z, the first after",
        "2026-10-25T01:59:59, 2026-10-24T23:59:59Z, before clocks go back",
        "2026-10-25T02:30:00, 2026-10-25T00:30:00Z, comes twice: the first",
        "2026-10-25T03:00:00, 2026-10-25T02:00:00Z, after both",
        "2026-10-25T02:30:00+01:00, 2026-10-25T01:30:00Z, the second by its offset",
        "2026-10-25T02:30:00.123456789, 2026-10-25T00:30:00.123456Z, as finely as the database stores it"
    })
    void aLocalTimeIsReadInItsZoneAcrossChangesOfClocks(String startsAt, Instant expected, String what) {
        PlannedCampaign campaign = Plans.season("c", startsAt, END, "");
        assertThat(campaign.startsAt()).as(what).isEqualTo(expected);
        assertThat(campaign.zone()).isEqualTo(Plans.BERLIN);
    }

    @Test
    void withoutAZoneTheShopsZoneCounts() {
        CampaignPlan plan = Plans.read(
                """
                {"name": "a", "theme": "season", "startsAt": "2026-06-01T00:00:00", "endsAt": "2026-06-02T00:00:00+02:00"}""");
        PlannedCampaign campaign = plan.campaign("a", ZoneId.of("Asia/Tokyo"));
        assertThat(campaign.startsAt()).isEqualTo(Instant.parse("2026-05-31T15:00:00Z"));
        assertThat(campaign.endsAt()).isEqualTo(Instant.parse("2026-06-01T22:00:00Z"));
        assertThat(CampaignView.of(campaign, Instant.EPOCH).startsAt()).hasToString("2026-06-01T00:00+09:00");
    }

    @Test
    void itsTimesAreShownInItsZone() {
        CampaignView view = CampaignView.of(
                Plans.season("c", "2026-03-28T00:00:00", "2026-03-30T00:00:00", ""),
                Instant.parse("2026-03-28T12:00:00Z"));
        assertThat(view.startsAt()).hasToString("2026-03-28T00:00+01:00");
        assertThat(view.endsAt()).hasToString("2026-03-30T00:00+02:00");
        assertThat(view.zone()).isEqualTo("Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource({
        "Winter Sale!, winter-sale",
        "Schöne Füße, schone-fusse",
        "  --20 % auf   alles--, 20-auf-alles",
        "瑜伽, campaign"
    })
    void theSlugIsMadeFromTheName(String name, String slug) {
        assertThat(Plans.read("{\"name\": \"" + name + "\"}").slug()).isEqualTo(slug);
    }
}
