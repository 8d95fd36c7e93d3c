package dev.vitrine.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Brings batches to the service, one at a time and in the file's order. A batch that may have arrived is sent again without
 * harm: products are overwritten with themselves, and an event that comes twice counts once.
 */
final class Delivery {
    /** With waits that double from 250 ms to 8 s: some 24 s in all, longer than a restart takes. */
    static final int ATTEMPTS_MAX = 8;

    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration WAIT_MAX = Duration.ofSeconds(8);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    /** Waits; a test waits for nothing. */
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;
    private final Pause pause;
    private final Consumer<String> notice;

    Delivery(URI service, Target target, Pause pause, Consumer<String> notice) {
        if (service.getHost() == null || !String.valueOf(service.getScheme()).matches("https?")) {
            throw new ImportFailure("--to " + service + " is not an address such as http://localhost:8080");
        }
        this.address = URI.create(service.toString().replaceFirst("/+$", "") + "/" + target.plural());
        this.pause = pause;
        this.notice = notice;
    }

    /** Sends the batch; the service's result for each row, in their order. */
    JsonNode send(Batch batch) {
        HttpResponse<byte[]> response = answered(HttpRequest.newBuilder(address)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(batch.body()))
                .build());
        JsonNode answer = json(response.body());
        if (response.statusCode() / 100 != 2) {
            throw new ImportFailure(address + " refused the rows of lines "
                    + batch.lines().get(0) + " to "
                    + batch.lines().get(batch.lines().size() - 1) + " with status " + response.statusCode()
                    + (answer.hasNonNull("field") ? ": " + answer.get("field").asText() : "")
                    + (answer.hasNonNull("detail") ? ": " + answer.get("detail").asText() : ""));
        }
        JsonNode results = answer.path("results");
        if (results.size() != batch.lines().size()) {
            throw new ImportFailure(address + " answered " + results.size() + " results for "
                    + batch.lines().size() + " rows; is it Vitrine?");
        }
        return results;
    }

    private HttpResponse<byte[]> answered(HttpRequest request) {
        Duration wait = FIRST_WAIT;
        for (int attempt = 1; ; attempt++) {
            String trouble;
            Duration asked = Duration.ZERO;
            try {
                HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() != 503 && response.statusCode() != 429) {
                    return response;
                }
                trouble = "is busy (status " + response.statusCode() + ")";
                asked = retryAfter(response);
            } catch (IOException e) {
                trouble = "cannot be reached" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
            } catch (InterruptedException e) {
                throw interrupted();
            }
            if (attempt == ATTEMPTS_MAX) {
                throw new ImportFailure(address + " " + trouble + ", after " + ATTEMPTS_MAX + " attempts");
            }
            Duration next = asked.compareTo(wait) > 0 ? asked : wait;
            notice.accept(address + " " + trouble + "; trying again in " + next.toMillis() + " ms");
            pauseFor(next);
            wait = shorter(wait.multipliedBy(2), WAIT_MAX);
        }
    }

    private void pauseFor(Duration length) {
        try {
            pause.of(length);
        } catch (InterruptedException e) {
            throw interrupted();
        }
    }

    private static ImportFailure interrupted() {
        Thread.currentThread().interrupt();
        return new ImportFailure("interrupted");
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,4}"))
                .map(seconds -> shorter(Duration.ofSeconds(Long.parseLong(seconds)), WAIT_MAX))
                .orElse(Duration.ZERO);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** The body as JSON; anything else (a proxy's page) counts as an empty object. */
    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
            return json.isObject() ? json : Json.MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
