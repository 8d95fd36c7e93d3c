package dev.vitrine.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The check of a shop with rules that contradict its campaigns in known ways. */
@QuarkusTest
@WithTestResource(ContraryShop.class)
class CampaignCheckTest {
    private static boolean stocked;

    @BeforeEach
    void stockOnce() {
        if (stocked) {
            return;
        }
        stocked = true;
        List<String> products = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            products.add(product("mat-" + i, "sport/yoga/mats", 20 + i, 5, "\"mat\", \"yoga\""));
        }
        products.add(product("block-cheap", "sport/yoga/blocks", 2, 5, "\"yoga\""));
        products.add(product("swing-dear", "sport/yoga/swings", 150, 5, "\"yoga\", \"core\""));
        products.add(product("strap-gone", "sport/yoga/straps", 3, 0, "\"yoga\""));
        for (int i = 1; i <= 4; i++) {
            products.add(product("chair-" + i, "home/chairs", 80, 5, "\"core\""));
        }
        products.add(product("lamp-new", "home/lamps", 30, 5, "\"new\""));
        given().contentType("application/json")
                .body("{\"products\": [" + String.join(",", products) + "]}")
                .post("/products")
                .then()
                .statusCode(200);
    }

    private static String product(String sku, String category, double price, int stock, String tags) {
        return """
                {"sku": "%s", "name": "%s", "category": "%s", "brand": "%s", "price": %s, "currency": "EUR", "stock": %d,
                 "tags": [%s]}"""
                .formatted(sku, sku, category, sku.equals("mat-7") ? "Lotus" : "Asana", price, stock, tags);
    }

    private static void plan(String id, String fields) {
        given().contentType("application/json")
                .body(
                        """
                        {"id": "%s", "name": "%s", "startsAt": "2090-06-01T00:00:00", "endsAt": "2090-06-08T00:00:00", %s}"""
                                .formatted(id, id, fields))
                .post("/campaigns")
                .then()
                .statusCode(201);
    }

    private static JsonNode check(String id) {
        String answer = given().get("/campaigns/{id}/check", id)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return json(answer);
    }

    private static JsonNode json(String answer) {
        try {
            return Json.MAPPER.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<JsonNode> problems(JsonNode check) {
        return StreamSupport.stream(check.get("problems").spliterator(), false).toList();
    }

    private static JsonNode problem(JsonNode check, String kind) {
        return problems(check).stream()
                .filter(problem -> problem.get("kind").asText().equals(kind))
                .findAny()
                .orElseThrow(() -> new AssertionError("no " + kind + " in " + check.toPrettyString()));
    }

    private static List<String> examples(JsonNode problem) {
        return StreamSupport.stream(problem.get("examples").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static void assertCausedBy(JsonNode problem, String severity, String rule) {
        assertThat(problem.get("severity").asText()).as(problem.toString()).isEqualTo(severity);
        assertThat(problem.get("rule").asText()).isEqualTo(rule);
    }

    @Test
    void rulesThatContradictItAreNamedWithExamples() {
        plan("yoga-weeks", "\"theme\": \"season\", \"tags\": [\"yoga\"]");
        JsonNode check = check("yoga-weeks");
        assertThat(check.at("/covered/products").asInt()).isEqualTo(15);
        assertThat(check.at("/covered/sellable").asInt()).isEqualTo(14);

        List<JsonNode> hides = problems(check).stream()
                .filter(problem -> problem.get("kind").asText().equals("hides-covered"))
                .toList();
        // housekeeping rightly hides what is sold out, in the cart or on the page
        assertThat(hides)
                .extracting(problem -> problem.get("rule").asText())
                .containsExactlyInAnyOrder(ContraryShop.HIDES, ContraryShop.LATE);
        assertThat(hides).allSatisfy(problem -> assertThat(examples(problem)).containsAnyOf("block-cheap", "mat-7"));

        JsonNode buries = problem(check, "buries-covered");
        assertCausedBy(buries, "warning", ContraryShop.BURIES);
        assertThat(examples(buries)).containsExactly("swing-dear");
        assertThat(buries.get("message").asText()).contains("1 product", "only while the campaign runs");

        JsonNode pins = problem(check, "pins-uncovered");
        assertCausedBy(pins, "info", ContraryShop.PINS);
        assertThat(examples(pins)).containsExactly("chair-1", "chair-2", "chair-3", "chair-4");
        assertThat(pins.get("message").asText()).contains("on 4 of 11 visits", "with the campaign or without it");

        JsonNode boosts = problem(check, "boosts-uncovered");
        assertCausedBy(boosts, "warning", ContraryShop.BOOSTS);
        assertThat(examples(boosts)).containsExactly("lamp-new");

        JsonNode guarantee = problem(check, "guarantee-unmet");
        assertCausedBy(guarantee, "info", ContraryShop.GUARANTEES);
        assertThat(guarantee.get("message").asText()).contains("needs 3 of 10 places", "has 1 product");
        assertThat(examples(guarantee)).containsExactly("swing-dear");

        JsonNode limits = problem(check, "limits-covered");
        assertCausedBy(limits, "warning", ContraryShop.LIMITS);
        assertThat(examples(limits)).hasSize(5);
        assertThat(problems(check))
                .extracting(problem -> problem.get("severity").asText())
                .isSortedAccordingTo((a, b) -> b.compareTo(a));
    }

    @Test
    void aGuaranteeThatNobodyCanKeepIsAWarningWhereItMattersOnMostVisits() {
        plan("yoga-cart", "\"theme\": \"brand\", \"tags\": [\"yoga\"]");
        JsonNode once = unmet("Placement( name == \"cart\" )");
        assertCausedBy(once, "info", "Nobody keeps this");
        assertThat(once.get("message").asText())
                .contains("so it cannot be met", "on 1 of 11 visits", "with the campaign or without it");
        assertThat(once.has("cure")).isFalse();
        JsonNode always = unmet("Shop()");
        assertCausedBy(always, "warning", "Nobody keeps this");
        assertThat(always.get("cure").asText())
                .isEqualTo("Guarantee 0.5 at most, have more of the group in stock, or let the rule rest: add not"
                        + " Campaign( id == \"yoga-cart\" ) to it");
        JsonNode because = unmet("Campaign( id == \"yoga-cart\" ) Placement( name == \"cart\" )");
        assertCausedBy(because, "warning", "Nobody keeps this");
    }

    /** Five products have the tag. */
    private static JsonNode unmet(String condition) {
        String rule =
                """
                rule "Nobody keeps this"
                    @owner( "Tom" )
                when
                    %s
                then
                    shelf.guarantee( 0.9, "core" );
                end
                """
                        .formatted(condition);
        String examples = condition.equals("Shop()")
                ? "\"Nobody keeps this\":\n  fires: [ { case: always } ]\n"
                : """
                  "Nobody keeps this":
                    fires: [ { case: in the cart, placement: { name: cart }, campaigns: [ { id: yoga-cart, theme: BRAND } ] } ]
                    does-not-fire: [ { case: elsewhere, placement: { name: home-page } } ]
                  """;
        return withRule("yoga-cart", "Nobody keeps this", rule, examples);
    }

    @Test
    void theLineThatACureNamesCanBeWrittenAndSparesWhatIsCovered() {
        plan("yoga-cured", "\"theme\": \"brand\", \"tags\": [\"yoga\"]");
        String hide =
                """
                rule "Nothing of Asana is shown"
                    @owner( "Tom" )
                when
                    $c : Candidate( brand == "Asana" )
                    %s
                then
                    shelf.hide( $c );
                end
                """;
        String examples =
                """
                "Nothing of Asana is shown":
                  fires: [ { case: Asana, candidates: [ { sku: a, brand: Asana } ] } ]
                  does-not-fire: [ { case: another, candidates: [ { sku: a, brand: Lotus } ] } ]
                """;
        JsonNode hides = withRule("yoga-cured", "Nothing of Asana is shown", hide.formatted(""), examples);
        assertThat(hides.get("cure").asText())
                .isEqualTo(
                        "To spare what the campaign covers, add not Campaign( id == \"yoga-cured\", covers( $c ) ) to"
                                + " the rule, where $c is the name of its Candidate");
        assertThat(withRule(
                        "yoga-cured",
                        "Nothing of Asana is shown",
                        hide.formatted("not Campaign( id == \"yoga-cured\", covers( $c ) )"),
                        examples))
                .isNull();
    }

    /** What the check says of this rule; null where that is nothing. */
    private static JsonNode withRule(String campaign, String name, String rule, String examples) {
        String answer = given().contentType("application/json")
                .body(Map.of(
                        "files",
                        List.of(
                                Map.of("path", "shelf/tried.drl", "text", rule),
                                Map.of("path", "shelf/tried.examples.yaml", "text", examples))))
                .post("/campaigns/{id}/check", campaign)
                .then()
                .statusCode(200)
                .extract()
                .asString();
        return problems(json(answer)).stream()
                .filter(problem -> problem.path("rule").asText().equals(name))
                .findAny()
                .orElse(null);
    }

    @Test
    void aCampaignThatCoversNothingOrOnlySoldOutProductsIsReported() {
        plan("nowhere", "\"theme\": \"brand\", \"tags\": [\"yogi\"], \"skus\": [\"mat-99\"]");
        JsonNode nowhere = check("nowhere");
        assertThat(problem(nowhere, "covers-nothing").get("severity").asText()).isEqualTo("warning");
        assertThat(problem(nowhere, "names-nothing").get("message").asText())
                .isEqualTo(
                        "No product has the tag 'yogi'. Did you mean 'yoga'? No product has the sku 'mat-99'. Did you mean 'mat-9'?");
        plan("gone", "\"theme\": \"brand\", \"categories\": [\"sport/yoga/straps\"]");
        assertThat(problem(check("gone"), "nothing-in-stock").get("message").asText())
                .contains("in stock");
        assertThat(check("gone").at("/covered/products").asInt()).isEqualTo(1);
    }

    @Test
    void aCampaignThatCoversEverythingIsCheckedToo() {
        plan("all", "\"theme\": \"spend-and-save\", \"threshold\": 60");
        JsonNode check = check("all");
        assertThat(problems(check))
                .extracting(problem -> problem.get("kind").asText())
                .contains("hides-covered");
        assertThat(problems(check))
                .extracting(problem -> problem.get("kind").asText())
                .doesNotContain("boosts-uncovered", "pins-uncovered", "guarantee-unmet");
    }

    @Test
    void overlapsAreReportedWithTheCampaignThatLeads() {
        plan("mats", "\"theme\": \"brand\", \"priority\": 5, \"categories\": [\"sport/yoga/mats\"]");
        plan("mats-too", "\"theme\": \"brand\", \"priority\": 5, \"tags\": [\"mat\"]");
        plan("mat-first", "\"theme\": \"brand\", \"priority\": 9, \"skus\": [\"mat-1\"]");
        plan("chairs", "\"theme\": \"brand\", \"priority\": 5, \"categories\": [\"home/chairs\"]");
        JsonNode overlaps = check("mats-too").get("overlaps");
        JsonNode same = overlap(overlaps, "mats");
        assertThat(same.get("products").asInt()).isEqualTo(12);
        assertThat(same.get("leads").asText()).isEqualTo("mats");
        assertThat(same.get("message").asText()).contains("priority 5", "its id is the first");
        assertThat(same.get("since").asText()).isEqualTo("2090-06-01T00:00:00+02:00");
        assertThat(examples(overlap(overlaps, "mat-first"))).containsExactly("mat-1");
        assertThat(overlap(overlaps, "mat-first").get("leads").asText()).isEqualTo("mat-first");
        assertThat(overlap(overlaps, "chairs")).isNull();
    }

    private static JsonNode overlap(JsonNode overlaps, String id) {
        return StreamSupport.stream(overlaps.spliterator(), false)
                .filter(one -> one.get("id").asText().equals(id))
                .findAny()
                .orElse(null);
    }
}
