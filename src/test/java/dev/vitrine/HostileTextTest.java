package dev.vitrine;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Characters that nobody sees, and names that look alike, at every entrance. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class HostileTextTest {
    /** A C1 control, an override, an isolate, a mark, a word joiner, a byte order mark, a space of no width, and a tag. */
    private static final int[] HIDDEN = {0x9B, 0x202E, 0x2066, 0x200E, 0x2060, 0xFEFF, 0x200B, 0xE0041};

    private static final String PRODUCT =
            "{\"products\": [{\"sku\": \"a\", \"name\": \"A\", \"category\": \"c\", \"price\": 1,"
                    + " \"currency\": \"EUR\", \"stock\": 1%s}]}";
    private static final String DECISION = "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"%s},"
            + " \"candidates\": [{\"sku\": \"a\", \"score\": 1%s}]}";
    private static final String EVENT =
            "{\"id\": \"e\", \"type\": \"search\", \"visit\": \"v\", \"at\": \"2026-03-01T12:00:00Z\", \"query\": \"q\"%s}";
    private static final String CAMPAIGN =
            "{\"name\": \"%s\", \"theme\": \"season\", \"startsAt\": \"2099-01-01T00:00:00\", \"endsAt\": \"2099-02-01T00:00:00\"}";

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY);
    }

    private static Arguments entrance(String path, String body, String field) {
        return Arguments.of(path, body, field);
    }

    static Stream<Arguments> entrances() {
        String file = "{\"path\": \"a.drl\", \"text\": \"\"}";
        return Stream.of(
                entrance("/decisions", DECISION.formatted("", "").replace("\"v\"", "\"@\""), "visit.id"),
                entrance("/decisions", DECISION.formatted(", \"shopper\": \"@\"", ""), "visit.shopper"),
                entrance("/decisions", DECISION.formatted(", \"source\": \"@\"", ""), "visit.source"),
                entrance("/decisions", DECISION.formatted(", \"tags\": [\"@\"]", ""), "visit.tags[0]"),
                entrance(
                        "/decisions",
                        DECISION.formatted(", \"page\": {\"category\": \"@\"}", ""),
                        "visit.page.category"),
                entrance("/decisions", DECISION.formatted("", "").replace("\"a\"", "\"@\""), "candidates[0].sku"),
                entrance("/decisions", DECISION.formatted("", ", \"name\": \"@\""), "candidates[0].name"),
                entrance("/decisions", DECISION.formatted("", ", \"brand\": \"@\""), "candidates[0].brand"),
                entrance("/decisions", DECISION.formatted("", ", \"tags\": [\"@\"]"), "candidates[0].tags[0]"),
                entrance("/decisions", DECISION.formatted(", \"segments\": [\"@\"]", ""), "visit.segments[0]"),
                entrance(
                        "/decisions",
                        DECISION.formatted("", ", \"attributes\": {\"a\": \"@\"}"),
                        "candidates[0].attributes.a"),
                entrance(
                        "/decisions",
                        DECISION.formatted("", "").replaceFirst("\\{", "{\"context\": {\"a\": \"@\"}, "),
                        "context.a"),
                entrance("/campaigns", CAMPAIGN.formatted("A").replaceFirst("\\{", "{\"benefit\": \"@\", "), "benefit"),
                entrance("/campaigns", CAMPAIGN.formatted("@"), "name"),
                entrance("/rulebook/check", "{\"files\": [{\"path\": \"@.drl\", \"text\": \"\"}]}", "files[0].path"),
                entrance("/rulebook/publish", "{\"files\": [" + file + "], \"note\": \"@\"}", "note"),
                entrance("/rulebook/staged", "{\"share\": 0.5, \"files\": [" + file + "], \"note\": \"@\"}", "note"),
                entrance("/rulebook/shadow", "{\"share\": 0.5, \"files\": [" + file + "], \"note\": \"@\"}", "note"),
                entrance("/rulebook/backtests", "{\"files\": [" + file + "], \"note\": \"@\"}", "note"),
                entrance("/rulebook/preview", "{\"files\": [], \"decisionId\": \"@\"}", "decisionId"));
    }

    @ParameterizedTest
    @MethodSource("entrances")
    void aHiddenCharacterIsRefusedWithFieldIndexAndCodePoint(String path, String body, String field) {
        for (int c : HIDDEN) {
            merchandiser()
                    .body(body.replace("@", "ab" + Character.toString(c)))
                    .post(path)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo(field))
                    .body("detail", startsWith("has a character that is not allowed at index 2"))
                    .body("detail", containsString(String.format("U+%04X", c)));
        }
    }

    static Stream<Arguments> elements() {
        return Stream.of(
                entrance("/products", PRODUCT.formatted("").replace("\"a\"", "\"@\""), "products[0].sku"),
                entrance("/products", PRODUCT.formatted("").replace("\"A\"", "\"@\""), "products[0].name"),
                entrance("/products", PRODUCT.formatted("").replace("\"c\"", "\"@\""), "products[0].category"),
                entrance("/products", PRODUCT.formatted(", \"brand\": \"@\""), "products[0].brand"),
                entrance("/products", PRODUCT.formatted(", \"tags\": [\"@\"]"), "products[0].tags[0]"),
                entrance(
                        "/products", PRODUCT.formatted(", \"attributes\": {\"a\": \"@\"}"), "products[0].attributes.a"),
                entrance(
                        "/segments", "{\"segments\": [{\"shopper\": \"@\", \"segments\": []}]}", "segments[0].shopper"),
                entrance(
                        "/segments",
                        "{\"segments\": [{\"shopper\": \"a\", \"segments\": [\"@\"]}]}",
                        "segments[0].segments[0]"),
                entrance(
                        "/events",
                        "{\"events\": [" + EVENT.formatted("").replace("\"e\"", "\"@\"") + "]}",
                        "events[0].id"),
                entrance(
                        "/events",
                        "{\"events\": [" + EVENT.formatted("").replace("\"q\"", "\"@\"") + "]}",
                        "events[0].query"),
                entrance(
                        "/events",
                        "{\"events\": [" + EVENT.formatted(", \"source\": \"@\"") + "]}",
                        "events[0].source"),
                entrance(
                        "/events", "{\"events\": [" + EVENT.formatted(", \"order\": \"@\"") + "]}", "events[0].order"));
    }

    @ParameterizedTest
    @MethodSource("elements")
    void anElementOfABatchIsRefusedByItself(String path, String body, String field) {
        for (int c : HIDDEN) {
            merchandiser()
                    .body(body.replace("@", "ab" + Character.toString(c)))
                    .post(path)
                    .then()
                    .body("results[0].status", equalTo("refused"))
                    .body("results[0].problem.field", equalTo(field))
                    .body("results[0].problem.detail", containsString(String.format("at index 2 (U+%04X)", c)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/insights/shares?group=a%C2%9Bb", "/campaigns?state=a%E2%80%AEb"})
    void aQueryIsReadLikeABody(String address) {
        merchandiser()
                .urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(400)
                .body("detail", containsString("index 1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/products/a%E2%81%A0b", "/decisions/a%C2%9Bb", "/campaigns/a%E2%80%AEb"})
    void aPathThatNothingCanHaveLeadsNowhere(String address) {
        merchandiser()
                .urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(404)
                .body("detail", containsString("index 1"));
    }

    @Test
    void whatFeedsHoldIsTakenAndShownAsItIs() {
        String name =
                "Kaffee\u00ADmaschine \uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC73\uDB40\uDC63\uDB40\uDC74\uDB40\uDC7F"
                        + " \u2764\uFE0F \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
        merchandiser()
                .body(PRODUCT.formatted("").replace("\"a\"", "\"feed\"").replace("\"A\"", Json.text(name)))
                .post("/products")
                .then()
                .body("results[0].status", is("stored"));
        merchandiser().get("/products/feed").then().body("name", equalTo(name));
    }

    @Test
    void theSameWordIsTheSameHoweverItWasTyped() {
        merchandiser()
                .body(PRODUCT.formatted("").replace("\"a\"", "\"cafe\u0301\""))
                .post("/products")
                .then()
                .body("results[0].status", is("stored"));
        merchandiser()
                .urlEncodingEnabled(false)
                .get("/products/caf%C3%A9")
                .then()
                .statusCode(200);
        merchandiser()
                .urlEncodingEnabled(false)
                .get("/products/cafe%CC%81")
                .then()
                .statusCode(200);
    }

    @Test
    void aCampaignThatLooksLikeAnotherIsRefusedAndNamesIt() {
        merchandiser()
                .body(CAMPAIGN.formatted("Black Week"))
                .post("/campaigns")
                .then()
                .statusCode(201);
        merchandiser()
                .body(CAMPAIGN.formatted("Bl\u0430ck Week"))
                .post("/campaigns")
                .then()
                .statusCode(409)
                .body("field", equalTo("name"))
                .body("detail", startsWith("looks like 'Black Week', the name of another campaign"));
        merchandiser()
                .body(CAMPAIGN.formatted("Black Week"))
                .post("/campaigns")
                .then()
                .statusCode(201);
        merchandiser()
                .body(CAMPAIGN.formatted("black week"))
                .put("/campaigns/black-week-2")
                .then()
                .statusCode(409);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x9B, 0x202E, 0x2060, 0xAD, 0xE0041})
    void aHiddenCharacterInAFileIsAFaultWithItsPlace(int c) {
        for (String path : List.of("shelf/hidden.drl", "shelf/hidden.examples.yaml")) {
            merchandiser()
                    .body(Map.of("files", List.of(Map.of("path", path, "text", "\nab" + Character.toString(c)))))
                    .post("/rulebook/check")
                    .then()
                    .statusCode(200)
                    .body("problems[0].file", equalTo(path))
                    .body("problems[0].line", is(2))
                    .body("problems[0].column", is(3))
                    .body("problems[0].message", containsString(String.format("U+%04X", c)));
        }
    }
}
