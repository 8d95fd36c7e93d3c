package dev.vitrine.evaluation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.OperatorByDefault;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.edition.StickyShare;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hamcrest.CustomTypeSafeMatcher;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A draft that hides cheap products, tried before anybody sees it. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class EvaluationTest {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String RULE = "Cheap things are hidden";
    /** The placement of the decisions that are counted. */
    private static final String COUNTED = "order-confirmation";

    private static final int DECISIONS = 240;
    private static final int WITH_CHEAP = 60;
    private static final int BOUGHT = 10;
    private static boolean recorded;

    @Inject
    Sql sql;

    @AfterEach
    void nothingRuns() {
        merchandiser().delete("/rulebook/shadow").then().statusCode(200);
        for (JsonNode backtest : json(given().get("/rulebook/backtests")).get("backtests")) {
            if (backtest.get("state").textValue().equals("running")) {
                stop(backtest.get("id").longValue()).statusCode(200);
            }
        }
    }

    // --- requests ---

    private static List<Map<String, Object>> draft(String condition) {
        return List.of(
                Map.of(
                        "path",
                        "shelf/cheap.drl",
                        "text",
                        """
                        rule "%s"
                            @owner( "Ines" )
                        when
                            $c : Candidate( %s )
                        then
                            shelf.hide( $c );
                        end
                        """
                                .formatted(RULE, condition)),
                Map.of(
                        "path",
                        "shelf/cheap.examples.yaml",
                        "text",
                        """
                        "%s":
                          fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                          does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 30 } ] } ]
                        """
                                .formatted(RULE)));
    }

    private static List<Map<String, Object>> draft() {
        return draft("price < 3");
    }

    private static Map<String, Object> body(Object... more) {
        Map<String, Object> body = new HashMap<>();
        body.put("files", draft());
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private static RequestSpecification stranger() {
        return anybody().noFiltersOfType(OperatorByDefault.class);
    }

    private static RequestSpecification anybody() {
        return given().contentType("application/json");
    }

    private static RequestSpecification merchandiser() {
        return anybody().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static JsonNode json(Response response) {
        try {
            return Json.MAPPER.readTree(response.asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static Map<String, Object> request(String placement, String visit, boolean withCheap) {
        List<Map<String, Object>> candidates = new ArrayList<>();
        candidates.add(Map.of("sku", "dear", "score", 0.9, "price", 30, "category", "a/b", "brand", "x"));
        if (withCheap) {
            candidates.add(Map.of(
                    "sku",
                    "cheap",
                    "score",
                    0.8,
                    "price",
                    2,
                    "category",
                    "a/c",
                    "brand",
                    "y",
                    "tags",
                    List.of("core")));
        }
        candidates.add(Map.of("sku", "middling", "score", 0.7, "price", 20, "category", "a/b", "brand", "y"));
        return Map.of("placement", placement, "visit", Map.of("id", visit), "candidates", candidates);
    }

    private static JsonNode decide(String placement, String visit, boolean withCheap) {
        Response answer = anybody().body(request(placement, visit, withCheap)).post("/decisions");
        answer.then().statusCode(200).body("degraded", nullValue());
        return json(answer);
    }

    /** A quarter of all decisions has a cheap product, and some of those visits buy it. */
    private void recordOnce() throws Exception {
        if (recorded) {
            return;
        }
        recorded = true;
        List<Map<String, Object>> purchases = new ArrayList<>();
        for (int i = 0; i < DECISIONS; i++) {
            String visit = fresh();
            boolean withCheap = i % (DECISIONS / WITH_CHEAP) == 0;
            decide(COUNTED, visit, withCheap);
            if (withCheap && purchases.size() < BOUGHT) {
                purchases.add(Map.of(
                        "id",
                        fresh(),
                        "type",
                        "purchase",
                        "visit",
                        visit,
                        "sku",
                        "cheap",
                        "price",
                        2,
                        "at",
                        Instant.now().toString()));
            }
        }
        anybody().body(Map.of("events", purchases)).post("/events").then().statusCode(200);
        await().atMost(DEADLINE)
                .until(() ->
                        sql.number("select count(*) from decision where placement = '" + COUNTED + "'") == DECISIONS);
    }

    private static void awaitEnd(long id) {
        await().atMost(DEADLINE).until(() -> !state(id).equals("running"));
    }

    private static ValidatableResponse preview(Map<String, Object> body) {
        return anybody().body(body).post("/rulebook/preview").then();
    }

    private static long backtest(Object... more) {
        Response begun = merchandiser().body(body(more)).post("/rulebook/backtests");
        long id = begun.then().statusCode(202).extract().jsonPath().getLong("id");
        begun.then().header("Location", containsString("/rulebook/backtests/" + id));
        return id;
    }

    private static ValidatableResponse stop(long id) {
        return merchandiser().delete("/rulebook/backtests/" + id).then();
    }

    private static String state(long id) {
        return given().get("/rulebook/backtests/" + id).jsonPath().getString("state");
    }

    // --- preview ---

    @Test
    void aPreviewShowsWhatMovedAndWhichRuleDidIt() {
        preview(body("request", request("home-page", fresh(), true)))
                .statusCode(200)
                .body("decisionId", nullValue())
                .body("placement", equalTo("home-page"))
                .body("live.edition", greaterThan(0))
                .body("live.answer.items.sku", contains("dear", "cheap", "middling"))
                .body("draft.answer.items.sku", contains("dear", "middling"))
                .body("draft.problems", empty())
                .body("overlap", greaterThan(0.5f))
                .body("moved.sku", contains("middling", "cheap"))
                .body("moved[0].live", equalTo(3))
                .body("moved[0].draft", equalTo(2))
                .body("moved[0].rules", empty())
                .body("moved[1].live", equalTo(2))
                .body("moved[1].draft", nullValue())
                .body("moved[1].rules.side", contains("draft"))
                .body("moved[1].rules.rule", contains(RULE))
                .body("moved[1].rules.effect", contains("hide"));
    }

    @Test
    void aRecordedDecisionCanBePreviewedAtOnce() {
        JsonNode decision = decide("home-page", fresh(), true);
        preview(body("decisionId", decision.get("decisionId").textValue()))
                .statusCode(200)
                .body("decisionId", equalTo(decision.get("decisionId").textValue()))
                .body("live.answer.items.sku", contains("dear", "cheap", "middling"))
                .body("moved.sku", hasItem("cheap"));
    }

    @Test
    void aPreviewOfADraftWithFaultsListsThemAll() {
        Map<String, Object> body = body("request", request("home-page", fresh(), true));
        body.put("files", draft("prise < 3"));
        preview(body)
                .statusCode(422)
                .body("problems.file", hasItem("shelf/cheap.drl"))
                .body("problems.message", hasItem(containsString("prise")));
    }

    @Test
    void aPreviewNeedsOneValidInput() {
        preview(body()).statusCode(400).body("field", equalTo("decisionId"));
        preview(body("decisionId", "x", "request", request("home-page", fresh(), true)))
                .statusCode(400)
                .body("field", equalTo("decisionId"))
                .body("detail", containsString("'request'"));
        preview(body("decisionId", "there-is-none")).statusCode(404).body("field", equalTo("decisionId"));
        preview(body("request", Map.of("placement", "home-page", "visit", Map.of("id", ""))))
                .statusCode(400)
                .body("field", equalTo("request.visit.id"));
        anybody().post("/rulebook/preview").then().statusCode(400);
    }

    /** Hides cheap products from who has bought, so that its list tells who has. */
    private static List<Map<String, Object>> curiousDraft(String who, String example) {
        List<Map<String, Object>> files = new ArrayList<>();
        for (Map<String, Object> file : draft()) {
            String text = file.get("text")
                    .toString()
                    .replace("when", "when\n    " + who)
                    .replace("case: cheap,", "case: cheap, " + example + ",");
            files.add(Map.of("path", file.get("path"), "text", text));
        }
        return files;
    }

    private static Map<String, Object> withVisit(Map<String, Object> visit) {
        Map<String, Object> request = new HashMap<>(request("home-page", "any", true));
        request.put("visit", visit);
        Map<String, Object> body = body("request", request);
        body.put("files", curiousDraft("Shopper( orders > 0 )", "shopper: { orders: 1 }"));
        return body;
    }

    private static ValidatableResponse merchandisersPreview(Map<String, Object> body) {
        return merchandiser().body(body).post("/rulebook/preview").then();
    }

    /** Whoever may ask whether a recorded shopper has spent 300 may ask whether it was 301. */
    @Test
    void aMerchandiserAsksNothingOfTheShopperOfARecordedDecision() {
        String shopper = fresh();
        Map<String, Object> bought = new HashMap<>(Map.of("type", "purchase", "sku", "cheap", "price", 2));
        bought.putAll(Map.of(
                "id",
                fresh(),
                "visit",
                fresh(),
                "shopper",
                shopper,
                "at",
                Instant.now().toString()));
        anybody().body(Map.of("events", List.of(bought))).post("/events").then().statusCode(200);
        Map<String, Object> ask = new HashMap<>(request("home-page", "any", true));
        ask.put("visit", Map.of("id", fresh(), "shopper", shopper));
        String known = anybody().body(ask).post("/decisions").path("decisionId");
        ask.put("visit", Map.of("id", fresh()));
        String nobody = anybody().body(ask).post("/decisions").path("decisionId");

        Map<String, Object> body = body("decisionId", known);
        merchandisersPreview(body).statusCode(200);
        body.put("files", curiousDraft("Shopper( orders > 0 )", "shopper: { orders: 1 }"));
        merchandisersPreview(body)
                .statusCode(403)
                .body("field", equalTo("decisionId"))
                .body("detail", containsString("what is stored of them"));
        preview(body).statusCode(200);
        body.put("decisionId", nobody);
        merchandisersPreview(body).statusCode(200);

        int id = merchandiser()
                .body(Map.of("files", body.get("files"), "decisions", 10))
                .post("/rulebook/backtests")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        await().until(() -> !"running"
                .equals(merchandiser().get("/rulebook/backtests/" + id).path("state")));
        merchandiser().get("/rulebook/backtests/" + id).then().body("report.mostChanged", nullValue());
        anybody().get("/rulebook/backtests/" + id).then().body("report.mostChanged", notNullValue());
    }

    @Test
    void aMerchandisersPreviewReadsNothingThatIsStoredOfAShopper() {
        String shopper = fresh();
        String visit = fresh();
        Map<String, Object> purchase = Map.of("type", "purchase", "sku", "cheap", "price", 2);
        Map<String, Object> stored = new HashMap<>(purchase);
        stored.putAll(Map.of(
                "id",
                fresh(),
                "visit",
                visit,
                "shopper",
                shopper,
                "at",
                Instant.now().toString()));
        anybody().body(Map.of("events", List.of(stored))).post("/events").then().statusCode(200);

        Map<String, Object> running = withVisit(Map.of("id", visit));
        preview(running).statusCode(200).body("draft.answer.items.sku", not(hasItem("cheap")));
        merchandisersPreview(running).statusCode(200).body("draft.answer.items.sku", hasItem("cheap"));

        Map<String, Object> view = Map.of("type", "view", "sku", "dear");
        Map<String, Object> namedByEvent = Map.of("type", "view", "sku", "dear", "shopper", shopper);
        merchandisersPreview(withVisit(Map.of("id", fresh(), "events", List.of(view, namedByEvent))))
                .statusCode(403)
                .body("field", equalTo("request.visit.events[1].shopper"));
        merchandisersPreview(withVisit(Map.of("id", fresh(), "shopper", shopper)))
                .statusCode(403)
                .body("field", equalTo("request.visit.shopper"));
        // in a visit of somebody who has bought, nothing but the view counts
        merchandisersPreview(withVisit(Map.of("id", visit, "events", List.of(view))))
                .statusCode(200)
                .body("draft.answer.items.sku", hasItem("cheap"));
        merchandisersPreview(withVisit(Map.of("id", visit, "events", List.of(purchase))))
                .statusCode(200)
                .body("draft.answer.items.sku", not(hasItem("cheap")));
    }

    @Test
    void aMerchandisersPreviewReadsNothingOfARunningVisit() {
        String visit = fresh();
        Map<String, Object> view = Map.of(
                "id",
                fresh(),
                "type",
                "view",
                "sku",
                "dear",
                "visit",
                visit,
                "at",
                Instant.now().toString());
        anybody().body(Map.of("events", List.of(view))).post("/events").then().statusCode(200);
        Map<String, Object> body = body("request", request("home-page", visit, true));
        body.put("files", curiousDraft("Visit( pages > 0 )", "visit: { pages: 1 }"));
        preview(body).statusCode(200).body("draft.answer.items.sku", not(hasItem("cheap")));
        merchandisersPreview(body).statusCode(200).body("draft.answer.items.sku", hasItem("cheap"));
    }

    // --- backtest ---

    @Test
    void aBacktestReportsWhatWouldChange() throws Exception {
        recordOnce();
        long id = backtest("decisions", DECISIONS, "placement", COUNTED, "note", "what is cheap");
        awaitEnd(id);
        given().get("/rulebook/backtests/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("done"))
                .body("progress.done", equalTo(DECISIONS))
                .body("progress.of", equalTo(DECISIONS))
                .body("note", equalTo("what is cheap"))
                .body("placement", equalTo(COUNTED))
                .body("files", hasSize(2))
                .body("report.warning", containsString("not an experiment"))
                .body("report.decisions", equalTo(DECISIONS))
                .body("report.visits", equalTo(DECISIONS))
                .body("report.unreadable", equalTo(0))
                .body("report.reproduced.count", equalTo(DECISIONS))
                .body("report.changedLists.count", equalTo(WITH_CHEAP))
                .body("report.changedLists.share", equalTo(0.25f))
                .body("report.changedLists.interval.from", closeTo(0.1995))
                .body("report.changedLists.interval.to", closeTo(0.3084))
                .body("report.changedModules.count", equalTo(0))
                .body("report.overlap.mean", closeTo(1 - 0.25 * lost()))
                // a quarter of the lists has one core item among three, and loses it
                .body("report.measures.core.live", closeTo(1 / 12.0))
                .body("report.measures.core.draft", closeTo(0))
                .body("report.measures.core.difference", closeTo(-1 / 12.0))
                .body("report.measures.core.interval.to", not(greaterThan(-0.05f)))
                // (30 + 2 + 20) / 3 compared with 25
                .body("report.measures.price.difference", closeTo(0.25 * (25 - 52 / 3.0)))
                .body("report.measures.brands.difference", closeTo(0))
                .body("report.measures.categories.difference", closeTo(-0.25))
                .body("report.measures.length.difference", closeTo(-0.25))
                .body("report.measures.new.live", closeTo(0))
                .body("report.measures.on-promo.live", closeTo(0))
                .body("report.measures.margin.live", closeTo(0))
                .body("report.hits.decisions", equalTo(BOUGHT))
                .body("report.hits.live", closeTo(1))
                .body("report.hits.draft", closeTo(0))
                .body("report.rules.find { it.rule == '" + RULE + "' }.live", equalTo(0))
                .body("report.rules.find { it.rule == '" + RULE + "' }.draft", equalTo(WITH_CHEAP))
                .body("report.live.micros.p99", greaterThan(0f))
                .body("report.draft.micros.mean", greaterThan(0f))
                .body("report.draft.edition", equalTo(0))
                .body("report.draft.emptyLists", equalTo(0))
                .body("report.draft.errors", equalTo(Map.of()))
                .body("report.mostChanged", hasSize(10))
                .body("report.mostChanged[0].decisionId", notNullValue());
        given().get("/rulebook/backtests")
                .then()
                .statusCode(200)
                .body("backtests[0].id", equalTo((int) id))
                .body("backtests[0].report", nullValue())
                .body("backtests[0].files", nullValue());
    }

    /** How far one list is from the full overlap: dear, cheap, middling compared with dear, middling. */
    private static double lost() {
        return 1 - Overlap.of(List.of("dear", "cheap", "middling"), List.of("dear", "middling"));
    }

    private static Matcher<Number> closeTo(double value) {
        return new CustomTypeSafeMatcher<>("about " + value) {
            @Override
            protected boolean matchesSafely(Number number) {
                return Math.abs(number.doubleValue() - value) < 1e-4;
            }
        };
    }

    @Test
    void aBacktestOfTheLiveEditionWithItselfFindsNothing() throws Exception {
        recordOnce();
        Map<String, Object> body = body("decisions", 50, "placement", COUNTED);
        body.put("files", List.of());
        long id = merchandiser()
                .body(body)
                .post("/rulebook/backtests")
                .then()
                .statusCode(202)
                .extract()
                .jsonPath()
                .getLong("id");
        awaitEnd(id);
        given().get("/rulebook/backtests/" + id)
                .then()
                .body("state", equalTo("done"))
                .body("report.decisions", equalTo(50))
                .body("report.changedLists.count", equalTo(0))
                .body("report.overlap.mean", closeTo(1))
                .body("report.mostChanged", empty());
    }

    @Test
    void aStoppedBacktestKeepsItsReport() throws Exception {
        recordOnce();
        sql.run("delete from decision where placement = 'search-page'");
        sql.run("insert into decision select id || '-' || n, at, 'search-page', visit, shopper, edition, arm,"
                + " module, degraded, took_micros, facts, answer from decision, generate_series(1, 80) n"
                + " where placement = '" + COUNTED + "'");
        long id = backtest("decisions", 20_000, "placement", "search-page");
        merchandiser().body(body()).post("/rulebook/backtests").then().statusCode(409);
        await().atMost(DEADLINE)
                .until(() -> given().get("/rulebook/backtests/" + id).jsonPath().getInt("progress.done") > 0);
        stranger().delete("/rulebook/backtests/" + id).then().statusCode(401);
        stop(id).statusCode(200)
                .body("state", equalTo("stopped"))
                .body("detail", containsString("stopped by"))
                .body("progress.of", equalTo(DECISIONS * 80))
                .body("report.decisions", greaterThan(0));
        JsonNode stopped = json(given().get("/rulebook/backtests/" + id));
        assertThat(stopped.at("/progress/done").intValue())
                .isLessThan(DECISIONS * 80)
                .isEqualTo(stopped.at("/report/decisions").intValue());
        stop(id).statusCode(200).body("state", equalTo("stopped"));
        sql.run("delete from decision where placement = 'search-page'");
    }

    @Test
    void aBacktestNeedsTheMerchandisersKeyAndALimit() {
        stranger().body(body()).post("/rulebook/backtests").then().statusCode(401);
        anybody()
                .header("Authorization", "Bearer " + TestDatabase.STOREFRONT_KEY)
                .body(body())
                .post("/rulebook/backtests")
                .then()
                .statusCode(403);
        merchandiser()
                .body(body("decisions", 20_001))
                .post("/rulebook/backtests")
                .then()
                .statusCode(400)
                .body("field", equalTo("decisions"));
        merchandiser()
                .body(body("placement", "home-pge"))
                .post("/rulebook/backtests")
                .then()
                .statusCode(400)
                .body("detail", containsString("home-page"));
        Map<String, Object> faulty = body();
        faulty.put("files", draft("prise < 3"));
        merchandiser().body(faulty).post("/rulebook/backtests").then().statusCode(422);
        given().get("/rulebook/backtests/1000000").then().statusCode(404);
        stop(1_000_000).statusCode(404);
    }

    // --- shadow ---

    @Test
    void aShadowReportsDifferencesAndChangesNoAnswer() throws Exception {
        merchandiser()
                .body(body("share", 1, "minutes", 5, "note", "beside"))
                .post("/rulebook/shadow")
                .then()
                .statusCode(200)
                .body("state", equalTo("running"))
                .body("share", equalTo(1f))
                .body("note", equalTo("beside"));
        merchandiser().body(body("share", 1)).post("/rulebook/shadow").then().statusCode(409);
        for (int i = 0; i < 20; i++) {
            JsonNode answer = decide("home-page", fresh(), i % 2 == 0);
            assertThat(answer.get("items")).hasSize(i % 2 == 0 ? 3 : 2);
        }
        await().atMost(DEADLINE)
                .until(() -> given().get("/rulebook/shadow").jsonPath().getInt("waiting") == 0
                        && Integer.valueOf(20)
                                .equals(given().get("/rulebook/shadow")
                                        .jsonPath()
                                        .get("report.decisions")));
        given().get("/rulebook/shadow")
                .then()
                .body("state", equalTo("running"))
                .body("dropped", equalTo(0))
                .body("report.changedLists.count", equalTo(10))
                .body("report.reproduced.count", equalTo(20))
                .body("report.hits", nullValue())
                .body("report.rules.find { it.rule == '" + RULE + "' }.draft", equalTo(10));
        stranger().delete("/rulebook/shadow").then().statusCode(401);
        merchandiser()
                .delete("/rulebook/shadow")
                .then()
                .statusCode(200)
                .body("state", equalTo("ended"))
                .body("detail", containsString("ended by"));
        decide("home-page", fresh(), true);
        given().get("/rulebook/shadow").then().body("report.decisions", equalTo(20));
    }

    @Test
    void aShadowNeedsTheMerchandisersKeyAShareAndATime() {
        stranger().body(body("share", 1)).post("/rulebook/shadow").then().statusCode(401);
        for (Map<String, Object> bad :
                List.of(body(), body("share", 0), body("share", 1.5), body("share", 0.5, "minutes", 1441))) {
            merchandiser().body(bad).post("/rulebook/shadow").then().statusCode(400);
        }
        Map<String, Object> faulty = body("share", 0.5);
        faulty.put("files", draft("prise < 3"));
        merchandiser().body(faulty).post("/rulebook/shadow").then().statusCode(422);
    }

    @Test
    void aVisitIsFollowedAlwaysOrNever() {
        int followed = 0;
        int both = 0;
        for (int i = 0; i < 10_000; i++) {
            boolean one = StickyShare.place("visit-" + i, 1) < 0.2;
            assertThat(StickyShare.place("visit-" + i, 1) < 0.2).isEqualTo(one);
            followed += one ? 1 : 0;
            both += one && StickyShare.place("visit-" + i, 2) < 0.2 ? 1 : 0;
        }
        assertThat(followed).isBetween(1800, 2200);
        assertThat(both).as("another shadow follows others").isBetween(300, 500);
    }
}
