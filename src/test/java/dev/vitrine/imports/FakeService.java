package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.problem.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A service for imports: it stores batches, refuses negative prices, and recognizes duplicate events. */
final class FakeService implements AutoCloseable {
    /** The stored rows, as they were sent. */
    final List<JsonNode> taken = new ArrayList<>();

    /** Rows and bytes of each accepted request. */
    final List<int[]> requests = new ArrayList<>();

    /** The statuses of the next answers; after them, requests are accepted. */
    final Deque<Integer> failures = new ArrayDeque<>();

    private final Set<String> events = new HashSet<>();
    private final HttpServer server;

    FakeService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/products", exchange -> answer(exchange, "products", "sku"));
        server.createContext("/events", exchange -> answer(exchange, "events", "id"));
        server.createContext("/segments", exchange -> answer(exchange, "segments", "shopper"));
        server.start();
    }

    String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange, String list, String key) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (!failures.isEmpty()) {
            send(
                    exchange,
                    failures.poll(),
                    "{\"status\":400,\"detail\":\"must not be so\",\"field\":\"" + list + "\"}");
            return;
        }
        JsonNode rows = Json.MAPPER.readTree(body).get(list);
        requests.add(new int[] {rows.size(), body.length});
        ObjectNode answer = Json.MAPPER.createObjectNode();
        ArrayNode results = answer.putArray("results");
        for (int i = 0; i < rows.size(); i++) {
            JsonNode row = rows.get(i);
            ObjectNode result = results.addObject().put(key, row.path(key).asText());
            if (row.path("price").asDouble() < 0) {
                result.put("status", "refused")
                        .putObject("problem")
                        .put("field", list + "[" + i + "].price")
                        .put("detail", "is " + row.get("price").asText() + "; must be from 0 to 1000000");
            } else if (list.equals("events") && !events.add(row.path("id").asText())) {
                result.put("status", "duplicate");
            } else {
                result.put("status", list.equals("events") ? "accepted" : "stored");
                taken.add(row);
            }
        }
        send(exchange, 200, answer.toString());
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
