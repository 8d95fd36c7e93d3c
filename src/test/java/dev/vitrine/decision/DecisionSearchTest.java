package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.RemovedRules;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Finds decisions among those that all tests make. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class DecisionSearchTest {
    private static final String SOLD_OUT = "What is sold out is not shown";

    @Inject
    StoredDecisions stored;

    private static RequestSpecification merchandiser() {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private String decided(String visit, String more, String candidates) {
        String id = given().contentType("application/json")
                .body("{\"placement\": \"search-page\", \"limit\": 2, \"visit\": {\"id\": \"" + visit + "\"" + more
                        + "}, \"candidates\": [" + candidates + "]}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        stored.await(id);
        return id;
    }

    private static String candidate(String sku, String more) {
        return "{\"sku\": \"" + sku + "\", \"score\": 1, \"price\": 10" + more + "}";
    }

    private static JsonPath found(Map<String, ?> query) {
        return given().queryParams(query)
                .get("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<String> ids(Map<String, ?> query) {
        return found(query).getList("decisions.decisionId");
    }

    @Test
    void aVisitHasItsDecisionsNewestFirst() {
        String first = decided("search-1", "", candidate("search-a", ""));
        String second = decided("search-1", "", candidate("search-b", ""));
        JsonPath found = found(Map.of("visit", "search-1"));
        assertThat(found.getList("decisions.decisionId")).containsExactly(second, first);
        assertThat(found.getList("decisions[0].shown")).containsExactly("search-b");
        assertThat(found.getString("decisions[0].placement")).isEqualTo("search-page");
        assertThat(found.getString("next")).isNull();
    }

    @Test
    void pagesGoOnWhereTheLastOneEnded() {
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            made.add(0, decided("search-2", "", candidate("search-a", "")));
        }
        List<String> read = new ArrayList<>();
        Map<String, Object> query = new HashMap<>(Map.of("visit", "search-2", "limit", 2));
        for (int pages = 0; pages < 3; pages++) {
            JsonPath page = found(query);
            read.addAll(page.getList("decisions.decisionId"));
            query.put("before", page.getString("next"));
        }
        assertThat(read).isEqualTo(made);
        assertThat(query.get("before")).isNull();
    }

    @Test
    void aProductIsFoundWhereItWasShown() {
        String shown = decided("search-3", "", candidate("search-3-a", ""));
        decided("search-3", "", candidate("search-3-a", ", \"stock\": 0"));
        assertThat(ids(Map.of("sku", "search-3-a"))).containsExactly(shown);
        assertThat(ids(Map.of("sku", "search-3-a", "placement", "cart"))).isEmpty();
        assertThat(ids(Map.of("sku", "search-3"))).isEmpty();
    }

    @Test
    void aRuleIsFoundWhereItHidSomething() {
        decided("search-4", "", candidate("search-4-a", ""));
        String hid =
                decided("search-4", "", candidate("search-4-a", "") + "," + candidate("search-4-b", ", \"stock\": 0"));
        assertThat(ids(Map.of("visit", "search-4", "rule", SOLD_OUT))).containsExactly(hid);
        assertThat(ids(Map.of("visit", "search-4", "rule", "What is sold out"))).isEmpty();
    }

    @Test
    void aTimeEndsBeforeItsEnd() {
        String id = decided("search-5", "", candidate("search-a", ""));
        Instant at = Instant.parse(found(Map.of("visit", "search-5")).getString("decisions[0].at"));
        assertThat(ids(Map.of("visit", "search-5", "from", at.toString()))).containsExactly(id);
        assertThat(ids(Map.of("visit", "search-5", "to", at.toString()))).isEmpty();
    }

    @Test
    void onlyAnOperatorLooksForAShopper() {
        String id = decided("search-6", ", \"shopper\": \"search-shopper\"", candidate("search-a", ""));
        JsonPath found = found(Map.of("shopper", "search-shopper"));
        assertThat(found.getList("decisions.decisionId")).containsExactly(id);
        assertThat(found.getString("decisions[0].shopper")).isNotNull();
        merchandiser()
                .queryParam("shopper", "search-shopper")
                .get("/decisions")
                .then()
                .statusCode(403)
                .body("field", equalTo("shopper"));
        assertThat(merchandiser()
                        .queryParam("visit", "search-6")
                        .get("/decisions")
                        .then()
                        .statusCode(200)
                        .extract()
                        .jsonPath()
                        .getMap("decisions[0]"))
                .containsKey("visit")
                .doesNotContainKey("shopper");
    }

    @Test
    void aNameThatNothingHasIsTold() {
        JsonPath rule = found(Map.of("rule", "What is sold out is not shwn"));
        assertThat(rule.getList("decisions")).isEmpty();
        assertThat(rule.getList("unknown.parameter")).containsExactly("rule");
        assertThat(rule.getString("unknown[0].didYouMean")).isEqualTo(SOLD_OUT);
        assertThat(rule.getString("unknown[0].says"))
                .isEqualTo("No rule is called 'What is sold out is not shwn'; did you mean '" + SOLD_OUT + "'?");
        JsonPath both = found(Map.of("rule", "zzz", "placement", "hom-page"));
        assertThat(both.getList("unknown.parameter")).containsExactly("rule", "placement");
        assertThat(both.getList("unknown.didYouMean")).containsExactly(null, "home-page");
    }

    @Test
    void aNameThatIsKnownIsNotToldWhereNothingIsFound() {
        JsonPath found = found(Map.of("visit", "nobody-searched", "rule", SOLD_OUT, "placement", "home-page"));
        assertThat(found.getList("decisions")).isEmpty();
        assertThat(found.getMap("")).doesNotContainKey("unknown");
    }

    @Test
    void aRuleThatWasDeletedIsNoMisspelling() {
        String name = "Cheap searches are hidden";
        String rules = "rule \"" + name + "\"\n    @owner( \"Ines\" )\nwhen\n    $c : Candidate( price < 1 )\nthen\n"
                + "    shelf.hide( $c );\nend\n";
        String examples = "\"" + name + "\":\n  fires: [ { case: cheap, candidates: [ { sku: a, price: 0.5 } ] } ]\n"
                + "  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 5 } ] } ]\n";
        merchandiser()
                .body(Map.of(
                        "files",
                        List.of(
                                Map.of("path", "shelf/searched.drl", "text", rules),
                                Map.of("path", "shelf/searched.examples.yaml", "text", examples))))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
        RemovedRules.remove("shelf/searched.drl", "shelf/searched.examples.yaml");
        assertThat(found(Map.of("rule", name)).getMap("")).doesNotContainKey("unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "limit, 0",
        "limit, 101",
        "from, yesterday",
        "to, 2026-13-01T00:00:00Z",
        "before, here",
        "before, 2026-11-28T18:00:00Z",
        "before, +999999999-12-31T00:00:00Z~a"
    })
    void aWrongParameterIsNamed(String name, String value) {
        given().queryParam(name, value).get("/decisions").then().statusCode(400).body("field", equalTo(name));
    }

    @Test
    void aTimeThatEndsBeforeItBeginsIsRefused() {
        given().queryParam("from", "2026-11-28T18:00:00Z")
                .queryParam("to", "2026-11-28T17:00:00Z")
                .get("/decisions")
                .then()
                .statusCode(400)
                .body("field", equalTo("from"))
                .body("detail", containsString("later"));
    }

    @Test
    void whatLooksLikeSqlIsOnlyAText() {
        for (String name : List.of("visit", "sku", "placement", "rule")) {
            given().queryParam(name, "' or 1=1 --")
                    .get("/decisions")
                    .then()
                    .statusCode(200)
                    .body("decisions", empty());
        }
    }
}
