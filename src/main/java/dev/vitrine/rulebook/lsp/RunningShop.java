package dev.vitrine.rulebook.lsp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.assist.KnownProduct;
import dev.vitrine.rulebook.assist.ShopKnowledge;
import dev.vitrine.rulebook.assist.ShopValues;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
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

/**
 * A running service, which knows the shop. Nobody who types waits for its values, which are those of the last minute. Of products
 * there may be millions, so it is asked for those that fit.
 */
final class RunningShop implements ShopKnowledge {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    /** A check has to wait for its turn, and tries the draft on examples and visits. */
    private static final Duration CHECK_MAX = Duration.ofSeconds(120);

    /** Who types goes on meanwhile, and asks again with the next letter. */
    private static final Duration PRODUCTS_ANSWER_MAX = Duration.ofSeconds(1);

    private static final int PRODUCTS_KEPT_MAX = 200;

    /** What products are asked for. */
    private record Begun(String text, int most) {}

    private static final ObjectReader READER =
            Json.MAPPER.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String address;
    private final String key;
    private final Cache<Begun, List<KnownProduct>> products = Caffeine.newBuilder()
            .maximumSize(PRODUCTS_KEPT_MAX)
            .expireAfterWrite(Duration.ofMinutes(1))
            .build();
    private volatile ShopValues values = ShopValues.NONE;

    RunningShop(URI address, String key) {
        this.address = address.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    @Override
    public ShopValues values() {
        return values;
    }

    /** None where the service does not answer at once. */
    @Override
    public List<KnownProduct> products(String begun, int most) {
        List<KnownProduct> known = products.get(new Begun(begun, most), this::asked);
        return known == null ? List.of() : known;
    }

    /** Null, which is not kept, where there is no answer. */
    private List<KnownProduct> asked(Begun begun) {
        try {
            JsonNode answer = answer(request("/rulebook/vocabulary/products?limit=" + begun.most + "&q="
                            + URLEncoder.encode(begun.text, StandardCharsets.UTF_8))
                    .timeout(PRODUCTS_ANSWER_MAX)
                    .GET()
                    .build());
            KnownProduct[] found = READER.forType(KnownProduct[].class).readValue(answer.path("products"));
            return List.of(found);
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
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
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        return request;
    }

    private JsonNode answer(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            String why = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
            throw new IOException(address + " cannot be reached" + why, e);
        }
        if (response.statusCode() != 200) {
            throw new IOException(request.uri() + " answered with status " + response.statusCode()
                    + (response.statusCode() == 401
                            ? "; VITRINE_KEY or --key-file gives it a merchandiser's key"
                            : ""));
        }
        return Json.MAPPER.readTree(new String(response.body(), StandardCharsets.UTF_8));
    }
}
