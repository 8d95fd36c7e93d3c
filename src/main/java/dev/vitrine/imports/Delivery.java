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
 * Sends batches to the service, one at a time and in the file's order. It may send a batch again that has arrived: products
 * are overwritten with themselves, and an event that comes twice counts once.
 */
final class Delivery {
    /** With waits that double from 250 ms to 8 s: about 24 s in all, longer than a restart takes. */
    static final int ATTEMPTS_MAX = 8;

    private static final int UNAUTHORIZED = 401;
    private static final int UNPROCESSABLE = 422;
    private static final Duration FIRST_WAIT = Duration.ofMillis(250);
    private static final Duration WAIT_MAX = Duration.ofSeconds(8);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    /** Waits; a test does not. */
    interface Pause {
        void of(Duration length) throws InterruptedException;
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI address;
    private final String key;
    private final Pause pause;
    private final Consumer<String> notice;

    Delivery(URI service, String key, Target target, Pause pause, Consumer<String> notice) {
        if (service.getHost() == null || !String.valueOf(service.getScheme()).matches("https?")) {
            throw new ImportFailure("--to " + service + " is not an address such as http://localhost:8080");
        }
        this.address = URI.create(service.toString().replaceFirst("/+$", "") + "/" + target.plural());
        this.key = key;
        this.pause = pause;
        this.notice = notice;
    }

    /** Sends the batch. Returns the service's result for each row, in the order of the rows. */
    JsonNode send(Batch batch) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(batch.body()));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        HttpResponse<byte[]> response = answered(request.build());
        JsonNode answer = json(response.body());
        // where every row is refused, the results say why
        boolean refused =
                response.statusCode() == UNPROCESSABLE && answer.path("results").isArray();
        if (response.statusCode() / 100 != 2 && !refused) {
            throw new ImportFailure(address + " refused the rows of lines "
                    + batch.lines().get(0) + " to "
                    + batch.lines().get(batch.lines().size() - 1) + " with status " + response.statusCode()
                    + (answer.hasNonNull("field") ? ": " + answer.get("field").asText() : "")
                    + (answer.hasNonNull("detail") ? ": " + answer.get("detail").asText() : "")
                    + (response.statusCode() == UNAUTHORIZED ? ". VITRINE_KEY or --key-file gives it" : ""));
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
            String problem;
            Duration requested = Duration.ZERO;
            try {
                HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
                if (response.statusCode() != 503 && response.statusCode() != 429) {
                    return response;
                }
                problem = "is busy (status " + response.statusCode() + ")";
                requested = retryAfter(response);
            } catch (IOException e) {
                problem = "cannot be reached" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")");
            } catch (InterruptedException e) {
                throw interrupted();
            }
            if (attempt == ATTEMPTS_MAX) {
                throw new ImportFailure(address + " " + problem + ", after " + ATTEMPTS_MAX + " attempts");
            }
            Duration next = requested.compareTo(wait) > 0 ? requested : wait;
            notice.accept(address + " " + problem + "; trying again in " + next.toMillis() + " ms");
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

    /** The body as JSON; an empty object if it is something else, such as a proxy's page. */
    private static JsonNode json(byte[] body) {
        try {
            JsonNode json = Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8));
            return json.isObject() ? json : Json.MAPPER.createObjectNode();
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
