package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.storage.TestFolder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two services on one PostgreSQL, each with a rules folder of its own: one rule book, whoever changes it. */
class TwoMachinesIT {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String KEY = "the-merchandiser-of-both-machines";
    private static final String DECISION = "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v-1\"}}";

    @TempDir
    Path folder;

    private EmbeddedPostgres postgres;

    private PackagedVitrine machine(String name) throws IOException {
        Path rules = rulesOf(name);
        if (!Files.exists(rules)) {
            TestFolder.copy(PackagedVitrine.RULES, rules);
        }
        return PackagedVitrine.start(
                folder.resolve(name),
                Map.of(
                        "VITRINE_DB_URL",
                        postgres.getJdbcUrl("postgres", "postgres"),
                        "VITRINE_DB_USER",
                        "postgres",
                        "VITRINE_DB_PASSWORD",
                        "postgres",
                        "VITRINE_DEMO",
                        "false",
                        "VITRINE_INSTANCE",
                        name,
                        "VITRINE_RULES",
                        rules.toString(),
                        "VITRINE_MERCHANDISER_KEY",
                        KEY));
    }

    private Path rulesOf(String name) {
        return folder.resolve(name).resolve("rules");
    }

    private static int edition(PackagedVitrine machine) {
        return machine.tell("/decisions", DECISION).get("edition").asInt();
    }

    @Test
    void whatOneOfThemPublishesOrStagesServesOnBothAndSurvivesTheOther() throws Exception {
        try (EmbeddedPostgres shared = EmbeddedPostgres.builder().start()) {
            postgres = shared;
            try (PackagedVitrine one = machine("one");
                    PackagedVitrine other = machine("other")) {
                assertThat(edition(one)).isEqualTo(1);
                assertThat(edition(other)).isEqualTo(1);

                JsonNode published = PackagedVitrine.json(one.post(
                        KEY, "/rulebook/publish", MarginRule.withShare("0.4").toString()));
                assertThat(published.get("edition").asInt()).isEqualTo(2);
                assertThat(edition(one)).isEqualTo(2);
                other.waitUntil("the other decides by it", SOON, () -> edition(other) == 2);
                other.waitUntil("it stands in the other's folder", SOON, () -> has("other", MarginRule.mark("0.4")));

                Files.writeString(rulesOf("other").resolve("margin/colours.drl"), "rule \"");
                other.waitUntil("a broken file is told", SOON, () -> other.log().contains("margin/colours.drl:1"));
                assertThat(edition(other)).isEqualTo(2);
                Files.delete(rulesOf("other").resolve("margin/colours.drl"));

                PackagedVitrine.json(other.post(
                        KEY,
                        "/rulebook/staged",
                        MarginRule.withShare("0.5").put("share", 1).toString()));
                one.waitUntil("it is staged on both", SOON, () -> edition(one) == 3);
                assertThat(edition(other)).isEqualTo(3);
                one.kill9();

                JsonNode promoted = PackagedVitrine.json(other.post(KEY, "/rulebook/staged/promote", ""));
                assertThat(promoted.get("edition").asInt()).isEqualTo(4);
            }
            try (PackagedVitrine again = machine("one")) {
                assertThat(edition(again)).isEqualTo(4);
                again.waitUntil("its folder has it, too", SOON, () -> has("one", MarginRule.mark("0.5")));
                assertThat(again.read("/rulebook").get("problems")).isNullOrEmpty();
            }
        }
    }

    private boolean has(String machine, String text) {
        try {
            return Files.readString(rulesOf(machine).resolve(MarginRule.RULES)).contains(text);
        } catch (IOException e) {
            return false;
        }
    }
}
