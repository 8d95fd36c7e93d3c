package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.packaged.ClickLog.Row;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Plays past visits to a running service as if they happened now. A visit keeps the gaps between its events and its last
 * event is now, so that whatever is told from its pace is as it was; its visitor waits for nobody.
 */
final class Replay {
    static final int LIMIT = 10;

    /**
     * A page of a visit, and what was shown on it.
     *
     * @param sku the product of the page
     * @param decision the answer
     * @param told its explanation
     * @param wholeMicros from sending the request to having read the answer
     */
    record Shown(String sku, JsonNode decision, JsonNode told, long wholeMicros) {
        String module() {
            return decision.at("/module/type").asText();
        }

        Stream<JsonNode> items() {
            return StreamSupport.stream(decision.get("items").spliterator(), false);
        }

        /** The first {@link #LIMIT} of the model's own order. */
        List<String> model() {
            return StreamSupport.stream(told.at("/facts/candidates").spliterator(), false)
                    .filter(candidate -> !candidate.path("extra").asBoolean())
                    .limit(LIMIT)
                    .map(candidate -> candidate.get("sku").asText())
                    .toList();
        }

        List<String> skus() {
            return items().map(item -> item.get("sku").asText()).toList();
        }
    }

    /**
     * What a visitor did, and what had been shown before.
     *
     * @param row what was done
     * @param before the pages of the visit so far, this one not among them
     */
    record Step(Row row, List<Shown> before) {
        /** The list shown just before; null on the first page. */
        Shown justBefore() {
            return before.isEmpty() ? null : before.get(before.size() - 1);
        }

        /** The last list shown on the page of another product: the one that could have led to this one. */
        Shown leadingHere() {
            return before.stream()
                    .filter(shown -> !shown.sku().equals(row.sku()))
                    .reduce((earlier, later) -> later)
                    .orElse(null);
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final PackagedVitrine shop;
    private final List<Step> steps = new ArrayList<>();
    private final List<Shown> shown = new ArrayList<>();

    Replay(PackagedVitrine shop) {
        this.shop = shop;
    }

    List<Step> steps() {
        return steps;
    }

    List<Shown> shown() {
        return shown;
    }

    void visit(List<Row> visit) {
        Duration later = Duration.between(visit.get(visit.size() - 1).at(), Instant.now());
        List<Shown> pages = new ArrayList<>();
        for (Row row : visit) {
            steps.add(new Step(row, List.copyOf(pages)));
            ObjectNode event = event(row, row.at().plus(later));
            if (row.view()) {
                pages.add(page(row, event));
            } else {
                event.put("id", "replayed-" + steps.size());
                ObjectNode batch = JSON.createObjectNode();
                batch.putArray("events").add(event);
                assertThat(shop.tell("/events", batch.toString())
                                .at("/results/0/status")
                                .asText())
                        .isEqualTo("accepted");
            }
        }
        shown.addAll(pages);
    }

    private Shown page(Row row, ObjectNode event) {
        ObjectNode request = JSON.createObjectNode();
        request.put("placement", "product-page").put("limit", LIMIT);
        ObjectNode visit = request.putObject("visit");
        visit.put("id", row.visit()).put("shopper", row.shopper());
        visit.putObject("page").put("type", "product").put("sku", row.sku());
        visit.putArray("events").add(event);
        String body = request.toString();
        long begun = System.nanoTime();
        HttpResponse<String> answer = shop.post("/decisions", body);
        long micros = (System.nanoTime() - begun) / 1000;
        JsonNode decision = PackagedVitrine.json(answer);
        JsonNode told = shop.read("/decisions/" + decision.get("decisionId").asText());
        return new Shown(row.sku(), decision, told, micros);
    }

    private static ObjectNode event(Row row, Instant at) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", row.type().equals("cart") ? "add-to-cart" : row.type());
        event.put("visit", row.visit()).put("shopper", row.shopper());
        event.put("at", at.toString()).put("sku", row.sku());
        event.put("price", Double.parseDouble(row.price()));
        return event;
    }
}
