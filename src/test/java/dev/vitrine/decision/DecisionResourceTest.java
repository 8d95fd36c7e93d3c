package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.arc.All;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class DecisionResourceTest {
    private static boolean stocked;

    @Inject
    StoredDecisions storedDecisions;

    @Inject
    @All
    List<DecisionListener> listeners;

    @BeforeEach
    void stockOnce() {
        if (stocked) {
            return;
        }
        stocked = true;
        put(
                product(
                        "dr-mat-blue",
                        "room/yoga/mats",
                        29,
                        5,
                        "\"family\": \"dr-mat\", \"attributes\": {\"mm\": \"6\"}"),
                product("dr-mat-red", "room/yoga/mats", 29, 5, "\"family\": \"dr-mat\""),
                product("dr-mat-green", "room/yoga/mats", 29, 5, "\"family\": \"dr-mat\""),
                product("dr-roller", "room/yoga/rollers", 20, 5, "\"tags\": [\"core\"]"),
                product("dr-towel", "room/yoga/towels", 12.5, 5, "\"cost\": 5"),
                product("dr-gone", "room/yoga/towels", 12.5, 0, "\"cost\": 5"),
                product(
                        "dr-shoe-1",
                        "room/shoes",
                        99,
                        5,
                        "\"attributes\": {\"weight\": \"200 g\", \"drop\": \"8 mm\"}"),
                product(
                        "dr-shoe-2",
                        "room/shoes",
                        89,
                        5,
                        "\"attributes\": {\"weight\": \"230 g\", \"drop\": \"8 mm\"}"),
                product(
                        "dr-shoe-3",
                        "room/shoes",
                        79,
                        5,
                        "\"attributes\": {\"weight\": \"250 g\", \"drop\": \"8 mm\"}"),
                product(
                        "dr-kit",
                        "room/yoga/kits",
                        49.9,
                        5,
                        "\"kind\": \"bundle\", \"parts\": [\"dr-mat-blue\", \"dr-roller\", \"dr-towel\"]"));
    }

    private static String product(String sku, String category, double price, int stock, String more) {
        return """
                {"sku": "%s", "name": "%s", "category": "%s", "price": %s, "currency": "EUR", "stock": %d, %s}"""
                .formatted(sku, sku, category, price, stock, more);
    }

    private static void put(String... products) {
        given().contentType("application/json")
                .body("{\"products\": [" + String.join(",", products) + "]}")
                .post("/products")
                .then()
                .statusCode(200)
                .body("results.status", everyItem(equalTo("stored")));
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/decisions")
                .then();
    }

    private static ValidatableResponse decided(String body) {
        return post(body).statusCode(200).contentType("application/json").body("degraded", nullValue());
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    /** A request of a new visit; {@code more} begins with a comma, or is empty. */
    private static String request(String placement, String more) {
        return """
                {"placement": "%s", "visit": {"id": "%s"}%s}""".formatted(placement, fresh(), more);
    }

    private static String candidates(String... candidates) {
        return ", \"candidates\": [" + String.join(",", candidates) + "]";
    }

    private static String candidate(String sku, double score) {
        return "{\"sku\": \"%s\", \"score\": %s}".formatted(sku, score);
    }

    /** A candidate that is not in the catalog. */
    private static String foreign(String sku, double score, String more) {
        return "{\"sku\": \"%s\", \"score\": %s, \"price\": 10%s}".formatted(sku, score, more);
    }

    private static String foreign(int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> foreign("f" + i, 1.0 / i, ""))
                .collect(joining(",", ", \"candidates\": [", "]"));
    }

    /** jsonb writes such a number with all its digits, which a reader of requests refuses. */
    @ParameterizedTest
    @ValueSource(strings = {"1e-70", "1e-300", "4.9e-324"})
    void aDecisionWithAVerySmallNumberCanBeReadAgain(String score) {
        String id = given().contentType("application/json")
                .body(
                        """
                        {"placement": "home-page", "visit": {"id": "dr-small"},
                         "candidates": [{"sku": "dr-small", "score": %s, "price": 5, "category": "room/x"}]}"""
                                .formatted(score))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        storedDecisions.await(id);
        given().get("/decisions/" + id).then().statusCode(200).body("facts.candidates[0].sku", equalTo("dr-small"));
        assertThat(storedDecisions.replayInput(id)).isPresent();
        given().get("/q/health").then().body("checks.find { it.name == 'database' }.status", equalTo("UP"));
    }

    @Test
    void theAnswerHasTheShapeOfTheContract() {
        decided(request("search-page", candidates(candidate("dr-towel", 0.5), candidate("dr-mat-blue", 0.9))))
                .body(
                        "decisionId",
                        matchesPattern("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}"))
                .body("edition", greaterThan(0))
                .body("arm", equalTo("rules"))
                .body("module.type", equalTo("ranking"))
                .body("items.sku", contains("dr-mat-blue", "dr-towel"))
                .body("items.position", contains(1, 2))
                .body("items.modelRank", contains(1, 2))
                .body("items.moved", contains(0, 0))
                .body("items[0].score", equalTo(0.06f))
                .body("items[0].reasons[0].rule", equalTo("model"))
                .body("items[0].reasons[0].effect", equalTo("rank 1"))
                .body("readings", hasSize(0))
                .body("leftOut", nullValue())
                .body("tookMicros", greaterThan(0));
    }

    @Test
    void withoutCandidatesTheBuiltInModelIsAsked() {
        decided(request("home-page", "")).body("items", hasSize(greaterThan(0)));
        decided(request("home-page", ", \"candidates\": []")).body("items", hasSize(greaterThan(0)));
        decided(request("home-page", ", \"candidates\": null")).body("items", hasSize(greaterThan(0)));
    }

    @Test
    void theBuiltInModelDoesNotProposeTheProductOfThePage() {
        decided(
                        """
                {"placement": "product-page", "limit": 100,
                 "visit": {"id": "%s", "page": {"type": "product", "sku": "dr-towel"}}}"""
                                .formatted(fresh()))
                .body("items.sku", not(hasItem("dr-towel")))
                .body("items.sku", not(hasItem("dr-gone")));
    }

    @Test
    void aMovedItemSaysByHowMuchAndWhy() {
        String nine = IntStream.rangeClosed(1, 8)
                .mapToObj(i -> foreign("f" + i, 100 - i, ""))
                .collect(joining(","));
        decided(request(
                        "home-page",
                        ", \"limit\": 5"
                                + candidates(
                                        nine,
                                        foreign("core-9", 9, ", \"tags\": [\"core\"]"),
                                        foreign("core-10", 8, ", \"tags\": [\"core\"]"))))
                .body("items.sku", contains("f1", "f2", "f3", "core-9", "core-10"))
                .body("items[3].modelRank", equalTo(9))
                .body("items[3].moved", equalTo(5))
                .body("items[3].reasons[0].rule", equalTo("Core products keep their share of the shelf"))
                .body("items[3].reasons[0].effect", equalTo("guarantee 0.3 core"))
                .body("shortfalls", nullValue());
    }

    @Test
    void aGuaranteeThatCannotBeKeptIsReported() {
        decided(request("home-page", ", \"limit\": 4" + foreign(6)))
                .body("shortfalls[0].rules", hasItem("Core products keep their share of the shelf"))
                .body("shortfalls[0].group", equalTo("core"))
                .body("shortfalls[0].promised", equalTo(2))
                .body("shortfalls[0].delivered", equalTo(0));
        given().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("vitrine_shortfalls_total{placement=\"home-page\"}"));
    }

    @Test
    void anUnknownProductWithoutAPriceIsLeftOutAndNamed() {
        decided(request(
                        "home-page",
                        candidates(candidate("dr-nowhere", 9), candidate("dr-towel", 1), foreign("dr-own", 0.5, ""))))
                .body("items.sku", contains("dr-towel", "dr-own"))
                .body("items.modelRank", contains(1, 2))
                .body("leftOut.sku", contains("dr-nowhere"))
                .body("leftOut[0].cause", containsString("price"));
    }

    @Test
    void fieldsOfTheRequestReplaceThoseOfTheCatalog() {
        decided(request("home-page", candidates("{\"sku\": \"dr-gone\", \"score\": 1, \"stock\": 3}")))
                .body("items.sku", contains("dr-gone"));
        decided(request("home-page", candidates("{\"sku\": \"dr-towel\", \"score\": 1, \"stock\": 0}")))
                .body("items", hasSize(0));
    }

    @Test
    void whatIsSoldOutOrInTheCartIsNotShown() {
        decided(request(
                        "cart",
                        ", \"cart\": {\"items\": [{\"sku\": \"dr-roller\", \"quantity\": 2}]}"
                                + candidates(
                                        candidate("dr-gone", 3), candidate("dr-roller", 2), candidate("dr-towel", 1))))
                .body("items.sku", contains("dr-towel"))
                .body("items.moved", contains(2));
    }

    @Test
    void whatEventsPutIntoTheCartIsNotShownEither() {
        decided(
                        """
                {"placement": "cart",
                 "visit": {"id": "%s", "events": [{"type": "add-to-cart", "sku": "dr-roller"}]}%s}"""
                                .formatted(fresh(), candidates(candidate("dr-roller", 2), candidate("dr-towel", 1))))
                .body("items.sku", contains("dr-towel"));
    }

    @Test
    void aVisitThatComparesGetsAComparison() {
        decided(
                        """
                {"placement": "product-page",
                 "visit": {"id": "%s", "source": "social", "page": {"type": "product", "sku": "dr-shoe-1"},
                           "events": [{"type": "view", "sku": "dr-shoe-1"}, {"type": "view", "sku": "dr-shoe-2"},
                                      {"type": "view", "sku": "dr-shoe-3"}, {"type": "view", "sku": "dr-shoe-1"}]}%s}"""
                                .formatted(
                                        fresh(),
                                        candidates(
                                                candidate("dr-shoe-1", 3),
                                                candidate("dr-shoe-2", 2),
                                                candidate("dr-shoe-3", 1),
                                                candidate("dr-towel", 4))))
                .body("readings.mood", contains("comparing"))
                .body("readings[0].category", equalTo("room/shoes"))
                .body("readings[0].rule", equalTo("A visitor who weighs products of a category is comparing"))
                .body("module.type", equalTo("comparison"))
                .body("module.category", equalTo("room/shoes"))
                .body("module.rules", hasSize(1))
                .body("module.differences.weight.dr-shoe-2", equalTo("230 g"))
                .body("module.differences.drop", nullValue())
                .body("items.sku", containsInAnyOrder("dr-shoe-1", "dr-shoe-2", "dr-shoe-3"))
                .body("items.reasons.effect", everyItem(hasItem("show comparison")));
    }

    @Test
    void aVisitToManyVariantsGetsTheKitAndItsSaving() {
        decided(
                        """
                {"placement": "product-page",
                 "visit": {"id": "%s", "page": {"type": "product", "sku": "dr-mat-red"},
                           "events": [{"type": "view", "sku": "dr-mat-blue"}, {"type": "view", "sku": "dr-mat-green"},
                                      {"type": "view", "sku": "dr-mat-red"}]}%s}"""
                                .formatted(fresh(), candidates(candidate("dr-towel", 1))))
                .body("readings.mood", contains("kit"))
                .body("module.type", equalTo("bundle"))
                .body("module.sku", equalTo("dr-kit"))
                .body("module.parts", contains("dr-mat-blue", "dr-roller", "dr-towel"))
                .body("module.price", equalTo(49.9f))
                .body("module.partsPrice", equalTo(61.5f))
                .body("module.saving", equalTo(11.6f))
                .body("module.currency", equalTo("EUR"))
                .body("items.sku", contains("dr-kit"))
                .body("items[0].modelRank", nullValue())
                .body("items[0].moved", nullValue());
    }

    @Test
    void aChangeOfStockOrPriceCountsInTheVeryNextDecision() {
        put(product("dr-changing", "room/yoga/towels", 12.5, 5, "\"cost\": 5"));
        String visit = candidates(candidate("dr-changing", 2), candidate("dr-roller", 1));
        decided(request("home-page", visit)).body("items.sku", contains("dr-changing", "dr-roller"));
        put(product("dr-changing", "room/yoga/towels", 12.5, 0, "\"cost\": 5"));
        decided(request("home-page", visit)).body("items.sku", contains("dr-roller"));
        put(product("dr-changing", "room/yoga/towels", 9.5, 1, "\"cost\": 5"));
        String id = decided(request("home-page", visit))
                .body("items.sku", contains("dr-changing", "dr-roller"))
                .extract()
                .path("decisionId");
        given().get("/decisions/" + id).then().body("facts.candidates[0].price", equalTo(9.5f));
    }

    @Test
    void aDecisionReadsTheSameAtOnceAndFromTheDatabase() throws Exception {
        String visit = fresh();
        String answer = decided(
                        """
                {"placement": "home-page", "visit": {"id": "%s", "shopper": "dr-s"}%s}"""
                                .formatted(visit, candidates(candidate("dr-towel", 0.7), candidate("dr-gone", 0.1))))
                .extract()
                .asString();
        String id = Json.MAPPER.readTree(answer).get("decisionId").textValue();
        JsonNode atOnce = explained(id);
        storedDecisions.await(id);
        JsonNode later = explained(id);
        assertThat(later).isEqualTo(atOnce);
        Json.MAPPER.readTree(answer).fields().forEachRemaining(field -> assertThat(later.get(field.getKey()))
                .isEqualTo(field.getValue()));
        assertThat(later.at("/visit").textValue()).isEqualTo(visit);
        assertThat(later.at("/shopper").textValue()).isEqualTo("dr-s");
        assertThat(later.at("/placement").textValue()).isEqualTo("home-page");
        assertThat(later.at("/facts/candidates")).hasSize(2);
    }

    private static JsonNode explained(String id) throws Exception {
        return Json.MAPPER.readTree(
                given().get("/decisions/" + id).then().statusCode(200).extract().asString());
    }

    /** Comes before all others, and fails for one visit. */
    @Singleton
    @Priority(DecisionListener.MEMORY + 1)
    static final class FailingListener implements DecisionListener {
        static final String VISIT = "dr-listener-fails";

        @Override
        public void answered(AnsweredDecision decision) {
            if (decision.context().visit().equals(VISIT)) {
                throw new IllegalStateException("on purpose");
            }
        }
    }

    @Test
    void aListenerThatFailsCostsNeitherTheAnswerNorTheOthers() {
        String id = decided("{\"placement\": \"home-page\", \"visit\": {\"id\": \"" + FailingListener.VISIT + "\"}"
                        + candidates(candidate("dr-towel", 1)) + "}")
                .body("items.sku", contains("dr-towel"))
                .extract()
                .path("decisionId");
        given().get("/decisions/" + id).then().statusCode(200);
    }

    @Test
    void listenersThatKeepWhatANextRequestMayAskForComeFirst() {
        assertThat(listeners.stream().map(listener -> listener.getClass().getSimpleName()))
                .startsWith("FailingListener")
                .hasSizeGreaterThan(4);
        assertThat(listeners.stream().skip(1).limit(3).map(listener -> listener.getClass()
                        .getSimpleName()))
                .containsExactlyInAnyOrder("DecisionRecorder", "ShareLedger", "VisitFeedback");
    }

    @Test
    void theOpenApiDocumentHasTheFieldsOfAllModules() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body(
                        "components.schemas.DecisionAnswer.properties.module.'$ref'",
                        equalTo("#/components/schemas/DecisionModule"))
                .body(
                        "components.schemas.DecisionModule.properties.keySet()",
                        containsInAnyOrder(
                                "type",
                                "rules",
                                "category",
                                "sku",
                                "parts",
                                "price",
                                "partsPrice",
                                "saving",
                                "currency",
                                "differences"));
    }

    @Test
    void anUnknownDecisionIsNotFound() {
        for (String id : new String[] {fresh(), "nonsense", "'; drop table decision; --"}) {
            given().get("/decisions/{id}", id)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("field", equalTo("id"));
        }
    }

    @Test
    void aHundredItemsOfAThousandCandidatesAreAnswered() {
        decided(request("home-page", ", \"limit\": 100" + foreign(1000)))
                .body("items", hasSize(100))
                .body("items[99].sku", equalTo("f100"))
                .body("items[99].position", equalTo(100));
    }

    @Test
    void sqlInASkuIsJustASku() {
        String sku = "'; drop table decision; --";
        String id = decided(request("home-page", candidates(foreign(sku, 1, ""))))
                .body("items.sku", contains(sku))
                .extract()
                .path("decisionId");
        given().get("/decisions/" + id).then().statusCode(200);
    }

    @Test
    void scoresOfAnySignAndSizeAreAccepted() {
        decided(request(
                        "home-page",
                        candidates(foreign("low", -1e12, ""), foreign("none", 0, ""), foreign("high", 1e12, ""))))
                .body("items.sku", contains("high", "none", "low"));
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad("[]", null, "must be an object"),
                bad("7", null, "must be an object"),
                bad("{}", "placement", "is required"),
                bad(request("home-page", ", \"limits\": 3"), "limits", "did you mean 'limit'"),
                bad(request("hom-page", ""), "placement", "did you mean 'home-page'"),
                bad("{\"placement\": 7, \"visit\": {\"id\": \"v\"}}", "placement", "text"),
                bad("{\"visit\": {\"id\": \"v\"}}", "placement", "is required"),
                bad("{\"placement\": \"home-page\"}", "visit", "is required"),
                bad("{\"placement\": \"home-page\", \"visit\": null}", "visit", "is required"),
                bad("{\"placement\": \"home-page\", \"visit\": \"v\"}", "visit", "object"),
                bad(visit("{}"), "visit.id", "is required"),
                bad(visit("{\"id\": \"\"}"), "visit.id", "blank"),
                bad(visit("{\"id\": 7}"), "visit.id", "text"),
                bad(visit("{\"id\": \"v\\u0007\"}"), "visit.id", "U+0007"),
                bad(visit("{\"id\": \"" + "v".repeat(129) + "\"}"), "visit.id", "at most 128"),
                bad(visit("{\"id\": \"v\", \"shoper\": \"s\"}"), "visit.shoper", "did you mean 'shopper'"),
                bad(visit("{\"id\": \"v\", \"source\": \"" + "s".repeat(65) + "\"}"), "visit.source", "at most 64"),
                bad(visit("{\"id\": \"v\", \"page\": {\"type\": \"prodct\"}}"), "visit.page.type", "one of home"),
                bad(visit("{\"id\": \"v\", \"page\": {\"type\": 1}}"), "visit.page.type", "one of home"),
                bad(visit("{\"id\": \"v\", \"page\": {\"sku\": \"\\n\"}}"), "visit.page.sku", "blank"),
                bad(
                        visit("{\"id\": \"v\", \"events\": [{\"type\": \"view\", \"sku\": \"a\","
                                + " \"at\": \"2999-01-01T00:00:00Z\"}]}"),
                        "visit.events[0].at",
                        "in the future"),
                bad(visit("{\"id\": \"v\", \"events\": [{\"type\": \"view\"}]}"), "visit.events[0].sku", "is required"),
                bad(visit("{\"id\": \"v\", \"events\": [null]}"), "visit.events[0]", "object"),
                bad(visit("{\"id\": \"v\", \"events\": [7]}"), "visit.events[0]", "object"),
                bad(visit("{\"id\": \"v\", \"events\": {}}"), "visit.events", "list"),
                bad(
                        visit("{\"id\": \"v\", \"events\": ["
                                + "{\"type\": \"view\", \"sku\": \"a\"},".repeat(100)
                                + "{\"type\": \"view\", \"sku\": \"a\"}]}"),
                        "visit.events",
                        "at most 100"),
                bad(request("home-page", ", \"limit\": 0"), "limit", "from 1 to 100"),
                bad(request("home-page", ", \"limit\": 101"), "limit", "from 1 to 100"),
                bad(request("home-page", ", \"limit\": -1"), "limit", "from 1 to 100"),
                bad(request("home-page", ", \"limit\": \"3\""), "limit", "whole number"),
                bad(request("home-page", ", \"limit\": 3.5"), "limit", "whole number"),
                bad(request("home-page", ", \"limit\": 99999999999"), "limit", "whole number"),
                bad(
                        request("home-page", ", \"cart\": {\"items\": [{\"sku\": \"a\", \"quantity\": 0}]}"),
                        "cart.items[0].quantity",
                        "from 1 to 10000"),
                bad(
                        request("home-page", ", \"cart\": {\"items\": [{\"quantity\": 1}]}"),
                        "cart.items[0].sku",
                        "is required"),
                bad(request("home-page", ", \"cart\": {\"items\": [null]}"), "cart.items[0]", "is required"),
                bad(request("home-page", ", \"cart\": []"), "cart", "object"),
                bad(request("home-page", foreign(1001)), "candidates", "at most 1000"),
                bad(request("home-page", ", \"candidates\": {}"), "candidates", "list"),
                bad(request("home-page", candidates("null")), "candidates[0]", "is required"),
                bad(request("home-page", candidates("{\"score\": 1}")), "candidates[0].sku", "is required"),
                bad(request("home-page", candidates("{\"sku\": \"a\"}")), "candidates[0].score", "is required"),
                bad(
                        request("home-page", candidates(foreign("a", 1, ""), foreign("b", 1, ""), foreign("a", 2, ""))),
                        "candidates[2].sku",
                        "there already"),
                bad(worth("score", "\"NaN\""), "candidates[0].score", "is NaN"),
                bad(worth("score", "1e400"), "candidates[0].score", "from -1000000000000 to"),
                bad(worth("score", "-1e13"), "candidates[0].score", "from -1000000000000 to"),
                bad(worth("score", "\"1\""), "candidates[0].score", "number"),
                bad(worth("score", "true"), "candidates[0].score", "number"),
                bad(worth("score", "1" + "0".repeat(100)), "candidates[0]", "a number of 101 digits"),
                bad(worth("price", "-1"), "candidates[0].price", "from 0 to 1000000000"),
                bad(worth("price", "1e400"), "candidates[0].price", "from 0 to 1000000000"),
                bad(worth("listPrice", "-0.01"), "candidates[0].listPrice", "from 0"),
                bad(worth("cost", "1e10"), "candidates[0].cost", "from 0"),
                bad(worth("margin", "1.5"), "candidates[0].margin", "to 1"),
                bad(worth("stock", "-1"), "candidates[0].stock", "from 0"),
                bad(worth("kind", "\"thing\""), "candidates[0].kind", "one of product"),
                bad(worth("tags", "[null]"), "candidates[0].tags[0]", "is required"),
                bad(worth("tags", "\"core\""), "candidates[0].tags", "list"),
                bad(worth("parts", "[\"a\\u0000\"]"), "candidates[0].parts[0]", "U+0000"),
                bad(worth("launchedAt", "\"2999-01-01T00:00:00Z\""), "candidates[0].launchedAt", "days in the future"),
                bad(
                        worth("launchedAt", "\"+999999999-01-01T00:00:00Z\""),
                        "candidates[0].launchedAt",
                        "days in the future"),
                bad(worth("launchedAt", "\"soon\""), "candidates[0].launchedAt", "ISO 8601"),
                bad(worth("prise", "3"), "candidates[0].prise", "did you mean 'price'"));
    }

    private static Arguments bad(String body, String field, String detail) {
        return Arguments.of(body, field, detail);
    }

    private static String visit(String visit) {
        return "{\"placement\": \"home-page\", \"visit\": " + visit + "}";
    }

    private static String worth(String field, String value) {
        String rest = Stream.of("\"sku\": \"a\"", "\"score\": 1", "\"price\": 9")
                .filter(one -> !one.startsWith("\"" + field + "\""))
                .collect(joining(", "));
        return request("home-page", candidates("{\"" + field + "\": " + value + ", " + rest + "}"));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void aBadRequestNamesTheFieldThatIsWrong(String body, String field, String detail) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("field", equalTo(field))
                .body("detail", containsString(detail));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{",
                "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}",
                "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}} more",
                "{\"placement\": \"home-page\", \"placement\": \"cart\", \"visit\": {\"id\": \"v\"}}",
                "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\", \"id\": \"w\"}}",
                "{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}, \"limit\": NaN}",
                "{'placement': 'home-page'}",
                "placement=home-page"
            })
    void invalidJsonIsRefused(String body) {
        post(body).statusCode(400).contentType("application/problem+json").body("detail", containsString(" "));
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        post("{\"placement\": " + "[".repeat(5000) + "]".repeat(5000) + "}")
                .statusCode(400)
                .contentType("application/problem+json");
        post(visit("{\"id\": \"v\", \"events\": [" + "[".repeat(40) + "]".repeat(40) + "]}"))
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void twoMebibytesAreRefused() {
        post(visit("{\"id\": \"" + "v".repeat(2 << 20) + "\"}"))
                .statusCode(413)
                .contentType("application/problem+json")
                .body("detail", containsString("1 MiB"));
    }

    @Test
    void anotherContentTypeIsRefused() {
        given().contentType("text/plain")
                .body(request("home-page", ""))
                .post("/decisions")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void aBadRequestHasNoEffect() {
        String visit = fresh();
        post("""
                {"placement": "home-page", "limit": 101,
                 "visit": {"id": "%s", "events": [{"type": "add-to-cart", "sku": "dr-towel"}]}}"""
                        .formatted(visit))
                .statusCode(400);
        decided("{\"placement\": \"home-page\", \"visit\": {\"id\": \"" + visit + "\"}"
                        + candidates(candidate("dr-towel", 1))
                        + "}")
                .body("items.sku", contains("dr-towel"));
    }
}
