package dev.vitrine.candidates.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.problem.Json;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A shop's own model service. The first word of the visit's key says how it answers, such as {@code slow-1}, so that tests need
 * no other way to talk to it.
 */
public final class ExampleModelServer implements QuarkusTestResourceLifecycleManager {
    static final String SECRET = "secret-of-the-model";
    static final String PATH = "/v1/candidates";
    static final int CALLS_MAX = 16;
    static final int TIME_OUT_MILLIS = 400;
    static final int VOLUME = 40;

    private static final String GOOD =
            """
            {"took": 3, "result": {"items": [
                {"id": "block", "weight": 0.5}, {"id": "towel", "weight": 0.9}, {"id": "unheard-of", "weight": 0.8},
                {"id": "towel", "weight": 0.1}, {"id": "strap", "weight": "much"}, {"weight": 1}, {"id": "bag", "weight": 0.2}]}}""";

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private HttpServer server;
    private ExecutorService threads;
    private Map<String, String> more = Map.of();

    @Override
    public void init(Map<String, String> settings) {
        more = settings;
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newCachedThreadPool();
        server.setExecutor(threads);
        server.createContext(PATH, this::handle);
        server.start();
        Map<String, String> settings = new HashMap<>(Map.of(
                "url",
                "http://localhost:" + server.getAddress().getPort() + PATH + "?shop=1",
                "headers",
                "X-Model-Secret: " + SECRET,
                "request",
                "{\"who\": {\"visit\": \"{visit}\", \"shopper\": \"{shopper}\"}, \"page\": \"{page}\","
                        + " \"category\": \"{category}\", \"recent\": \"{recent}\", \"n\": \"{count}\", \"v\": 2}",
                "list",
                "/result/items",
                "sku",
                "/id",
                "score",
                "/weight",
                "time-out",
                TIME_OUT_MILLIS + "ms",
                "calls-max",
                String.valueOf(CALLS_MAX),
                "circuit-volume",
                String.valueOf(VOLUME),
                "circuit-delay",
                "1s"));
        settings.put("compared-share", "1");
        settings.put("answer-max-bytes", "64K");
        settings.putAll(more);
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("vitrine.candidates.service." + name, value));
        named.put("vitrine.privacy.shopper-hash-key", "a secret that has more than 32 characters");
        named.put("vitrine.decision.budgets.cart", "60ms");
        return named;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode request = Json.MAPPER.readTree(exchange.getRequestBody().readAllBytes());
            if (!SECRET.equals(exchange.getRequestHeaders().getFirst("X-Model-Secret"))
                    || !exchange.getRequestURI().toString().equals(PATH + "?shop=1")
                    || request.path("n").intValue() != 100
                    || request.path("v").intValue() != 2
                    || !request.path("recent").isArray()) {
                answer(exchange, 400, "{}");
                return;
            }
            answer(exchange, request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(HttpExchange exchange, JsonNode request) throws IOException, InterruptedException {
        String visit = request.at("/who/visit").asText();
        switch (visit.substring(0, Math.max(0, visit.indexOf('-')))) {
            case "slow" -> {
                stopping.await(TIME_OUT_MILLIS * 3L, TimeUnit.MILLISECONDS);
                answer(exchange, 200, GOOD);
            }
            case "hang" -> stopping.await(1, TimeUnit.MINUTES);
            case "drip" -> drip(exchange);
            case "error" -> answer(exchange, 500, "{\"message\": \"out of order\"}");
            case "endless" -> endless(exchange, 500);
            case "huge" -> endless(exchange, 200);
            case "flaky" -> answer(exchange, seen.add(visit) ? 503 : 200, GOOD);
            case "moved" -> {
                exchange.getResponseHeaders().add("Location", PATH + "/elsewhere");
                answer(exchange, 302, "");
            }
            case "rubbish" -> answer(exchange, 200, "<html>out of order</html>");
            case "shapeless" -> answer(exchange, 200, "{\"result\": {\"items\": 7}}");
            case "empty" -> answer(exchange, 200, "{\"result\": {\"items\": []}}");
            case "foreign" -> answer(exchange, 200, "{\"result\": {\"items\": [\"unheard-of\"]}}");
            case "who" ->
                answer(exchange, 200, "[\"" + request.at("/who/shopper").asText() + "\"]");
            case "broken" -> exchange.close();
            default -> answer(exchange, 200, GOOD);
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** A byte at a time, so that no time-out of silence ends it. */
    private void drip(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        while (!stopping.await(20, TimeUnit.MILLISECONDS)) {
            out.write(' ');
            out.flush();
        }
    }

    private void endless(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, 0);
        byte[] blanks = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        while (stopping.getCount() > 0) {
            exchange.getResponseBody().write(blanks);
        }
    }

    @Override
    public void stop() {
        stopping.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
