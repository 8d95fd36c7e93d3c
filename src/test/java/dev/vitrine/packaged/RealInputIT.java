package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.candidates.SharedData;
import dev.vitrine.packaged.Replay.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real shop's log: its catalog and all visits but the last 500 are imported by the commands of the README, the model is
 * trained, and the last 500 visits are played to the service. It prints what came of it, and asserts only what must hold
 * on any machine. Costs are made up, and no product is tagged core.
 */
class RealInputIT {
    private static final int HELD_OUT = 500;
    private static final int ALL_WENT_IN = 0;
    private static final int SOME_REFUSED = 2;
    private static final Map<String, String> AS_SHIPPED =
            Map.of("VITRINE_DEMO", "false", "VITRINE_DECISION_BUDGET", "50ms", "JDK_JAVA_OPTIONS", "");
    private static final Duration TRAINED = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void theLastVisitsOfARealShopGetFullLists() throws IOException {
        Path file = SharedData.file("rees46-electronics/events.csv.gz")
                .toAbsolutePath()
                .normalize();
        ClickLog log = ClickLog.read(file, HELD_OUT);
        Path known = folder.resolve("known.csv.gz");
        log.writeKnown(known, Duration.between(log.end(), Instant.now()));

        try (PackagedVitrine shop = PackagedVitrine.start(folder, AS_SHIPPED)) {
            // fourteen products cost nothing, and the last line is torn: refused, and said so
            importing(shop, productsFrom(file), SOME_REFUSED);
            importing(shop, eventsFrom(known), ALL_WENT_IN);
            train(shop);
            Replay replay = new Replay(shop);
            log.heldOut().forEach(replay::visit);

            ReplayReport report = new ReplayReport(replay, log.knownSkus());
            System.out.println("The last " + HELD_OUT + " visits of " + file.getFileName() + ":\n" + report
                    + "\nA decision that rules changed, in full:\n"
                    + first(replay.shown(), RealInputIT::moved)
                    + "\nA list from which rules kept something off, in full:\n"
                    + first(report.full(), page -> !page.told().get("hidden").isEmpty()));
            assertThat(replay.shown()).hasSizeGreaterThan(HELD_OUT);
            assertThat(report.full()).hasSizeGreaterThanOrEqualTo(percent(95, report.rankings()));
            assertThat(report.degraded()).hasSizeLessThanOrEqualTo(percent(10, replay.shown()));
            assertThat(shop.log()).doesNotContain(" ERROR ", "\tat ");
        }
    }

    private static List<String> productsFrom(Path file) {
        return List.of(
                "products",
                file.toString(),
                "--distinct",
                "sku",
                "--map",
                "sku=product_id",
                "--map",
                "category=category_code",
                "--category-separator",
                ".",
                "--default",
                "category=other/{category_id}",
                "--set",
                "name={brand} {category_code:last}",
                "--default",
                "name=Product {product_id}",
                "--set",
                "currency=USD",
                "--set",
                "stock=100",
                "--set",
                "kind=product",
                "--made-up-cost",
                "0.6");
    }

    private static List<String> eventsFrom(Path file) {
        return List.of(
                "events",
                file.toString(),
                "--map",
                "at=event_time",
                "--time-format",
                ClickLog.TIME_FORMAT,
                "--map",
                "type=event_type",
                "--values",
                "type:cart=add-to-cart",
                "--map",
                "sku=product_id",
                "--map",
                "shopper=user_id",
                "--map",
                "visit=user_session",
                "--id-from",
                "visit,at,sku,type,line");
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
