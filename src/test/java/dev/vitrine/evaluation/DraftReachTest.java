package dev.vitrine.evaluation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.RemovedRules;
import dev.vitrine.storage.Await;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes that would leave shelves empty, and others that would not. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
@WithTestResource(RefusedHarm.class)
class DraftReachTest {
    private static final String RULES = "reach/tried.drl";
    private static final String EXAMPLES = "reach/tried.examples.yaml";
    private static final String NAME = "Reach is tried";

    @ConfigProperty(name = "vitrine.rules")
    Path folder;

    @BeforeEach
    void aShopWithProducts() {
        List<Map<String, Object>> products = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            products.add(Map.of(
                    "sku",
                    "reach-" + i,
                    "name",
                    "Reach " + i,
                    "category",
                    "reach/c" + i % 4,
                    "price",
                    10 + i,
                    "currency",
                    "EUR",
                    "stock",
                    5,
                    "family",
                    "reach-" + i));
        }
        merchandiser()
                .body(Map.of("products", products))
                .post("/products")
                .then()
                .statusCode(200);
    }

    @AfterEach
    void asBefore() throws IOException {
        // what is live leaves the folder by itself, which is in step then
        List<String> live = given().get("/rulebook").path("files.path");
        if (!live.contains(RULES)) {
            Files.deleteIfExists(folder.resolve(RULES));
            Files.deleteIfExists(folder.resolve(EXAMPLES));
        }
        RemovedRules.remove(RULES, EXAMPLES);
        Await.until(() -> !Files.exists(folder.resolve(RULES)) && !Files.exists(folder.resolve(EXAMPLES)));
    }

    private static RequestSpecification merchandiser() {
        return given().contentType("application/json");
    }

    private static String rule(String attributes, String when, String then) {
        return """
                rule "%s"
                    @owner( "Ines" )
                %swhen
                    %s
                then
                    %s
                end
                """
                .formatted(NAME, attributes, when, then);
    }

    private static final String BOTH =
            """
            "%s":
              fires: [ { case: something, candidates: [ { sku: a } ]%s } ]
              does-not-fire: [ { case: there is nothing } ]
            """;

    private static List<Map<String, Object>> files(String rule, String more) {
        return List.of(
                Map.of("path", RULES, "text", rule), Map.of("path", EXAMPLES, "text", BOTH.formatted(NAME, more)));
    }

    private static List<Map<String, Object>> hideEverything() {
        return files(rule("", "$c : Candidate()", "shelf.hide( $c );"), "");
    }

    private static ValidatableResponse publish(Map<String, Object> body) {
        return merchandiser().body(body).post("/rulebook/publish").then();
    }

    private static ValidatableResponse check(List<Map<String, Object>> files) {
        return merchandiser()
                .body(Map.of("files", files))
                .post("/rulebook/check")
                .then()
                .statusCode(200);
    }

    private static Map<String, Object> with(List<Map<String, Object>> files, Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("files", files));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    @Test
    void noCountOfListsTellsWhatIsStoredOfAShopper() {
        String order =
                "{'events': [{'id': 'reach-order', 'type': 'purchase', 'shopper': 'reach-known', 'visit': 'reach-visit', 'at': '%s',"
                        + " 'sku': 'reach-1', 'price': 11, 'quantity': 1, 'order': 'reach-order'}]}";
        merchandiser()
                .body(order.formatted(Instant.now()).replace('\'', '"'))
                .post("/events")
                .then()
                .body("results.status", contains("accepted"));
        merchandiser()
                .body(
                        "{'placement': 'home-page', 'visit': {'id': 'reach-visit-2', 'shopper': 'reach-known', 'page': {'type': 'home'}}}"
                                .replace('\'', '"'))
                .post("/decisions")
                .then()
                .statusCode(200);
        String asks = rule("", "Shopper( orders >= 1 )\n    $c : Candidate()", "shelf.boost( $c, 2 );");
        check(files(asks, ", shopper: { orders: 1 }"))
                .body("problems", empty())
                .body("reach.lists", greaterThan(0))
                .body("reach.rules[0].touched", equalTo(0));
    }

    @Test
    void hideEverythingIsRefusedUntilSomebodySaysWhy() {
        check(hideEverything())
                .body("problems[0].severity", equalTo("fault"))
                .body("problems[0].message", startsWith("The change leaves"))
                .body("problems.file", everyItem(startsWith("reach/")))
                .body("reach.lists", greaterThanOrEqualTo(20))
                .body("reach.harm.refused", equalTo(true))
                .body("reach.harm.emptied", greaterThan(10))
                .body("reach.rules[0].rule", equalTo(NAME))
                .body("reach.rules[0].change", equalTo("added"))
                .body("reach.rules[0].emptied", greaterThan(10))
                .body("reach.rules[0].orders", lessThanOrEqualTo(0f))
                .body("reach.rules[0].says", containsString("of them nothing"));

        merchandiser()
                .body(with(hideEverything(), "accept", "the shop is closed today"))
                .post("/rulebook/check")
                .then()
                .body("problems.severity", not(hasItem("fault")))
                .body("reach.harm.refused", equalTo(true));

        publish(with(hideEverything()))
                .statusCode(422)
                .body("detail", containsString("'accept'"))
                .body("problems[0].file", equalTo(RULES))
                .body("problems[0].rule", equalTo(NAME))
                .body("problems[0].message", startsWith("The change leaves"))
                .body("reach.harm.examples[0].draft", equalTo(0));
        given().get("/rulebook").then().body("rules.name", not(hasItem(NAME)));

        publish(with(hideEverything(), "accept", "the shop is closed today"))
                .statusCode(200)
                .body("reach.harm.refused", equalTo(true));
        given().get("/rulebook/audit")
                .then()
                .body(
                        "entries.findAll { it.action == 'harm-accepted' }.detail",
                        hasItem(startsWith("the shop is closed today: ")));
    }

    @Test
    void aBlankReasonIsNone() {
        publish(with(hideEverything(), "accept", "  ")).statusCode(422).body("reach", notNullValue());
        publish(with(hideEverything(), "accept", "x".repeat(501)))
                .statusCode(400)
                .body("field", equalTo("accept"));
    }

    @Test
    void aBoostTouchesWithoutHarm() {
        List<Map<String, Object>> files =
                files(rule("", "$c : Candidate( price < 1000000 )", "shelf.boost( $c, 1.5 );"), "");
        publish(with(files))
                .statusCode(200)
                .body("reach.rules[0].touched", greaterThan(10))
                .body("reach.rules[0].moved", equalTo(0))
                .body("reach.harm", nullValue());
    }

    @Test
    void onlyExamplesChangedReachNothing() {
        List<Map<String, Object>> boost = files(rule("", "$c : Candidate()", "shelf.boost( $c, 1.5 );"), "");
        publish(with(boost)).statusCode(200);
        check(files(rule("", "$c : Candidate()", "shelf.boost( $c, 1.5 );"), ", proposes: [ boost a 1.5 ]"))
                .body("reach", nullValue());
    }

    @Test
    void aRuleThatBeginsLaterIsTriedOnItsFirstDay() {
        LocalDate later = LocalDate.now().plusDays(40);
        List<Map<String, Object>> files = files(
                rule("    date-effective \"" + later + "\"\n", "$c : Candidate()", "shelf.hide( $c );"),
                ", at: " + later.plusDays(1));
        publish(with(files))
                .statusCode(422)
                .body("reach.asOf", startsWith(later.minusDays(1).toString().substring(0, 7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Campaign( name == "Reach blackout" )  | , campaigns: [ { name: Reach blackout } ]
                    Shopper( visits >= 900 )              | , shopper: { visits: 901 }
                    """)
    void whatFewListsMeetIsTriedAsIfItHeld(String asked, String met) {
        triedAsIfItHeld(asked, met);
    }

    @Test
    void whatIsForAnotherHourIsTriedAsIfItWereNow() {
        int hour = (OffsetDateTime.now(ZoneOffset.UTC).getHour() + 12) % 24;
        triedAsIfItHeld("Shop( hour == " + hour + " )", ", at: \"2026-11-28T%02d:30:00Z\"".formatted(hour));
    }

    private static void triedAsIfItHeld(String asked, String met) {
        List<Map<String, Object>> files = files(rule("", asked + "\n$c : Candidate()", "shelf.hide( $c );"), met);
        publish(with(files))
                .statusCode(422)
                .body("problems[0].rule", equalTo(NAME))
                .body("problems[0].message", startsWith("If " + asked + " held, \"" + NAME + "\" would leave "))
                .body("reach.rules[0].touched", equalTo(0))
                .body("reach.rules[0].asIf.conditions", equalTo(List.of(asked)))
                .body("reach.rules[0].asIf.emptied", greaterThan(10))
                .body("reach.harm.lists", equalTo(0))
                .body("reach.harm.emptying[0].rules", equalTo(List.of(NAME)));
        check(files).body("problems[0].severity", equalTo("fault"));
        publish(with(files, "accept", "nothing at all is shown then")).statusCode(200);
        // what was accepted once is not asked about again
        publish(with(files(rule("", asked + "\n$c : Candidate( price >= 0 )", "shelf.hide( $c );"), met)))
                .statusCode(200)
                .body("reach.rules[0].asIf.emptied", greaterThan(10))
                .body("reach.harm", nullValue());
        given().get("/rulebook/audit")
                .then()
                .body(
                        "entries.findAll { it.action == 'harm-accepted' }.detail",
                        hasItem(startsWith("nothing at all is shown then: If " + asked + " held")));
    }

    @Test
    void whatIsHiddenOfFewProductsIsNoHarmWhereItsConditionsHold() {
        List<Map<String, Object>> files = files(
                rule(
                        "",
                        "Visit( pages >= 77 )\n$c : Candidate( sku == \"reach-3\" || sku == \"a\" )",
                        "shelf.hide( $c );"),
                ", visit: { pages: 80 }");
        publish(with(files))
                .statusCode(200)
                .body("reach.harm", nullValue())
                .body("reach.rules[0].asIf.lists", greaterThan(10))
                .body("reach.rules[0].asIf.touched", greaterThan(0))
                .body("reach.rules[0].asIf.emptied", equalTo(0));
    }

    @Test
    void aRuleThatBeginsNextYearHidesNothingThatAnotherDoesUntilThen() {
        LocalDate later = LocalDate.now().plusDays(300);
        String other = rule("    date-effective \"" + later + "\"\n", "$c : Candidate()", "shelf.boost( $c, 2 );")
                .replace(NAME, "Reach is tried later");
        String examples =
                BOTH.formatted(NAME, "") + BOTH.formatted("Reach is tried later", ", at: " + later.plusDays(1));
        publish(with(List.of(
                        Map.of(
                                "path",
                                RULES,
                                "text",
                                rule(
                                                "    date-expires \"" + later.minusDays(9) + "\"\n",
                                                "$c : Candidate()",
                                                "shelf.hide( $c );")
                                        + other),
                        Map.of("path", EXAMPLES, "text", examples))))
                .statusCode(422)
                .body("reach.harm.emptied", greaterThan(10));
    }

    @Test
    void halvesBehindTheSameHourAreTriedTogether() {
        int hour = (OffsetDateTime.now(ZoneOffset.UTC).getHour() + 12) % 24;
        String at = ", at: \"2026-11-28T%02d:30:00Z\"".formatted(hour);
        String cheap = rule("", "Shop( hour == " + hour + " )\n$c : Candidate( price < 30 )", "shelf.hide( $c );");
        String dear = rule("", "Shop( hour == " + hour + " )\n$c : Candidate( price >= 30 )", "shelf.hide( $c );")
                .replace(NAME, "Reach is tried too");
        String examples = BOTH.formatted(NAME, at)
                + BOTH.formatted("Reach is tried too", at).replace("sku: a", "sku: a, price: 40");
        publish(with(List.of(Map.of("path", RULES, "text", cheap + dear), Map.of("path", EXAMPLES, "text", examples))))
                .statusCode(422)
                .body("problems[0].message", containsString(" would leave "))
                .body("reach.harm.emptying.size()", greaterThan(0));
    }

    @Test
    void stagedAndScheduledChangesAreTriedToo() {
        Object from = OffsetDateTime.now().plusDays(2).toString();
        merchandiser()
                .body(with(hideEverything(), "share", 0.1))
                .post("/rulebook/staged")
                .then()
                .statusCode(422)
                .body("reach.harm.refused", equalTo(true));
        merchandiser()
                .body(with(hideEverything(), "from", from))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(422)
                .body("reach.harm.refused", equalTo(true));
        int id = merchandiser()
                .body(with(hideEverything(), "from", from, "accept", "stocktaking"))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        merchandiser().delete("/rulebook/scheduled/" + id).then().statusCode(200);
    }

    @Test
    void theFolderIsRefusedAndSaysHow() throws Exception {
        Files.createDirectories(folder.resolve("reach"));
        Files.writeString(folder.resolve(EXAMPLES), BOTH.formatted(NAME, ""));
        Files.writeString(folder.resolve(RULES), rule("", "$c : Candidate()", "shelf.hide( $c );"));
        // one file may be read before the other is written
        Await.until(
                () -> given().get("/rulebook").path("problems.cure").toString().contains("'accept'"));
        given().get("/rulebook").then().body("rules.name", not(hasItem(NAME)));
        Files.delete(folder.resolve(RULES));
        Files.delete(folder.resolve(EXAMPLES));
        Await.until(() -> given().get("/rulebook").path("problems").toString().equals("[]"));
    }
}
