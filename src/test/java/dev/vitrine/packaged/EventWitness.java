package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends events in batches, of one shopper until the service dies: ten views and an order each. */
final class EventWitness extends Witness {
    private static final int VIEWS = 10;
    private static final int PRICE = 7;
    private static final Duration SOON = Duration.ofSeconds(30);

    private final List<String> accepted = new ArrayList<>();
    private String inFlight;
    private int shoppers;
    private int count;

    EventWitness() {
        super("batches of events", 0);
    }

    @Override
    boolean hasInFlight() {
        return inFlight != null;
    }

    @Override
    void write(PackagedVitrine service) {
        inFlight = batch();
        assertThat(statuses(service, inFlight)).hasSize(VIEWS + 1).containsOnly("accepted");
        accepted.add(inFlight);
        inFlight = null;
    }

    private String shopper() {
        return "crash-" + shoppers;
    }

    private String batch() {
        count++;
        Instant now = Instant.now();
        String views = IntStream.range(0, VIEWS)
                .mapToObj(i -> event("e-" + count + "-" + i, "view", now, ""))
                .collect(Collectors.joining(","));
        String order = ", \"price\": " + PRICE + ", \"quantity\": 1, \"order\": \"o-" + count + "\"";
        return "{\"events\": [" + views + "," + event("e-" + count, "purchase", now, order) + "]}";
    }

    private String event(String id, String type, Instant at, String more) {
        return """
                {"id": "%s", "type": "%s", "visit": "%s", "shopper": "%s", "sku": "crash-1", "at": "%s"%s}"""
                .formatted(id, type, shopper(), shopper(), at, more);
    }

    private static List<String> statuses(PackagedVitrine service, String batch) {
        return service.tell("/events", batch).get("results").findValuesAsText("status");
    }

    @Override
    void verify(PackagedVitrine service) {
        for (String batch : accepted) {
            assertThat(statuses(service, batch)).as("sent again").containsOnly("duplicate");
        }
        if (inFlight != null) {
            assertThat(statuses(service, inFlight)).containsAnyOf("accepted", "duplicate");
            assertThat(statuses(service, inFlight)).as("sent again").containsOnly("duplicate");
            accepted.add(inFlight);
            inFlight = null;
        }
        // what waited on the disk is stored soon after the start
        service.waitUntil("all events are stored", SOON, () -> events(service).size() >= accepted.size() * (VIEWS + 1));
        JsonNode shopper = service.read("/shoppers/" + shopper());
        assertThat(shopper.get("events").findValuesAsText("id"))
                .doesNotHaveDuplicates()
                .hasSize(accepted.size() * (VIEWS + 1));
        assertThat(shopper.at("/history/orders").asInt()).as("orders").isEqualTo(accepted.size());
        assertThat(shopper.at("/history/spent").asInt()).as("spent").isEqualTo(accepted.size() * PRICE);
        accepted.clear();
        shoppers++;
    }

    private JsonNode events(PackagedVitrine service) {
        return service.read("/shoppers/" + shopper()).get("events");
    }
}
