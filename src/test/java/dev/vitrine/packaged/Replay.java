package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.packaged.ClickLog.Row;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Plays past visits to a running service as if they happened now: a question for the home page as the visit begins, one for
 * each product page, one for the cart after each thing put into it. A visit keeps the gaps between its events and its last
 * event is now, so that whatever is told from its pace is as it was; only how long the visitor has just paused is not, since
 * all but the last event lie further back than they did when they happened. Its visitor waits for nobody. One that took
 * longer than a visit may be idle is shortened, all its gaps alike: its first events would lie too far back to be of a visit
 * that goes on.
 */
final class Replay {
    static final int LIMIT = 10;

    static final String HOME_PAGE = "home-page";
    static final String PRODUCT_PAGE = "product-page";
    static final String CART = "cart";

    /** A minute less than the service's own limit. */
    private static final Duration LONGEST = Duration.ofMinutes(29);

    /**
     * A place in a visit, and what was shown there.
     *
     * @param placement the place
     * @param sku the product of the page; null where it is none's
     * @param decision the answer
     * @param told its explanation; of the candidates only the first {@link #LIMIT} of the model's own, and those
     *     that are shown
     * @param wholeMicros from sending the request to having read the answer
     */
    record Shown(String placement, String sku, JsonNode decision, JsonNode told, long wholeMicros) {
        String module() {
            return decision.at("/module/type").asText();
        }

        boolean degraded() {
            return decision.has("degraded");
        }

        Stream<JsonNode> items() {
            return StreamSupport.stream(decision.get("items").spliterator(), false);
        }

        /** The first {@link #LIMIT} of the model's own order. */
        List<String> model() {
            return StreamSupport.stream(told.at("/facts/candidates").spliterator(), false)
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
     * @param before the product pages of the visit so far, this one not among them
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
    private int shortened;

    Replay(PackagedVitrine shop) {
        this.shop = shop;
    }

    List<Step> steps() {
        return steps;
    }

    List<Shown> shown() {
        return shown;
    }

    /** How many visits were shortened. */
    int shortened() {
        return shortened;
    }

    void visit(List<Row> visit) {
        Instant now = Instant.now();
        Instant last = visit.get(visit.size() - 1).at();
        Duration length = Duration.between(visit.get(0).at(), last);
        double pace = Math.min(1, (double) LONGEST.toMillis() / Math.max(1, length.toMillis()));
        shortened += pace < 1 ? 1 : 0;
        shown.add(shown(HOME_PAGE, visit.get(0), null));
        List<Shown> pages = new ArrayList<>();
        for (Row row : visit) {
            steps.add(new Step(row, List.copyOf(pages)));
            long ago = (long) (Duration.between(row.at(), last).toMillis() * pace);
            ObjectNode event = event(row, now.minusMillis(ago));
            if (row.view()) {
                Shown page = shown(PRODUCT_PAGE, row, event);
                pages.add(page);
                shown.add(page);
            } else {
                event.put("id", "replayed-" + steps.size());
                ObjectNode batch = JSON.createObjectNode();
                batch.putArray("events").add(event);
                assertThat(shop.tell("/events", batch.toString())
                                .at("/results/0/status")
                                .asText())
                        .isEqualTo("accepted");
                if (row.intoCart()) {
                    shown.add(shown(CART, row, null));
                }
            }
        }
    }

    /** @param event that comes with the question: the view of the page; null where none does */
    private Shown shown(String placement, Row row, ObjectNode event) {
        String sku = placement.equals(PRODUCT_PAGE) ? row.sku() : null;
        ObjectNode request = JSON.createObjectNode();
        request.put("placement", placement).put("limit", LIMIT);
        ObjectNode visit = request.putObject("visit");
        visit.put("id", row.visit()).put("shopper", row.shopper());
        if (event != null) {
            visit.putObject("page").put("type", "product").put("sku", sku);
            visit.putArray("events").add(event);
        }
        String body = request.toString();
        long begun = System.nanoTime();
        HttpResponse<String> answer = shop.post("/decisions", body);
        long micros = (System.nanoTime() - begun) / 1000;
        JsonNode decision = PackagedVitrine.json(answer);
        JsonNode told = shop.read("/decisions/" + decision.get("decisionId").asText());
        return new Shown(placement, sku, decision, shortened(told, decision), micros);
    }

    /** Thousands of explanations with a hundred candidates each would fill the memory. */
    private static JsonNode shortened(JsonNode told, JsonNode decision) {
        Set<String> shown = Set.copyOf(decision.get("items").findValuesAsText("sku"));
        ObjectNode facts = (ObjectNode) told.get("facts");
        ArrayNode first = JSON.createArrayNode();
        StreamSupport.stream(facts.get("candidates").spliterator(), false)
                .filter(candidate -> !candidate.path("extra").asBoolean())
                .filter(candidate -> first.size() < LIMIT
                        || shown.contains(candidate.get("sku").asText()))
                .forEach(first::add);
        facts.set("candidates", first);
        return told;
    }

    private static ObjectNode event(Row row, Instant at) {
        ObjectNode event = JSON.createObjectNode();
        event.put("type", row.intoCart() ? "add-to-cart" : row.type());
        event.put("visit", row.visit()).put("shopper", row.shopper());
        event.put("at", at.toString()).put("sku", row.sku());
        event.put("price", row.price()).put("sale", row.sale());
        return event;
    }
}
