package dev.vitrine.rulebook.lsp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.assist.ShopKnowledge;
import dev.vitrine.rulebook.assist.ShopValues;
import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A running service, which knows the shop. Nobody who types waits for it: its values are those of the last minute. */
final class RunningShop implements ShopKnowledge {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    /** A check has to wait for its turn, and tries the draft on examples and visits. */
    private static final Duration CHECK_MAX = Duration.ofSeconds(120);

    private static final ObjectReader READER =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final String key;
    private volatile ShopValues values = ShopValues.NONE;

    RunningShop(URI address, String key) {
        this.address = address.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    @Override
    public ShopValues values() {
        return values;
    }

    /** Products are not asked for: there may be millions, and each letter would be a call. */
    @Override
    public List<ShopValue> skus(String part, int most) {
        return List.of();
    }

    void refresh() throws IOException, InterruptedException {
        JsonNode answer = answer(request("/rulebook/vocabulary?limit=1000")
                .timeout(ANSWER_MAX)
                .GET()
                .build());
        values = READER.forType(ShopValues.class).readValue(answer.path("values"));
    }

    /** The problems of these files, laid over the live edition. */
    List<RuleProblem> check(Collection<RuleFile> files) throws IOException, InterruptedException {
        byte[] body = Json.MAPPER.writeValueAsBytes(Map.of(
                "files",
                files.stream()
                        .map(file -> Map.of("path", file.path(), "text", file.text()))
                        .toList()));
        JsonNode answer = answer(request("/rulebook/check")
                .timeout(CHECK_MAX)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
        RuleProblem[] problems = READER.forType(RuleProblem[].class).readValue(answer.path("problems"));
        return List.of(problems);
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + call));
        if (key != null && !key.isBlank()) {
            request.header("Authorization", "Bearer " + key.strip());
        }
        return request;
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answered with status " + response.statusCode()
                    + (response.statusCode() == 401 ? "; VITRINE_KEY gives it a merchandiser's key" : ""));
        }
        return Json.MAPPER.readTree(new String(response.body(), StandardCharsets.UTF_8));
    }
}
