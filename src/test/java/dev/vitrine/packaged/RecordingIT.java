package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions that went to the disk, because the database was away, outlive kills and are recorded once each. */
class RecordingIT {
    private static final int MANY = 400;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DECISION =
            """
            {"placement": "home-page", "visit": {"id": "v-1"}, "candidates": [{"sku": "mat", "score": 2, "price": 5}]}""";

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

    private PackagedVitrine service() {
        return PackagedVitrine.start(
                folder.resolve("service"),
                Map.of(
                        "VITRINE_DB_URL",
                        "jdbc:postgresql://localhost:" + port + "/postgres",
                        "VITRINE_DB_USER",
                        "postgres",
                        "VITRINE_DB_PASSWORD",
                        "postgres",
                        "VITRINE_DEMO",
                        "false",
                        // so little that they go to the disk in many files
                        "VITRINE_DECISION_UNRECORDED_MAX_BYTES",
                        "64K"));
    }

    private static String decide(PackagedVitrine service) {
        return service.tell("/decisions", DECISION).get("decisionId").asText();
    }

    private static JsonNode recording(PackagedVitrine service) {
        return Health.of(service).check("recording");
    }

    private static Set<String> stored(EmbeddedPostgres postgres) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id from decision")) {
            Set<String> ids = new TreeSet<>();
            while (row.next()) {
                ids.add(row.getString(1));
            }
            return ids;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void decisionsOnDiskOutliveKillsAndAreRecordedOnce() throws Exception {
        List<String> made = new ArrayList<>();
        try (EmbeddedPostgres before = postgres();
                PackagedVitrine service = service()) {
            made.add(decide(service));
            service.waitUntil(
                    "the first is recorded", SOON, () -> stored(before).size() == 1);
            before.close();
            for (int i = 1; i < MANY; i++) {
                made.add(decide(service));
            }
            service.waitUntil(
                    "all are on disk",
                    SOON,
                    () -> recording(service).at("/data/onDisk").asInt() == MANY - 1);
            assertThat(recording(service).get("status").asText()).isEqualTo("UP");
            assertThat(service.read("/decisions/" + made.get(MANY / 2))
                            .get("visit")
                            .asText())
                    .isEqualTo("v-1");
            service.kill9();
        }
        try (EmbeddedPostgres back = postgres()) {
            try (PackagedVitrine service = service()) {
                service.waitUntil("it records them", SOON, () -> stored(back).size() > 1);
                service.kill9();
            }
            try (PackagedVitrine service = service()) {
                service.waitUntil("all are recorded", SOON, () -> service.metric("vitrine_decisions_unrecorded") == 0);
                assertThat(stored(back)).containsExactlyInAnyOrderElementsOf(made);
                assertThat(service.metric("vitrine_decisions_let_go_total")).isZero();
            }
        }
    }
}
