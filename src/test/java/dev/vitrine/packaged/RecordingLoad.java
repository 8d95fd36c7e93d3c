package dev.vitrine.packaged;

import dev.vitrine.storage.TestFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether each answered decision is recorded, and what that costs: asks the packaged service for decisions on 200
 * candidates of the demo shop at a fixed rate, and then looks for each of them in the database. The arguments are decisions
 * a second, and seconds:
 *
 * <pre>
 * mvn package -DskipTests
 * mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath -Djar=target/quarkus-app/quarkus-run.jar dev.vitrine.packaged.RecordingLoad 500 300"
 * </pre>
 */
final class RecordingLoad {
    private static final int CANDIDATES = 200;
    private static final int CONNECTIONS = 64;
    /** A JVM that has just started bears a fifth of the load; then the whole of it makes it compile the rest. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String KEY = "key-of-the-storefront-under-load";
    private static final Pattern PAUSE = Pattern.compile("GC\\(\\d+\\) Pause (\\w+) .*?([0-9.]+)ms$");

    private final Path folder;
    private final EmbeddedPostgres postgres;
    private final PackagedVitrine vitrine;
    private final OpenLoop storefront;
    private final ProcessUse service;
    private final ProcessUse database;

    private RecordingLoad(Path folder, EmbeddedPostgres postgres, PackagedVitrine vitrine) throws IOException {
        this.folder = folder;
        this.postgres = postgres;
        this.vitrine = vitrine;
        Storefront requests = new Storefront(CANDIDATES, Map.of("Authorization", "Bearer " + KEY));
        this.storefront = new OpenLoop(vitrine.port(), requests::request, CONNECTIONS);
        this.service = new ProcessUse(vitrine.pid());
        String postmaster =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(0);
        this.database = new ProcessUse(Long.parseLong(postmaster.strip()));
    }

    public static void main(String[] args) throws Exception {
        double perSecond = Double.parseDouble(args[0]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[1]));
        Path folder = Files.createTempDirectory("vitrine-load");
        try (EmbeddedPostgres postgres = postgres(folder.resolve("postgres"));
                PackagedVitrine vitrine =
                        PackagedVitrine.start(folder.resolve("service"), settings(postgres, folder))) {
            new RecordingLoad(folder, postgres, vitrine).run(perSecond, time);
        } finally {
            TestFolder.delete(folder);
        }
    }

    /** As safe against a crash as the one that the service runs of its own. */
    private static EmbeddedPostgres postgres(Path folder) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** As it ships, but that it tells of its collections. */
    private static Map<String, String> settings(EmbeddedPostgres postgres, Path folder) {
        return Map.of(
                "VITRINE_DB_URL",
                postgres.getJdbcUrl("postgres", "postgres"),
                "VITRINE_DB_USER",
                "postgres",
                "VITRINE_DB_PASSWORD",
                "postgres",
                "VITRINE_STOREFRONT_KEY",
                KEY,
                "VITRINE_DECISION_BUDGET",
                "50ms",
                "JDK_JAVA_OPTIONS",
                "-Xlog:gc:file=" + folder.resolve("gc.log") + System.getProperty("vm", ""));
    }

    private void run(double perSecond, Duration time) throws Exception {
        System.out.println("warm-up: " + storefront.run(perSecond / 5, WARM_UP));
        System.out.println("warm-up: " + storefront.run(perSecond, WARM_UP));
        int pausesBefore = pauses().size();
        Duration serviceBefore = service.processorTime();
        Duration databaseBefore = database.processorTime();

        OpenLoop.Outcome outcome = storefront.run(perSecond, time);

        System.out.printf("%.0f a second for %d s: %s%n", perSecond, time.toSeconds(), outcome);
        outcome.failures().stream().limit(3).forEach(System.out::println);
        int decisions = outcome.decisionIds().size();
        System.out.printf(
                "processor time of a decision: service %.2f ms, database %.2f ms%n",
                millisOfEach(service.processorTime().minus(serviceBefore), decisions),
                millisOfEach(database.processorTime().minus(databaseBefore), decisions));
        System.out.printf(
                "resident: service %d MB, at most %d MB; database %d MB%n",
                service.megabytes(), service.mostMegabytes(), database.megabytes());
        List<Pause> pauses = pauses();
        System.out.println("collections: " + summary(pauses.subList(pausesBefore, pauses.size())));
        System.out.printf(
                "waiting to be recorded: %.0f, of which on disk %.0f MB; let go: %.0f%n",
                vitrine.metric("vitrine_decisions_unrecorded"),
                vitrine.metric("vitrine_decisions_on_disk_bytes") / (1 << 20),
                vitrine.metric("vitrine_decisions_let_go_total"));
        vitrine.waitUntil("all are recorded", SOON, () -> vitrine.metric("vitrine_decisions_unrecorded") == 0);
        System.out.printf(
                "answered: %d, of these not in the database: %d%n", decisions, missing(outcome.decisionIds()));
    }

    private static double millisOfEach(Duration all, int count) {
        return (double) all.toMillis() / count;
    }

    private record Pause(String kind, double millis) {}

    private List<Pause> pauses() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("gc.log"))) {
            return lines.map(PAUSE::matcher)
                    .filter(Matcher::find)
                    .map(pause -> new Pause(pause.group(1), Double.parseDouble(pause.group(2))))
                    .toList();
        }
    }

    private static String summary(List<Pause> pauses) {
        DoubleSummaryStatistics millis =
                pauses.stream().mapToDouble(Pause::millis).summaryStatistics();
        long full = pauses.stream().filter(pause -> pause.kind().equals("Full")).count();
        return "%d pauses (%d of full collections), together %.0f ms, the longest %.1f ms"
                .formatted(millis.getCount(), full, millis.getSum(), Math.max(0, millis.getMax()));
    }

    private long missing(List<String> ids) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement query = connection.prepareStatement(
                        """
                        select count(*) from unnest(?) as answered (id)
                        where not exists (select 1 from decision where decision.id = answered.id)""")) {
            query.setArray(1, connection.createArrayOf("text", ids.toArray()));
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
