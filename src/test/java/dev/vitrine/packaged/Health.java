package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What {@code GET /q/health} says: its checks by name. */
record Health(Map<String, JsonNode> checks) {
    static Health of(PackagedVitrine service) {
        Map<String, JsonNode> checks = new TreeMap<>();
        HttpResponse<String> answer = service.get("/q/health");
        JsonNode said = PackagedVitrine.json(answer.body()).path("checks");
        assertThat(said).as(answer.body()).isNotEmpty();
        said.forEach(check -> checks.put(check.get("name").asText(), check));
        return new Health(checks);
    }

    static boolean isReady(PackagedVitrine service) {
        return service.get("/q/health/ready").statusCode() == 200;
    }

    /** A check with its data. */
    JsonNode check(String name) {
        return Optional.ofNullable(checks.get(name)).orElseThrow(() -> new AssertionError(checks.toString()));
    }

    /** The checks that fail. */
    Set<String> down() {
        Set<String> down = new TreeSet<>();
        checks.forEach((name, check) -> {
            if (!check.get("status").asText().equals("UP")) {
                down.add(name);
            }
        });
        return down;
    }
}
