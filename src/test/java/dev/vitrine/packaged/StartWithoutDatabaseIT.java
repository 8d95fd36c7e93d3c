package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.vitrine.storage.TestFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service starts while its database is away, decides on what requests bring, and reads the rest when it comes. */
class StartWithoutDatabaseIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String KEY = "the-merchandiser-of-this-shop";
    private static final String RULES = "margin/core.drl";
    private static final String EXAMPLES = "margin/core.examples.yaml";
    private static final String PRODUCT =
            """
            {"products": [{"sku": "lamp", "kind": "product", "name": "Lamp", "category": "home/lamps", "price": 20,
                           "currency": "EUR", "stock": 5}]}""";
    private static final String KNOWN =
            """
            {"placement": "home-page", "visit": {"id": "v-1"}, "candidates": [{"sku": "lamp", "score": 1}]}""";
    private static final String BROUGHT =
            """
            {"placement": "home-page", "visit": {"id": "v-2"},
             "candidates": [{"sku": "mat", "score": 2, "price": 5, "name": "Mat", "category": "sport/mats"},
                            {"sku": "rug", "score": 1, "price": 9, "name": "Rug", "category": "home/rugs"}]}""";

    @TempDir
    Path folder;

    private int port;

    private EmbeddedPostgres postgres() throws IOException {
        EmbeddedPostgres.Builder server = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false);
        EmbeddedPostgres started = (port == 0 ? server : server.setPort(port)).start();
        port = started.getPort();
        return started;
    }

    private PackagedVitrine service() throws IOException {
        Path rules = folder.resolve("rules");
        if (!Files.exists(rules)) {
            TestFolder.copy(PackagedVitrine.RULES, rules);
        }
        return PackagedVitrine.start(
                folder.resolve("service"),
                Map.of(
                        "VITRINE_DB_URL", "jdbc:postgresql://localhost:" + port + "/postgres",
                        "VITRINE_DB_USER", "postgres",
                        "VITRINE_DB_PASSWORD", "postgres",
                        "VITRINE_DB_START_WAIT", "1s",
                        "VITRINE_DEMO", "false",
                        "VITRINE_RULES", rules.toString(),
                        "VITRINE_MERCHANDISER_KEY", KEY));
    }

    private static String change(double share) throws IOException {
        String rules = Files.readString(PackagedVitrine.RULES.resolve(RULES)).replace("0.3", String.valueOf(share));
        String examples =
                Files.readString(PackagedVitrine.RULES.resolve(EXAMPLES)).replace("0.3", String.valueOf(share));
        return new ObjectMapper()
                .writeValueAsString(Map.of(
                        "files",
                        List.of(Map.of("path", RULES, "text", rules), Map.of("path", EXAMPLES, "text", examples))));
    }

    private static String event(String id) {
        return """
                {"events": [{"id": "%s", "type": "view", "visit": "v-3", "shopper": "s-1", "at": "%s", "sku": "lamp"}]}"""
                .formatted(id, Instant.now());
    }

    private static String status(PackagedVitrine service, String event) {
        return service.tell("/events", event).at("/results/0/status").asText();
    }

    private static String health(PackagedVitrine service, String check) {
        for (JsonNode one :
                PackagedVitrine.json(service.get("/q/health").body()).get("checks")) {
            if (one.get("name").asText().equals(check)) {
                return one.get("status").asText();
            }
        }
        return "absent";
    }

    private static long events(EmbeddedPostgres postgres) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet count = statement.executeQuery("select count(*) from event")) {
            count.next();
            return count.getLong(1);
        }
    }

    @Test
    void aServiceThatStartsWithoutItsDatabaseDecidesAndReadsTheRestWhenItComes() throws Exception {
        try (EmbeddedPostgres before = postgres();
                PackagedVitrine service = service()) {
            service.tell("/products", PRODUCT);
            PackagedVitrine.json(service.post(KEY, "/rulebook/publish", change(0.4)));
            service.waitUntil("the folder has it", SOON, () -> folderSays("guarantee( 0.4"));
            assertThat(before.getPort()).isEqualTo(port);
            assertThat(service.stop()).isZero();
        }

        String acknowledged = event("e-1");
        try (PackagedVitrine service = service()) {
            decidesWithoutDatabase(service);
            assertThat(status(service, acknowledged)).isEqualTo("accepted");
            service.kill9();
        }
        try (PackagedVitrine service = service()) {
            decidesWithoutDatabase(service);
            assertThat(status(service, acknowledged))
                    .as("acknowledged before the kill")
                    .isEqualTo("duplicate");
            assertThat(status(service, event("e-2"))).isEqualTo("accepted");
            try (EmbeddedPostgres back = postgres()) {
                service.waitUntil(
                        "the edition that was published serves",
                        SOON,
                        () -> service.tell("/decisions", BROUGHT).get("edition").asInt() == 2);
                service.waitUntil("the catalog is there", SOON, () -> service.tell("/decisions", KNOWN)
                        .at("/items/0/sku")
                        .asText()
                        .equals("lamp"));
                service.waitUntil(
                        "health is up", SOON, () -> health(service, "database").equals("UP"));
                service.waitUntil("events are stored", SOON, () -> stored(back) == 2);
                assertThat(status(service, acknowledged)).isEqualTo("duplicate");
                assertThat(PackagedVitrine.json(service.post(KEY, "/rulebook/publish", change(0.5)))
                                .get("edition")
                                .asInt())
                        .isEqualTo(3);
                assertThat(service.read("/rulebook").get("problems")).isNullOrEmpty();
                assertThat(service.read("/rulebook").get("conflicts")).isNullOrEmpty();
                assertThat(service.stop()).isZero();
            }
        }
    }

    private static long stored(EmbeddedPostgres postgres) {
        try {
            return events(postgres);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean folderSays(String text) {
        try {
            return Files.readString(folder.resolve("rules").resolve(RULES)).contains(text);
        } catch (IOException e) {
            return false;
        }
    }

    private static void decidesWithoutDatabase(PackagedVitrine service) throws IOException {
        JsonNode decision = service.tell("/decisions", BROUGHT);
        assertThat(decision.get("edition").asInt())
                .as("the folder's rules, not published")
                .isZero();
        assertThat(decision.get("items")).hasSize(2);
        assertThat(decision.get("degraded")).isNull();
        assertThat(service.get("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(health(service, "database")).isEqualTo("DOWN");
        HttpResponse<String> refused = service.post(KEY, "/rulebook/publish", change(0.6));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(service.get("/rulebook/editions").statusCode()).isEqualTo(503);
        assertThat(service.get("/rulebook").statusCode()).isEqualTo(200);
    }
}
