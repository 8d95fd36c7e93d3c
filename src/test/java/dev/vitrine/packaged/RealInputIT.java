package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.packaged.Replay.Shown;
import dev.vitrine.situations.Situations;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real shops' logs: catalog and all visits but the last 500 are imported by the command line, the model is trained, and the
 * last 500 visits are played to the service. It prints what came of it, with the table in docs/analysts.md of how often each rule came
 * up, and asserts only what must hold on any machine. No campaign runs.
 */
class RealInputIT {
    private static final int ALL_WENT_IN = 0;
    private static final int SOME_REFUSED = 2;
    private static final Map<String, String> AS_SHIPPED =
            Map.of("VITRINE_DEMO", "false", "VITRINE_DECISION_BUDGET", "50ms", "JDK_JAVA_OPTIONS", "");
    private static final Duration TRAINED = Duration.ofSeconds(60);
    private static final RuleUse USE = new RuleUse();

    @TempDir
    Path folder;

    @AfterAll
    static void tellHowOftenEachRuleCameUp() {
        if (!USE.nothing()) {
            System.out.println(USE);
        }
    }

    @Test
    void theLastVisitsOfAnElectronicsShopGetFullLists() throws IOException {
        replayed(Rees46.shop(folder), 90);
    }

    /** In the long form only: it takes as long as all the others, and the first log shows all that could break. */
    @Test
    @EnabledIfEnvironmentVariable(named = "LONG_PROOFS", matches = "true")
    void theLastVisitsOfAClothingShopGetFullLists() throws IOException {
        replayed(EshopClothing.shop(folder), 95);
    }

    /** In the long form only, as well. */
    @Test
    @EnabledIfEnvironmentVariable(named = "LONG_PROOFS", matches = "true")
    void theLastVisitsOfAShopOfMixedGoodsGetFullLists() throws IOException {
        // its one category has three places on the home page
        replayed(YooChoose.shop(folder), 75);
    }

    /** @param full percent of the lists that have all their places; a list that ends before strangers is right, too */
    private void replayed(RealShop real, int full) {
        try (PackagedVitrine shop = PackagedVitrine.start(folder, AS_SHIPPED)) {
            importing(shop, real.products(), real.someRefused() ? SOME_REFUSED : ALL_WENT_IN);
            importing(shop, real.events(), ALL_WENT_IN);
            train(shop);
            Replay replay = new Replay(shop);
            real.log().heldOut().forEach(replay::visit);

            ReplayReport report = new ReplayReport(replay, real.log().knownSkus());
            System.out.println("The last " + RealShop.HELD_OUT + " visits, " + real.name() + ":\n" + report
                    + "\nA decision that rules changed, in full:\n"
                    + first(replay.shown(), RealInputIT::moved)
                    + "\nA list from which rules kept something off, in full:\n"
                    + first(report.full(), page -> !page.told().get("hidden").isEmpty()));
            USE.add(real.name(), replay.shown(), shop.read("/rulebook"));
            if (!real.situations().isEmpty()) {
                Situations.mustHold(
                        real.situations(),
                        real.log().allSkus().stream()
                                .map(sku -> shop.get("/products/" + sku))
                                // some were refused
                                .filter(answer -> answer.statusCode() == 200)
                                .map(PackagedVitrine::json)
                                .toList(),
                        (path, body) -> shop.tell(path, body.toString()),
                        Instant.now());
            }
            assertThat(replay.shown()).hasSizeGreaterThan(RealShop.HELD_OUT);
            assertThat(report.full()).hasSizeGreaterThanOrEqualTo(percent(full, report.rankings()));
            assertThat(report.degraded()).hasSizeLessThanOrEqualTo(percent(10, replay.shown()));
            assertThat(shop.log()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    private void importing(PackagedVitrine shop, List<String> arguments, int exitCode) {
        List<String> command = new ArrayList<>(List.of("import"));
        command.addAll(arguments);
        command.addAll(List.of("--quiet", "--to", "http://localhost:" + shop.port()));
        try (PackagedVitrine run = PackagedVitrine.command(folder, command)) {
            System.out.println(run.log());
            assertThat(run.exitCode(TRAINED)).isEqualTo(exitCode);
        }
    }

    private static void train(PackagedVitrine shop) {
        Instant before = Instant.now();
        assertThat(shop.post("/model/train", "").statusCode()).isEqualTo(202);
        shop.waitUntil("the model is trained", TRAINED, () -> {
            JsonNode trainedAt = shop.read("/model").path("trainedAt");
            return trainedAt.isTextual() && Instant.parse(trainedAt.asText()).isAfter(before);
        });
        System.out.println("Model: " + shop.read("/model"));
    }

    private static boolean moved(Shown page) {
        return page.items().anyMatch(item -> item.path("moved").asInt() != 0);
    }

    private static String first(List<Shown> shown, Predicate<Shown> such) {
        return shown.stream()
                .filter(such)
                .findFirst()
                .map(page -> page.decision().toPrettyString() + "\nhidden: "
                        + page.told().get("hidden"))
                .orElse("none");
    }

    private static int percent(int share, List<?> whole) {
        return share * whole.size() / 100;
    }
}
