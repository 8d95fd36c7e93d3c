package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there again after a kill, and after an orderly stop. */
class DurabilityIT {
    private static final int MANY = 200;
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String DECISION =
            "{\"placement\":\"home-page\",\"visit\":{\"id\":\"v-1\",\"shopper\":\"s-1\"}}";

    @TempDir
    Path folder;

    @Test
    void whatWasAcknowledgedSurvivesAKill() {
        String products = products();
        String events = events();
        String decision;
        try (PackagedVitrine killed = PackagedVitrine.startEmpty(folder)) {
            assertThat(statuses(killed.tell("/products", products))).containsOnly("stored");
            decision = killed.tell("/decisions", DECISION).get("decisionId").asText();
            killed.waitUntil(
                    "the decision is recorded", SOON, () -> killed.metric("vitrine_decisions_unrecorded") == 0);
            assertThat(statuses(killed.tell("/events", events))).containsOnly("accepted");
            killed.kill9();
            ProcessHandle leftBehind = killed.postgres().orElseThrow();

            try (PackagedVitrine again = PackagedVitrine.startEmpty(folder)) {
                assertThat(leftBehind.isAlive()).isFalse();
                assertThat(again.postgres()).isPresent();
                assertThat(statuses(again.tell("/events", events)))
                        .hasSize(MANY)
                        .containsOnly("duplicate");
                for (int i = 0; i < MANY; i++) {
                    assertThat(again.read("/products/p-" + i).get("price").asInt())
                            .isEqualTo(10 + i);
                }
                assertThat(again.read("/decisions/" + decision).get("visit").asText())
                        .isEqualTo("v-1");
            }
        }
    }

    @Test
    void anOrderlyStopKeepsTheDecisionsMadeJustBefore() {
        List<String> made = new ArrayList<>();
        try (PackagedVitrine stopped = PackagedVitrine.startEmpty(folder)) {
            ProcessHandle postgres = stopped.postgres().orElseThrow();
            for (int i = 0; i < MANY; i++) {
                made.add(stopped.tell("/decisions", DECISION).get("decisionId").asText());
            }
            assertThat(stopped.stop()).isZero();
            // whoever adopts the process of a parent that has ended may take a moment to notice that it has ended too
            stopped.waitUntil("the database has ended", SOON, () -> !postgres.isAlive());
            assertThat(stopped.log()).contains("stopped in").doesNotContain(" ERROR ", " WARN ", "\tat ");
        }
        try (PackagedVitrine again = PackagedVitrine.startEmpty(folder)) {
            assertThat(made)
                    .allSatisfy(id -> assertThat(again.get("/decisions/" + id).statusCode())
                            .isEqualTo(200));
        }
    }

    private static String products() {
        return IntStream.range(0, MANY)
                .mapToObj(i ->
                        """
                        {"sku": "p-%d", "kind": "product", "name": "Thing %d", "category": "things", "price": %d,
                         "currency": "EUR", "stock": 5}"""
                                .formatted(i, i, 10 + i))
                .collect(Collectors.joining(",", "{\"products\": [", "]}"));
    }

    private static String events() {
        Instant now = Instant.now();
        return IntStream.range(0, MANY)
                .mapToObj(i ->
                        """
                        {"id": "e-%d", "type": "view", "visit": "v-%d", "shopper": "s-%d", "at": "%s", "sku": "p-%d"}"""
                                .formatted(i, i % 20, i % 20, now, i))
                .collect(Collectors.joining(",", "{\"events\": [", "]}"));
    }

    private static List<String> statuses(JsonNode answer) {
        return answer.get("results").findValuesAsText("status");
    }
}
