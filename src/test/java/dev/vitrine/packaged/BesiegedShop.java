package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.HostileDrafts;
import dev.vitrine.storage.TestFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The packaged service with the demo shop, on a database and a small disk of its own, and its storefront. */
final class BesiegedShop implements AutoCloseable {
    static final String MERCHANDISER = "key-of-the-merchandiser-mallory";
    private static final String STOREFRONT = "key-of-the-storefront-under-siege";
    private static final int CONNECTIONS = 64;
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(250);

    /**
     * How hard the siege is.
     *
     * @param decisions after which memory is looked at
     * @param settings of the service, beside those of the siege
     */
    record Scale(
            double perSecond,
            int candidates,
            Duration warmUp,
            Duration attack,
            int decisions,
            int slowBodies,
            int idleConnections,
            Map<String, String> settings) {
        double flood() {
            return 10 * perSecond;
        }

        /** Of one key or address: a flood goes beyond it, and the storefront does not. */
        int limit() {
            return (int) (4 * perSecond);
        }
    }

    private final Scale scale;
    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final SmallDisk disk;
    private final PackagedVitrine service;
    private final OpenLoop storefront;
    private final String lostKey;
    private int publications;

    BesiegedShop(Path folder, Scale scale) throws IOException {
        this.folder = folder;
        this.scale = scale;
        TestFolder.copy(PackagedVitrine.RULES, folder.resolve("rules"));
        postgres = EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("postgres"))
                .setCleanDataDirectory(false)
                .start();
        disk = new SmallDisk(folder.resolve("service/data"));
        service = PackagedVitrine.start(folder.resolve("service"), settings());
        Storefront visits = new Storefront(scale.candidates(), Attackers.key(STOREFRONT));
        storefront = new OpenLoop(service.port(), visits::request, CONNECTIONS);
        lostKey = service.tell("/keys", "{\"name\": \"lost\", \"role\": \"storefront\"}")
                .get("key")
                .asText();
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>(Map.of(
                "VITRINE_DB_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "VITRINE_DB_USER",
                "postgres",
                "VITRINE_DB_PASSWORD",
                "postgres",
                "VITRINE_RULES",
                folder.resolve("rules").toString(),
                "VITRINE_STOREFRONT_KEY",
                STOREFRONT,
                "VITRINE_MERCHANDISER_KEY",
                MERCHANDISER,
                // as it ships
                "VITRINE_ACCESS_LIMITS_MANAGEMENT_PER_SECOND",
                "50",
                "VITRINE_ACCESS_LIMITS_DECISIONS_PER_SECOND",
                String.valueOf(scale.limit())));
        settings.putAll(scale.settings());
        return settings;
    }

    Scale scale() {
        return scale;
    }

    PackagedVitrine service() {
        return service;
    }

    OpenLoop storefront() {
        return storefront;
    }

    SmallDisk disk() {
        return disk;
    }

    /** A second key of the storefront, which somebody else has. */
    String lostKey() {
        return lostKey;
    }

    ProcessHandle postmaster() throws IOException {
        String pid =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid.strip())).orElseThrow();
    }

    /** The live heap depends on what was just done, so the same is done before each look at it. */
    double heapAfterDecisions() throws IOException, InterruptedException {
        storefront.run(scale.perSecond(), Duration.ofMillis((long) (1000 * scale.decisions() / scale.perSecond())));
        await(() -> service.metric("vitrine_decisions_unrecorded") == 0);
        return LiveHeap.megabytes(service);
    }

    /** Asks seldom: the service's limits hold for who waits, too. */
    void await(Callable<Boolean> isSo) {
        Awaitility.await()
                .atMost(SOON)
                .pollDelay(Duration.ZERO)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(isSo);
    }

    double lostDecisions() {
        return service.metric("vitrine_decisions_let_go_total");
    }

    /** What of a shop's daily work fails, in words; deletes whatever an attack has left in the rule book. */
    List<String> failures() {
        List<String> failures = new ArrayList<>();
        HttpResponse<String> event =
                service.post(lostKey, "/events", HangingDatabase.event("after-" + UUID.randomUUID()));
        if (event.statusCode() != 200 || !event.body().contains("accepted")) {
            failures.add("POST /events is answered with " + event.statusCode() + " " + event.body());
        }
        HttpResponse<String> decision = service.post(
                STOREFRONT, "/decisions", "{\"placement\": \"home-page\", \"visit\": {\"id\": \"after\"}}");
        if (decision.statusCode() != 200) {
            failures.add("POST /decisions is answered with " + decision.statusCode() + " " + decision.body());
        }
        HttpResponse<String> publication = service.post("/rulebook/publish", change().toString());
        if (publication.statusCode() != 200) {
            failures.add(
                    "POST /rulebook/publish is answered with " + publication.statusCode() + " " + publication.body());
        }
        return failures;
    }

    private ObjectNode change() {
        publications++;
        ObjectNode change = MarginRule.withShare("0.3" + publications + "1");
        Set<String> hostile = Set.of(HostileDrafts.RULES, HostileDrafts.EXAMPLES);
        for (JsonNode file : service.read("/rulebook").get("files")) {
            if (hostile.contains(file.get("path").asText())) {
                change.withArrayProperty("files")
                        .addObject()
                        .put("path", file.get("path").asText())
                        .put("deleted", true);
            }
        }
        return change;
    }

    @Override
    public void close() throws IOException {
        service.close();
        postgres.close();
        disk.close();
    }
}
