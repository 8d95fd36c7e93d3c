package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans campaigns, each by a call with a key of its own; after a look at them it ends them, as few may be planned at once. */
final class CampaignWitness extends Witness {
    private static final long PAUSE_MILLIS = 20;

    /** Ids by name. */
    private final Map<String, String> planned = new LinkedHashMap<>();

    private final List<String> ended = new ArrayList<>();
    private String inFlight;
    private int count;

    CampaignWitness() {
        super("campaigns", PAUSE_MILLIS);
    }

    @Override
    boolean hasInFlight() {
        return inFlight != null;
    }

    @Override
    void write(PackagedVitrine service) {
        count++;
        inFlight = "Crash " + count;
        acknowledge(plan(service, inFlight));
    }

    private void acknowledge(JsonNode answer) {
        planned.put(inFlight, answer.get("id").asText());
        inFlight = null;
    }

    private static JsonNode plan(PackagedVitrine service, String name) {
        String campaign = "{\"name\": \"" + name + "\", \"theme\": \"season\","
                + " \"startsAt\": \"2099-01-01T00:00:00\", \"endsAt\": \"2099-02-01T00:00:00\"}";
        return PackagedVitrine.json(service.call(
                "POST",
                PackagedVitrine.OPERATOR_KEY,
                "/campaigns",
                campaign,
                "Idempotency-Key",
                name.replace(' ', '-')));
    }

    @Override
    void verify(PackagedVitrine service) {
        for (String id : ended) {
            assertThat(state(service, id)).as("state of " + id).isEqualTo("ended");
        }
        assertThat(total(service))
                .as("planned campaigns")
                .isBetween(planned.size(), planned.size() + (hasInFlight() ? 1 : 0));
        if (inFlight != null) {
            acknowledge(plan(service, inFlight));
        }
        planned.forEach((name, id) -> {
            assertThat(service.read("/campaigns/" + id).get("name").asText()).isEqualTo(name);
            assertThat(plan(service, name).get("id").asText())
                    .as("the repeated plan")
                    .isEqualTo(id);
        });
        assertThat(total(service))
                .as("planned campaigns, after all were planned again")
                .isEqualTo(planned.size());
        ended.clear();
        for (String id : planned.values()) {
            service.tell("/campaigns/" + id + "/end", "");
            ended.add(id);
        }
        planned.clear();
    }

    private static String state(PackagedVitrine service, String id) {
        return service.read("/campaigns/" + id).get("state").asText();
    }

    private static int total(PackagedVitrine service) {
        return service.read("/campaigns?state=planned").get("total").asInt();
    }
}
