package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the service makes of what it finds at its start, and of its database dying under it. */
class StartIT {
    private static final Duration START_MAX = Duration.ofSeconds(180);
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final String DECISION = "{\"placement\":\"home-page\",\"visit\":{\"id\":\"v-1\"}}";
    private static final List<String> BURST =
            IntStream.range(0, 30).mapToObj(i -> "burst-" + i).toList();
    private static final String NO_START = "The embedded database does not start";
    private static final String BROKEN =
            """
            // Begins well.
            rule "A rule with a word that nobody knows"
                @owner( "Tom" )
            when
                $c : Candidate( colour == "red" )
            then
                shelf.hide( $c );
            end
            """;

    @TempDir
    Path folder;

    @Test
    void aBrokenFolderEndsTheFirstStartWithFileAndLine() throws IOException {
        Path rules = copyOfTheRules();
        Files.writeString(rules.resolve("margin/colours.drl"), BROKEN);
        try (PackagedVitrine vitrine = PackagedVitrine.launch(folder, with(rules))) {
            assertThat(vitrine.exitCode(START_MAX)).isEqualTo(1);
            assertThat(vitrine.log())
                    .contains(
                            "Vitrine did not start. The rules in " + rules,
                            "margin/colours.drl:5",
                            "A rule with a word that nobody knows",
                            "colour")
                    .doesNotContain("Listening on", "\tat ");
            assertThat(vitrine.postgres()).isEmpty();
        }
    }

    @Test
    void aStartThatIsOnlyTriedEndsOnceItIsReady() throws IOException {
        try (PackagedVitrine tried = PackagedVitrine.command(folder, List.of("--stop-when-ready"))) {
            assertThat(tried.exitCode(SOON)).as(tried.log()).isZero();
            assertThat(tried.log()).contains("Edition 1 is live", "Listening on", "vitrine stopped");
            assertThat(tried.postgres()).isEmpty();
        }
        try (PackagedVitrine after = PackagedVitrine.start(folder, Map.of())) {
            assertThat(after.read("/rulebook").get("edition").asInt()).isEqualTo(1);
            assertThat(after.tell("/decisions", DECISION).get("items")).isNotEmpty();
        }
    }

    @Test
    void aStartThatIsOnlyTriedFailsAtOnceOnBrokenRules() throws IOException {
        Path rules = copyOfTheRules();
        Files.writeString(rules.resolve("margin/colours.drl"), BROKEN);
        try (PackagedVitrine tried = PackagedVitrine.command(folder, with(rules), List.of("--stop-when-ready"))) {
            assertThat(tried.exitCode(SOON)).as(tried.log()).isEqualTo(1);
            assertThat(tried.log()).contains("The rules in " + rules + " cannot be used", "margin/colours.drl:5");
            assertThat(tried.data().resolve("postgres"))
                    .as("nothing else was begun")
                    .doesNotExist();
        }
    }

    @Test
    void aStartThatIsOnlyTriedFailsWithoutItsDatabase() {
        try (PackagedVitrine tried = PackagedVitrine.command(
                folder,
                Map.of("VITRINE_DB_URL", "jdbc:postgresql://localhost:1/nowhere", "VITRINE_DB_START_WAIT", "1s"),
                List.of("--stop-when-ready"))) {
            assertThat(tried.exitCode(SOON)).as(tried.log()).isEqualTo(1);
            assertThat(tried.log()).contains("Vitrine is ready, but without its database");
        }
    }

    @Test
    void aDataFolderServesOneServiceAlsoWithAnotherDatabase() {
        Map<String, String> elsewhere =
                Map.of("VITRINE_DB_URL", "jdbc:postgresql://localhost:1/nowhere", "VITRINE_DB_START_WAIT", "1s");
        try (PackagedVitrine first = PackagedVitrine.start(folder, elsewhere);
                PackagedVitrine second = PackagedVitrine.launch(folder, elsewhere)) {
            assertThat(second.exitCode(SOON)).isEqualTo(1);
            assertThat(second.log()).contains("The folder " + first.data() + " is in use by another Vitrine.");
        }
    }

