package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.storage.TestFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of the jar, as a job of a shop's git repository runs them. */
class RuleCommandsIT {
    private static final Duration END_MAX = Duration.ofMinutes(3);
    private static final String CORE = "margin/core.drl";

    @TempDir
    Path home;

    private Path checkout;
    private String log;

    private int run(Map<String, String> settings, String... arguments) {
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        all.addAll(1, List.of("--rules", checkout.toString(), "--no-github"));
        try (PackagedVitrine command = PackagedVitrine.command(home.resolve("job"), settings, all)) {
            int exitCode = command.exitCode(END_MAX);
            log = command.log();
            return exitCode;
        }
    }

    @Test
    void aRepositoryIsCheckedAndPublishedFromItsFiles() throws IOException {
        checkout = home.resolve("checkout");
        Path serviceRules = home.resolve("service-rules");
        TestFolder.copy(PackagedVitrine.RULES, serviceRules);
        try (PackagedVitrine shop = PackagedVitrine.start(
                home.resolve("shop"), Map.of("VITRINE_DEMO", "false", "VITRINE_RULES", serviceRules.toString()))) {
            Map<String, String> service = Map.of("VITRINE_URL", "http://localhost:" + shop.port());

            assertThat(run(service, "pull")).as(log).isZero();
            assertThat(checkout.resolve(CORE)).hasSameTextualContentAs(PackagedVitrine.RULES.resolve(CORE));
            assertThat(run(service, "diff", "--exit-code")).as(log).isZero();
            assertThat(run(service, "check")).as(log).isZero();
            assertThat(run(Map.of(), "check", "--offline")).as(log).isZero();
            assertThat(log).contains("no faults").doesNotContain("LogManager").doesNotContain("ERROR");

            String before = Files.readString(checkout.resolve(CORE));
            Files.writeString(checkout.resolve(CORE), before.replace("guarantee( 0.3", "guarantee( 0.4"));
            assertThat(run(service, "diff", "--exit-code")).as(log).isEqualTo(1);
            assertThat(log).contains("changed  rule \"").contains("+    shelf.guarantee( 0.4");

            // its example still says 0.3
            assertThat(run(service, "publish")).as(log).isEqualTo(1);
            assertThat(log).contains("fault  ").contains("Not published: ");
            Path examples = checkout.resolve("margin/core.examples.yaml");
            Files.writeString(examples, Files.readString(examples).replace("guarantee 0.3", "guarantee 0.4"));
            assertThat(run(service, "publish", "--note", "More core")).as(log).isZero();
            assertThat(log).contains("Edition 2 is live: ");
            assertThat(shop.read("/rulebook").path("note").asText()).isEqualTo("More core");

            assertThat(run(service, "publish", "--nope")).isEqualTo(2);
            assertThat(run(Map.of("VITRINE_URL", "http://localhost:1"), "publish"))
                    .isEqualTo(3);
            Files.writeString(checkout.resolve(CORE), before.replace("guarantee( 0.3", "guarantee( 0.5"));
            assertThat(run(service, "publish", "--base", "1")).as(log).isEqualTo(4);
            assertThat(log).contains("-    shelf.guarantee( 0.4").contains("+    shelf.guarantee( 0.5");
            assertThat(run(Map.of("VITRINE_URL", "http://localhost:" + shop.port(), "VITRINE_KEY", "wrong"), "publish"))
                    .as(log)
                    .isEqualTo(5);
            assertThat(shop.read("/rulebook").path("edition").asInt()).isEqualTo(2);
        }
    }
}
