package dev.vitrine.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import java.time.ZoneId;

/** Campaigns for the tests. */
final class Plans {
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private Plans() {}

    static CampaignPlan read(String json) {
        try {
            return Json.MAPPER.readValue(json, CampaignPlan.class);
        } catch (JsonProcessingException e) {
            throw Json.problem(e, null);
        }
    }

    /** A season between these times in Berlin; {@code more} is empty, or further fields after a comma. */
    static PlannedCampaign season(String id, String startsAt, String endsAt, String more) {
        return read("""
                        {"name": "%s", "theme": "season", "startsAt": "%s", "endsAt": "%s", "zone": "Europe/Berlin"%s}"""
                        .formatted(id, startsAt, endsAt, more))
                .campaign(id, ZoneId.of("UTC"));
    }
}
