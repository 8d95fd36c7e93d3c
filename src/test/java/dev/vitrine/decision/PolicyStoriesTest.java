package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.TestClock;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What went wrong in a shop, and how the rules cure it: a story for each row of the policy, with its rule and without it.
 */
@QuarkusTest
@WithTestResource(DemoShopWithItsRules.class)
class PolicyStoriesTest {
    /** A changed rule is live within two seconds, on a busy machine somewhat later. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final AtomicInteger NEXT = new AtomicInteger();

    @ConfigProperty(name = "vitrine.rules")
    Path rules;

    @Inject
    TestClock clock;

    @AfterEach
    void restoreShop() throws Exception {
        clock.reset();
        resume();
    }

    // --- how a story is written ---

    /** A key that was never used before. */
    private static String fresh(String what) {
        return what + "-" + NEXT.incrementAndGet();
    }

    private static JsonNode decide(String request) {
        String answer = given().contentType("application/json")
                .body(request)
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        JsonNode json = json(answer);
        assertThat(json.has("degraded")).as(answer).isFalse();
        return json;
    }

    /** A decision on these candidates, best first. */
    private static JsonNode decide(String placement, String visit, String more, String... skus) {
        String candidates = IntStream.range(0, skus.length)
                .mapToObj(i -> "{\"sku\": \"%s\", \"score\": %s}".formatted(skus[i], 1 - 0.05 * i))
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        return decide(
                "{\"placement\": \"%s\", \"limit\": 10, \"visit\": {%s}%s, \"scores\": \"chance\", \"candidates\": [%s]}"
                        .formatted(placement, visit, more, candidates));
    }