    @Test
    void aDataFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        try (PackagedVitrine vitrine = PackagedVitrine.launch(
                folder, Map.of("VITRINE_DATA", file.resolve("data").toString()))) {
            assertThat(vitrine.exitCode(SOON)).isEqualTo(1);
            assertThat(vitrine.log())
                    .contains("The folder " + file.resolve("data") + " cannot be used", "VITRINE_DATA");
        }
    }

    @Test
    void wrongSettingsEndTheStartBeforeItsDatabase() {
        try (PackagedVitrine vitrine = PackagedVitrine.launch(
                folder, Map.of("VITRINE_ACCESS_KEEP_AUDIT", "abc", "VITRINE_VISIT_KEEP", "0d"))) {
            assertThat(vitrine.exitCode(SOON)).isEqualTo(1);
            // the JVM says which options it took from the environment
            assertThat(vitrine.log().strip().lines().filter(line -> !line.startsWith("NOTE: Picked up")))
                    .singleElement()
                    .asString()
                    .startsWith("Vitrine did not start. ")
                    .contains("vitrine.access.keep-audit (VITRINE_ACCESS_KEEP_AUDIT) is 'abc', which cannot be read");
            assertThat(vitrine.data().resolve("postgres")).doesNotExist();
        }
    }

    @Test
    void aFailedStartEndsWithItsReason() {
        Path nowhere = folder.resolve("nowhere");
        try (PackagedVitrine vitrine = PackagedVitrine.launch(folder, with(nowhere))) {
            assertThat(vitrine.exitCode(START_MAX)).isEqualTo(1);
            assertThat(vitrine.log()).doesNotContain("io.zonky");
            assertThat(vitrine.log().strip().lines().reduce((before, last) -> last))
                    .hasValueSatisfying(last -> assertThat(last).contains("There is no such folder"));
        }
    }

    @Test
    void aMissingFolderEndsTheFirstStart() {
        Path nowhere = folder.resolve("nowhere");
        try (PackagedVitrine vitrine = PackagedVitrine.launch(folder, with(nowhere))) {
            assertThat(vitrine.exitCode(START_MAX)).isEqualTo(1);
            assertThat(vitrine.log())
                    .contains("Vitrine did not start.", nowhere + ": There is no such folder.", "VITRINE_RULES")
                    .doesNotContain("Listening on", "\tat ");
            assertThat(vitrine.postgres()).isEmpty();
        }
    }

    @Test
    void aFolderThatBrokeSinceLeavesTheLastEditionServing() throws IOException {
        Path rules = copyOfTheRules();
        try (PackagedVitrine first = PackagedVitrine.start(folder, with(rules))) {
            assertThat(first.read("/rulebook").get("edition").asInt()).isEqualTo(1);
            first.stop();
        }
        Files.writeString(rules.resolve("margin/colours.drl"), BROKEN);
        try (PackagedVitrine later = PackagedVitrine.start(folder, with(rules))) {
            assertThat(later.tell("/decisions", DECISION).get("edition").asInt())
                    .isEqualTo(1);
            assertThat(later.read("/rulebook").get("rules").findValuesAsText("name"))
                    .contains("What is sold out is not shown")
                    .doesNotContain("A rule with a word that nobody knows");
            assertThat(check(later, "rules").get("status").asText()).isEqualTo("DOWN");
            assertThat(check(later, "rules").at("/data/problems").asText()).contains("margin/colours.drl:5");
            assertThat(later.get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(later.log()).contains("edition 1 continues to serve", "margin/colours.drl:5");

            Files.delete(rules.resolve("margin/colours.drl"));
            later.waitUntil("the mended folder is fine", SOON, () -> up(later, "rules"));
            assertThat(later.read("/rulebook").get("edition").asInt()).isEqualTo(1);
        }
    }

    @Test
    void rulesAreCompiledOnceAndAgainWhereWhatWasKeptIsDamaged() throws IOException {
        Path rules = copyOfTheRules();
        Path kept = folder.resolve("data/compiled-rules");
        int before = servedRules(rules, 1);
        assertThat(kept).as("the shipped rules come compiled").doesNotExist();

        Path edited = rules.resolve("timing/hesitation.drl");
        Files.writeString(edited, Files.readString(edited) + "// edited while the service was down\n");
        assertThat(servedRules(rules, 2)).isEqualTo(before);
        Path entry = onlyEntry(kept);
        byte[] intact = Files.readAllBytes(entry);

        byte[] damaged = intact.clone();
        damaged[intact.length / 2] ^= 1;
        Files.write(entry, damaged);
        assertThat(servedRules(rules, 2)).isEqualTo(before);
        assertThat(Files.readAllBytes(onlyEntry(kept))).isNotEqualTo(damaged);
    }

    /** Starts the service, stops it, and tells how many rules it served. */
    private int servedRules(Path rules, int edition) {
        try (PackagedVitrine vitrine = PackagedVitrine.start(folder, with(rules))) {
            assertThat(vitrine.tell("/decisions", DECISION).get("edition").asInt())
                    .isEqualTo(edition);
            int served = vitrine.read("/rulebook").get("rules").size();
            vitrine.stop();
            return served;
        }
    }

    private static Path onlyEntry(Path kept) throws IOException {
        try (Stream<Path> files = Files.list(kept)) {
            List<Path> entries = files.toList();
            assertThat(entries).hasSize(1);
            return entries.get(0);
        }
    }

    @Test
    void theShopGoesOnWhileItsDatabaseIsDeadAndBringsItBack() throws IOException {
        try (PackagedVitrine vitrine = PackagedVitrine.startEmpty(folder)) {
            Path settings = vitrine.data().resolve("postgres/postgresql.conf");
            Path away = folder.resolve("away");
            // without its settings the database cannot be started again yet, so that there is time to look
            Files.move(settings, away);
            // a burst: the last of them would be lost by a database that answers before it has written
            assertThat(BURST).allSatisfy(id -> assertThat(told(vitrine, id)).isEqualTo("accepted"));
            vitrine.postgres().orElseThrow().destroyForcibly();

            String decision =
                    vitrine.tell("/decisions", DECISION).get("decisionId").asText();
            vitrine.waitUntil("health tells of the database", SOON, () -> !up(vitrine, "database"));
            assertThat(vitrine.get("/q/health/ready").statusCode()).isEqualTo(200);
            assertThat(vitrine.tell("/decisions", DECISION).get("degraded")).isNull();
            assertThat(told(vitrine, "e-1")).isEqualTo("accepted");
            assertThat(told(vitrine, "e-1")).isEqualTo("duplicate");
            assertThat(vitrine.metric("vitrine_events_on_disk_bytes")).isPositive();
            vitrine.waitUntil(
                    "it was tried to start it", SOON, () -> vitrine.log().contains(NO_START));
            assertThat(vitrine.log()).contains("The database cannot be reached", "The embedded database has died");

            Files.move(away, settings);
            vitrine.waitUntil("the database is back", SOON, () -> up(vitrine, "database"));
            vitrine.waitUntil(
                    "what waited is stored",
                    SOON,
                    () -> vitrine.metric("vitrine_events_on_disk_bytes") == 0
                            && vitrine.metric("vitrine_decisions_unrecorded") == 0);
            assertThat(vitrine.postgres()).isPresent();
            assertThat(BURST).allSatisfy(id -> assertThat(told(vitrine, id)).isEqualTo("duplicate"));
            assertThat(told(vitrine, "e-1")).isEqualTo("duplicate");
            assertThat(vitrine.log()).containsOnlyOnce(NO_START);
            assertThat(vitrine.read("/decisions/" + decision).get("visit").asText())
                    .isEqualTo("v-1");
        }
    }

    private static String told(PackagedVitrine vitrine, String id) {
        return vitrine.tell(
                        "/events",
                        "{\"events\":[{\"id\":\"%s\",\"type\":\"view\",\"visit\":\"v-1\",\"at\":\"%s\",\"sku\":\"p\"}]}"
                                .formatted(id, Instant.now()))
                .at("/results/0/status")
                .asText();
    }

    private static boolean up(PackagedVitrine vitrine, String room) {
        return check(vitrine, room).get("status").asText().equals("UP");
    }

    private static JsonNode check(PackagedVitrine vitrine, String name) {
        JsonNode checks = PackagedVitrine.json(vitrine.get("/q/health").body()).get("checks");
        return StreamSupport.stream(checks.spliterator(), false)
                .filter(check -> check.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> with(Path rules) {
        return Map.of("VITRINE_RULES", rules.toString(), "VITRINE_DEMO", "false");
    }

    private Path copyOfTheRules() throws IOException {
        Path copy = folder.resolve("rules");
        try (Stream<Path> files = Files.walk(PackagedVitrine.RULES)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(PackagedVitrine.RULES.relativize(file)));
            }
        }
        return copy;
    }
}
