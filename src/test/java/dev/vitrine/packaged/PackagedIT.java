package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service with the demo shop, as a new user meets it; the stories are those of the README. */
class PackagedIT {
    private static final Path STORIES = Path.of("src/main/resources/dev/vitrine/demo/stories");
    private static final double PHONE = 899;

    @TempDir
    static Path folder;

    private static PackagedVitrine shop;

    @BeforeAll
    static void start() {
        shop = PackagedVitrine.start(folder, Map.of());
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void fiveColoursOfAYogaMatBringTheKit() throws IOException {
        JsonNode module = story("yoga-five-colours").get("module");
        assertThat(module.get("type").asText()).isEqualTo("bundle");
        assertThat(module.get("sku").asText()).isEqualTo("yoga-kit");
        assertThat(module.get("parts")).hasSize(3);
        assertThat(module.get("saving").asDouble()).isPositive();
    }

    @Test
    void aVisitorWhoComparesShoesSeesThreeSideBySideWithTheirDifferences() throws IOException {
        JsonNode decision = story("comparing-shoes");
        JsonNode module = decision.get("module");
        assertThat(module.get("type").asText()).isEqualTo("comparison");
        assertThat(module.get("category").asText()).isEqualTo("sport/running/shoes");
        assertThat(decision.get("items")).hasSize(3);
        assertThat(module.get("differences")).isNotEmpty();
        assertThat(module.get("differences").elements())
                .toIterable()
                .allSatisfy(
                        values -> assertThat(values.fieldNames()).toIterable().isSubsetOf(skus(decision)));
        assertThat(moods(decision)).containsExactly("comparing");
    }

    @Test
    void aDecidedVisitorSeesNothingButTheKettle() throws IOException {
        JsonNode decision = story("decided-kettle");
        assertThat(decision.at("/module/type").asText()).isEqualTo("reinforce");
        assertThat(decision.at("/module/sku").asText()).isEqualTo("kettle-swift");
        assertThat(decision.get("items")).isEmpty();
        assertThat(moods(decision)).containsExactly("decided");
    }

    @Test
    void whoHasJustBoughtAPhoneSeesWhatGoesWithItAndNoOtherPhone() throws IOException {
        JsonNode decision = story("new-phone");
        assertThat(decision.get("items")).hasSize(8);
        assertThat(skus(decision)).allSatisfy(sku -> {
            assertThat(product(sku).get("price").asDouble()).isGreaterThanOrEqualTo(PHONE / 40);
            assertThat(product(sku).get("category").asText()).isNotEqualTo("electronics/phones/smartphones");
        });
    }

    @Test
    void aSearchForAGiftIsReadAsOne() throws IOException {
        JsonNode decision = story("gift-for-dad");
        assertThat(moods(decision)).containsOnly("gift");
        // of eight places; two of a category and nothing that lies far may leave some of them empty
        assertThat(decision.get("items")).hasSizeBetween(6, 8);
    }

    @Test
    void aSaleHunterSeesReducedProductsLifted() throws IOException {
        JsonNode decision = story("sale-hunter");
        List<JsonNode> boosted = items(decision)
                .filter(item -> item.get("reasons")
                        .toString()
                        .contains("\"rule\":\"A running campaign lifts what it covers\",\"effect\":\"boost 1.5\""))
                .toList();
        assertThat(boosted).isNotEmpty().allSatisfy(item -> {
            JsonNode product = product(item.get("sku").asText());
            assertThat(product.get("price").asDouble())
                    .isLessThan(product.get("listPrice").asDouble());
            // a set for four times the page's price steps back all the same
            assertThat(item.get("moved").asInt() >= 0
                            || item.get("reasons").toString().contains("keep near the price of the page's product"))
                    .as("%s", item)
                    .isTrue();
        });
    }

    @Test
    void aDecisionIsToldAgain() throws IOException {
        JsonNode decision = story("gift-for-dad");
        JsonNode told = shop.read("/decisions/" + decision.get("decisionId").asText());
        assertThat(told.get("items")).isEqualTo(decision.get("items"));
        assertThat(told.at("/facts/candidates").size()).isGreaterThan(50);
    }

    @Test
    void healthTellsOfEveryRoom() {
        JsonNode health = shop.read("/q/health");
        assertThat(health.get("status").asText()).isEqualTo("UP");
        assertThat(health.get("checks").findValuesAsText("name")).contains("rules", "database", "model", "decisions");
    }

    @Test
    void metricsCountDecisionsReloadsAndTheModelsAge() throws IOException {
        String decisions = "vitrine_decisions_seconds_count{outcome=\"reinforce\",placement=\"product-page\"}";
        double before = shop.metric(decisions);
        story("decided-kettle");
        assertThat(shop.metric(decisions)).isEqualTo(before + 1);
        assertThat(shop.metric("vitrine_rulebook_reloads_total{result=\"published\"}"))
                .isEqualTo(1);
        assertThat(shop.metric("vitrine_model_age_seconds")).isPositive().isLessThan(3600);
    }

    @Test
    void openApiNamesTheCallsAndTheirLimits() {
        String page = shop.get("/q/openapi").body();
        assertThat(page).contains("/decisions", "/events", "/products", "/rulebook", "/model");
        assertThat(page).contains("maxItems: 1000");
    }

    @Test
    void aSecondServiceOnTheFolderIsRefused() throws IOException {
        try (PackagedVitrine second = PackagedVitrine.launch(folder, Map.of())) {
            assertThat(second.exitCode(Duration.ofSeconds(60))).isEqualTo(1);
            assertThat(second.log())
                    .contains("The folder " + shop.data() + " is in use by another Vitrine.", "VITRINE_DATA")
                    .doesNotContain("\tat ");
        }
        assertThat(shop.postgres()).isPresent();
        assertThat(story("decided-kettle").get("degraded")).isNull();
    }

    @Test
    void withoutTheDemoTheShopIsEmpty(@TempDir Path other) {
        try (PackagedVitrine empty = PackagedVitrine.startEmpty(other)) {
            assertThat(empty.get("/products/mat-blue").statusCode()).isEqualTo(404);
            JsonNode decision = empty.tell("/decisions", "{\"placement\":\"home-page\",\"visit\":{\"id\":\"v\"}}");
            assertThat(decision.get("items")).isEmpty();
            assertThat(decision.at("/module/type").asText()).isEqualTo("ranking");
        }
    }

    private static JsonNode story(String name) throws IOException {
        return shop.tell("/decisions", Files.readString(STORIES.resolve(name + ".json")));
    }

    private static JsonNode product(String sku) {
        return shop.read("/products/" + sku);
    }

    private static Stream<JsonNode> items(JsonNode decision) {
        return StreamSupport.stream(decision.get("items").spliterator(), false);
    }

    private static List<String> skus(JsonNode decision) {
        return items(decision).map(item -> item.get("sku").asText()).toList();
    }

    private static List<String> moods(JsonNode decision) {
        return decision.get("readings").findValuesAsText("mood");
    }
}