    private static JsonNode json(String text) {
        try {
            return Json.MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A request of one of the demo shop's stories, with a new visit. */
    private static String story(String name) {
        try (InputStream in =
                PolicyStoriesTest.class.getResourceAsStream("/dev/vitrine/demo/stories/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"id\": \"" + name + "\"", "\"id\": \"" + fresh(name) + "\"");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void event(String shopper, String visit, Duration ago, String type, String more) {
        Instant at = clock.instant().minus(ago).truncatedTo(ChronoUnit.SECONDS);
        given().contentType("application/json")
                .body(
                        """
                        {"events": [{"id": "%s", "type": "%s", "shopper": "%s", "visit": "%s", "at": "%s", %s}]}"""
                                .formatted(fresh("e"), type, shopper, visit, at, more))
                .post("/events")
                .then()
                .statusCode(200);
    }

    private static List<String> skus(JsonNode answer) {
        List<String> skus = new ArrayList<>();
        answer.get("items").forEach(item -> skus.add(item.get("sku").textValue()));
        return skus;
    }

    private static List<String> moods(JsonNode answer) {
        List<String> moods = new ArrayList<>();
        answer.get("readings").forEach(reading -> moods.add(reading.get("mood").textValue()));
        return moods;
    }

    private static String module(JsonNode answer) {
        return answer.at("/module/type").textValue();
    }

    /** The answer while these rules are paused, in the way in which a merchandiser pauses them. */
    private <T> T without(Supplier<T> decision, String... paused) throws Exception {
        for (Path file : ruleFiles()) {
            String text = Files.readString(file);
            String changed = text;
            for (String rule : paused) {
                changed = changed.replaceFirst(
                        "(rule \"" + rule + "\"\\s+@owner\\( \"\\w+\" \\))", "$1\n    enabled false");
            }
            if (!changed.equals(text)) {
                Files.writeString(file, changed);
            }
        }
        awaitPaused(Set.of(paused));
        T answer = decision.get();
        resume();
        return answer;
    }

    private void resume() throws Exception {
        for (Path file : ruleFiles()) {
            String text = Files.readString(file);
            if (text.contains("    enabled false\n")) {
                Files.writeString(file, text.replace("\n    enabled false", ""));
            }
        }
        awaitPaused(Set.of());
    }

    private List<Path> ruleFiles() throws IOException {
        try (Stream<Path> files = Files.walk(rules)) {
            return files.filter(file -> file.toString().endsWith(".drl")).toList();
        }
    }

    private static void awaitPaused(Set<String> paused) {
        await().atMost(DEADLINE).untilAsserted(() -> assertThat(pausedNow()).isEqualTo(paused));
    }

    private static Set<String> pausedNow() {
        Set<String> found = new HashSet<>();
        for (JsonNode rule : json(given().get("/rulebook").asString()).get("rules")) {
            if (!rule.get("enabled").booleanValue()) {
                found.add(rule.get("name").textValue());
            }
        }
        return found;
    }

    // --- the rows ---

    @Test
    void oneSearchForAGiftDoesNotBringRazorsForWeeks() throws Exception {
        Supplier<JsonNode> daysLater = () -> {
            String shopper = fresh("gina");
            event(shopper, fresh("v"), Duration.ofDays(9), "view", "\"sku\": \"shoe-daily-blue\"");
            JsonNode gift = decide(
                    """
                    {"placement": "product-page", "visit": {"id": "%s", "shopper": "%s",
                      "page": {"type": "product", "sku": "razor-classic"},
                      "events": [{"type": "search", "query": "gifts for dad"}, {"type": "view", "sku": "razor-travel"},
                                 {"type": "view", "sku": "razor-classic"}]}}"""
                            .formatted(fresh("v"), shopper));
            assertThat(moods(gift)).contains("gift");
            clock.pass(Duration.ofDays(2));
            return decide(
                    "home-page",
                    "\"id\": \"%s\", \"shopper\": \"%s\"".formatted(fresh("v"), shopper),
                    "",
                    "razor-classic",
                    "shoe-glide",
                    "lamp-floor");
        };
        JsonNode faded = daysLater.get();
        assertThat(skus(faded)).endsWith("razor-classic");
        assertThat(faded.at("/items/2/reasons").toString()).contains("The category of a gift fades from later visits");
        assertThat(skus(without(daysLater, "The category of a gift fades from later visits")))
                .startsWith("razor-classic");
    }

    @Test
    void noCheapCaseRightAfterAnExpensivePhone() throws Exception {
        Supplier<JsonNode> afterThePhone = () -> {
            String shopper = fresh("paul");
            event(shopper, fresh("v"), Duration.ofDays(1), "purchase", "\"sku\": \"phone-nova-12\", \"price\": 899");
            return decide(
                    "home-page",
                    "\"id\": \"%s\", \"shopper\": \"%s\"".formatted(fresh("v"), shopper),
                    "",
                    "case-clear",
                    "phones-over-black");
        };
        JsonNode answer = afterThePhone.get();
        assertThat(moods(answer)).contains("just-bought");
        assertThat(skus(answer)).containsExactly("phones-over-black");
        assertThat(skus(without(afterThePhone, "No cheap add-on right after an expensive purchase")))
                .contains("case-clear");
    }

    @Test
    void noPriceyAddOnInTheCartOfAVisitorWhoIsSaving() throws Exception {
        Supplier<JsonNode> inTheCart = () -> decide(
                "cart",
                """
                "id": "%s", "events": [{"type": "coupon"}, {"type": "add-to-cart", "sku": "pan-coated-24cm"}]"""
                        .formatted(fresh("v")),
                "",
                "knife-santoku",
                "jar-large");
        JsonNode answer = inTheCart.get();
        assertThat(moods(answer)).contains("saving");
        assertThat(skus(answer)).containsExactly("jar-large");
        assertThat(skus(without(
                        inTheCart, "Nothing dearer than what lies in it beside the cart of a visitor who is saving")))
                .contains("knife-santoku");
    }

    @Test
    void nothingStandsBesideThePhoneInTheCartButWhatGoesWithIt() throws Exception {
        Supplier<JsonNode> inTheCart = () -> decide(
                "cart",
                "\"id\": \"%s\"".formatted(fresh("v")),
                ", \"cart\": {\"items\": [{\"sku\": \"phone-orbit-black\"}]}",
                "phone-nova-12",
                "phone-pico-8-lite",
                "pan-iron",
                "case-clear");
        assertThat(skus(inTheCart.get())).containsExactly("case-clear");
        assertThat(skus(without(inTheCart, "Nothing that stands in for it is shown beside the cart")))
                .contains("phone-pico-8-lite")
                .doesNotContain("phone-nova-12");
        assertThat(skus(without(inTheCart, "The cart shows what goes with it, and no strangers")))
                .contains("pan-iron");
        assertThat(skus(without(
                        inTheCart,
                        "Nothing that stands in for it is shown beside the cart",
                        "Nothing much dearer than the cart stands beside it")))
                .contains("phone-nova-12");
    }

    @Test
    void coreProductsDoNotDrown() throws Exception {
        Set<String> core = Set.of("kettle-swift", "mat-blue", "cup-white");
        Supplier<JsonNode> home = () -> decide(
                "home-page",
                "\"id\": \"%s\"".formatted(fresh("v")),
                "",
                "stove-camp",
                "shoe-strider",
                "kettle-gooseneck",
                "lamp-floor",
                "toaster-four",
                "tent-two",
                "pillow-down",
                "knife-chef",
                "pack-trek-blue",
                "speaker-home",
                "kettle-swift",
                "mat-blue",
                "cup-white");
        assertThat(skus(home.get())).filteredOn(core::contains).hasSize(3);
        assertThat(skus(without(
                        home,
                        "Core products keep their share of the shelf",
                        "Core products keep one place in ten on the home page",
                        "A newcomer sees broad best-sellers")))
                .doesNotContainAnyElementsOf(core);
    }

    @Test
    void aVisitorWhoHasDecidedIsNotDistracted() throws Exception {
        Supplier<JsonNode> fromTheAd = () -> decide(story("decided-kettle"));
        JsonNode answer = fromTheAd.get();
        assertThat(module(answer)).isEqualTo("reinforce");
        assertThat(answer.at("/module/sku").textValue()).isEqualTo("kettle-swift");
        assertThat(skus(answer)).isEmpty();
        assertThat(module(without(fromTheAd, "A visitor who has decided sees nothing but the product to buy")))
                .isEqualTo("ranking");
    }

    @Test
    void theCartShowsNoMoreUnrelatedProductsThanItsBudgetAllows() throws Exception {
        Supplier<JsonNode> inTheCart = () -> decide(
                "cart",
                "\"id\": \"%s\"".formatted(fresh("v")),
                ", \"cart\": {\"items\": [{\"sku\": \"wok-steel\"}]}",
                "toaster-four",
                "lunchbox-blue",
                "mixer-hand",
                "kettle-glass",
                "glass-wine",
                "scale-coffee");
        JsonNode answer = inTheCart.get();
        assertThat(skus(answer)).hasSize(3);
        JsonNode limit = answer.get("limits").get(0);
        assertThat(limit.get("rules").get(0).asText()).isEqualTo("A cart on its way to the till shows few strangers");
        assertThat(limit.get("atMost").asInt()).isEqualTo(3);
        assertThat(limit.get("leftOut").asInt()).isEqualTo(3);
        assertThat(skus(without(inTheCart, "A cart on its way to the till shows few strangers")))
                .hasSize(6);
    }

    @Test
    void newProductsTakeTurns() throws Exception {
        Set<String> fresh = Set.of("scale-coffee", "kettle-smart", "lamp-night", "mat-kids");
        Supplier<Set<String>> tenVisits = () -> {
            Set<String> seen = new HashSet<>();
            for (int visit = 0; visit < 10; visit++) {
                seen.addAll(skus(decide(
                        "search-page",
                        "\"id\": \"%s\"".formatted(fresh("v")),
                        "",
                        "stove-camp",
                        "shoe-strider",
                        "kettle-gooseneck",
                        "lamp-floor",
                        "toaster-four",
                        "tent-two",
                        "pillow-down",
                        "knife-chef",
                        "pack-trek-blue",
                        "speaker-home",
                        "scale-coffee",
                        "kettle-smart",
                        "lamp-night",
                        "mat-kids")));
            }
            seen.retainAll(fresh);
            return seen;
        };
        assertThat(tenVisits.get()).hasSizeGreaterThan(1);
        assertThat(without(tenVisits, "New products take turns in one place in ten"))
                .isEmpty();
    }

    @Test
    void duringAPromotionPriceyExtrasMoveDownInTheCart() throws Exception {
        Supplier<JsonNode> inTheCart = () -> decide(
                "cart",
                "\"id\": \"%s\"".formatted(fresh("v")),
                ", \"cart\": {\"items\": [{\"sku\": \"jar-large\", \"quantity\": 3}]}",
                "pourover-set",
                "lunchbox-blue");
        String[] rules = {
            "Pricey extras at full price step back in the cart while the shop is in promo mode",
            "What closes the gap to the benefit comes forward"
        };
        assertThat(skus(inTheCart.get())).startsWith("pourover-set");
        String id = fresh("free-shipping");
        given().contentType("application/json")
                .body(
                        """
                        {"id": "%s", "name": "Free shipping from 60", "theme": "spend-and-save", "threshold": 60,
                         "mode": "promo", "priority": 90, "startsAt": "%s", "endsAt": "%s"}"""
                                .formatted(
                                        id,
                                        clock.instant().plus(Duration.ofHours(1)),
                                        clock.instant().plus(Duration.ofHours(2))))
                .post("/campaigns")
                .then()
                .statusCode(201);
        assertThat(skus(inTheCart.get())).as("an hour before").startsWith("pourover-set");
        clock.pass(Duration.ofMinutes(61));
        assertThat(skus(inTheCart.get())).as("while it runs").startsWith("lunchbox-blue");
        assertThat(skus(without(inTheCart, rules))).startsWith("pourover-set");
        clock.pass(Duration.ofMinutes(60));
        assertThat(skus(inTheCart.get())).as("an hour later").startsWith("pourover-set");
    }

    @Test
    void aVisitorWhoComparesIsHelpedToChoose() throws Exception {
        Supplier<JsonNode> comparing = () -> decide(story("comparing-shoes"));
        JsonNode answer = comparing.get();
        assertThat(moods(answer)).contains("comparing");
        assertThat(module(answer)).isEqualTo("comparison");
        assertThat(skus(answer)).hasSize(3).allMatch(sku -> sku.startsWith("shoe-"));
        assertThat(answer.at("/module/differences/weight").size()).isEqualTo(3);
        String sideBySide = "A visitor who compares sees what they compare side by side";
        JsonNode guided = without(comparing, sideBySide);
        assertThat(module(guided)).isEqualTo("article");
        assertThat(skus(guided)).containsExactly("guide-running-shoes");
        assertThat(module(
                        without(comparing, sideBySide, "A visitor who compares is offered the guide to the category")))
                .isEqualTo("ranking");
    }

    @Test
    void aVisitorWhoLooksAtFiveColoursOfAMatIsShownTheKit() throws Exception {
        Supplier<JsonNode> fiveColours = () -> decide(story("yoga-five-colours"));
        JsonNode answer = fiveColours.get();
        assertThat(moods(answer)).contains("kit");
        assertThat(module(answer)).isEqualTo("bundle");
        assertThat(skus(answer)).containsExactly("yoga-kit");
        assertThat(answer.at("/module/saving").doubleValue()).isPositive();
        assertThat(module(without(fiveColours, "A visitor who wants what belongs together sees the bundle")))
                .isEqualTo("ranking");
    }

    @Test
    void aNewcomerSeesBestSellers() throws Exception {
        Supplier<JsonNode> firstVisit =
                () -> decide("home-page", "\"id\": \"%s\"".formatted(fresh("v")), "", "charger-car", "kettle-swift");
        JsonNode answer = firstVisit.get();
        assertThat(moods(answer)).contains("newcomer");
        assertThat(skus(answer)).startsWith("kettle-swift");
        assertThat(skus(without(
                        firstVisit,
                        "A newcomer sees broad best-sellers",
                        "Core products keep their share of the shelf",
                        "Core products keep one place in ten on the home page")))
                .startsWith("charger-car");
    }

    @Test
    void aRegularSeesMoreOfTheirInterests() throws Exception {
        Supplier<JsonNode> again = () -> {
            String shopper = fresh("rosa");
            String[] bought = {"towel-yoga-blue", "towel-yoga-grip", "block-cork"};
            for (int i = 0; i < bought.length; i++) {
                event(
                        shopper,
                        fresh("v"),
                        Duration.ofDays(60 - 15 * i),
                        "purchase",
                        "\"sku\": \"%s\", \"price\": 20".formatted(bought[i]));
            }
            return decide(
                    "home-page",
                    "\"id\": \"%s\", \"shopper\": \"%s\"".formatted(fresh("v"), shopper),
                    "",
                    "lamp-floor",
                    "towel-yoga-sand");
        };
        JsonNode answer = again.get();
        assertThat(moods(answer)).contains("regular");
        assertThat(skus(answer)).startsWith("towel-yoga-sand");
        assertThat(skus(without(again, "A regular sees more of what they care for")))
                .startsWith("lamp-floor");
    }

    @Test
    void everyItemHasReasonsNowAndLater() {
        JsonNode answer = decide(story("sale-hunter"));
        assertThat(answer.get("items")).isNotEmpty().allSatisfy(item -> assertThat(item.get("reasons"))
                .isNotEmpty());
        JsonNode later =
                json(given().get("/decisions/" + answer.get("decisionId").textValue())
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString());
        assertThat(later.get("items")).isEqualTo(answer.get("items"));
    }
}
