package dev.vitrine.decision;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Decisions are answered even when something fails. */
@QuarkusTest
@WithTestResource(FragileShop.class)
class ResilienceTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TestHTTPResource
    URI service;

    @Inject
    StoredDecisions storedDecisions;

    Consumer<Boolean> databaseUp;

    private HttpResponse<String> get(String path) throws Exception {
        return CLIENT.send(
                HttpRequest.newBuilder(service.resolve(path))
                        .header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private JsonNode decide(String placement, String candidates) throws Exception {
        String request =
                """
                {"placement": "%s", "visit": {"id": "v", "events": [{"type": "view", "sku": "seen"}]},
                 "cart": {"items": [{"sku": "in-cart"}]}, "candidates": [%s]}"""
                        .formatted(placement, candidates);
        HttpResponse<String> answer = CLIENT.send(
                HttpRequest.newBuilder(service.resolve("decisions"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(request))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static String candidate(String sku, double score, double price) {
        return "{\"sku\": \"%s\", \"score\": %s, \"price\": %s}".formatted(sku, score, price);
    }

    /** So many that pairing them takes far longer than the budget. The second is in the cart, the third is sold out. */
    private static String crowd() {
        return IntStream.rangeClosed(1, 400)
                .mapToObj(i -> switch (i) {
                    case 2 -> candidate("in-cart", 1000 - i, i);
                    case 3 -> candidate("sold-out", 1000 - i, i).replace("}", ", \"stock\": 0}");
                    default -> candidate("c" + i, 1000 - i, i);
                })
                .collect(Collectors.joining(","));
    }

    private static List<String> skus(JsonNode answer) {
        return answer.get("items").findValuesAsText("sku");
    }

    @Test
    void aRuleThatThrowsIsLeftOutAndNamedAndTheOthersDecide() throws Exception {
        String sound = candidate("in-cart", 9, 20) + "," + candidate("a", 3, 2) + "," + candidate("b", 2, 8);
        assertThat(skus(decide("search-page", sound))).containsExactly("b", "a");
        JsonNode answer = decide("search-page", sound + "," + candidate("cheap", 1, 0.5));
        assertThat(skus(answer)).containsExactly("a", "b", "cheap");
        assertThat(answer.at("/degraded/cause").textValue()).isEqualTo("rule-failed");
        assertThat(answer.at("/degraded/rules/0").textValue()).isEqualTo(FragileShop.BREAKS);
        assertThat(answer.at("/degraded/detail").textValue()).contains("a boost is 1 to 100, not 0.5");
        assertThat(answer.at("/module/type").textValue()).isEqualTo("ranking");
        assertThat(skus(decide("search-page", sound))).containsExactly("b", "a");
    }

    @Test
    void beyondTheTimeBudgetTheAnswerIsTheModelsOrder() throws Exception {
        for (int i = 0; i < 20; i++) {
            JsonNode answer = decide("cart", crowd());
            assertThat(answer.at("/degraded/cause").textValue()).isEqualTo("time-budget");
            assertThat(answer.at("/degraded/detail").textValue()).contains("30 ms");
            assertThat(skus(answer)).hasSize(10).startsWith("c1", "c4", "c5");
            assertThat(answer.at("/items/0/reasons/0/rule").textValue()).isEqualTo("model");
        }
        JsonNode degraded = Json.MAPPER
                .readTree(get("insights/shares?placement=cart&by=day").body())
                .at("/degraded/0");
        assertThat(degraded.get("lists").longValue()).isGreaterThanOrEqualTo(20);
        assertThat(degraded.get("places").longValue())
                .isEqualTo(10 * degraded.get("lists").longValue());
        // the slow ones are cancelled, so their threads are free for others
        JsonNode answer = decide("home-page", candidate("a", 1, 1));
        assertThat(answer.has("degraded")).isFalse();
        assertThat(skus(answer)).containsExactly("a");
    }

    @Test
    void whatRulesHidBeforeStaysHiddenWhenTheyRunOutOfTime() throws Exception {
        String few = candidate("gone", 9, 1).replace("}", ", \"stock\": 0}") + "," + candidate("c1", 8, 1);
        assertThat(skus(decide("cart", few))).containsExactly("c1");
        // another placement of the same page says nothing of it
        assertThat(skus(decide("home-page", candidate("c1", 8, 1)))).containsExactly("c1");
        JsonNode answer = decide("cart", crowd().replace("\"c4\"", "\"gone\""));
        assertThat(answer.at("/degraded/cause").textValue()).isEqualTo("time-budget");
        assertThat(skus(answer)).hasSize(10).startsWith("c1", "c5", "c6");
    }

    @Test
    void decisionsMadeWithTheDatabaseAwayAreRecordedWhenItIsBack() throws Exception {
        List<String> made = new ArrayList<>();
        String before =
                decide("home-page", candidate("a", 1, 1)).get("decisionId").textValue();
        storedDecisions.await(before);
        databaseUp.accept(false);
        try {
            for (int i = 0; i < 50; i++) {
                long begun = System.nanoTime();
                JsonNode answer = decide("home-page", candidate("a", 1, 1));
                assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
                assertThat(answer.has("degraded")).isFalse();
                assertThat(skus(answer)).containsExactly("a");
                made.add(answer.get("decisionId").textValue());
            }
            assertThat(get("decisions/" + made.get(0)).statusCode()).isEqualTo(200);
            HttpResponse<String> stored = get("decisions/" + before);
            assertThat(stored.statusCode()).isEqualTo(503);
            assertThat(stored.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(stored.headers().firstValue("Retry-After")).contains("5");
        } finally {
            databaseUp.accept(true);
        }
        storedDecisions.await(made);
        assertThat(get("decisions/" + made.get(49)).statusCode()).isEqualTo(200);
    }
}
