package dev.vitrine.evaluation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What rules cost, on the shipped rules and candidates whose chances the request says. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class RulePriceTest {
    private static final String PIN =
            """
            rule "Pin c"
                @owner( "Ana" )
            when
                $c : Candidate( sku == "price-c" )
            then
                shelf.pin( $c, 1 );
            end
            """;

    private static final String PIN_EXAMPLES =
            """
            "Pin c":
              fires:
                - case: it is there
                  candidates: [ { sku: price-c } ]
                  proposes: [ pin to 1 price-c ]
              does-not-fire:
                - case: it is not
                  candidates: [ { sku: price-b } ]
            """;

    private static String quoted(String text) throws JsonProcessingException {
        return Json.MAPPER.writeValueAsString(text);
    }

    private static JsonPath decided(String visit, String candidates) {
        return given().contentType("application/json")
                .body(
                        """
                        {"placement": "search-page", "limit": 2, "visit": {"id": "%s"}, "scores": "chance",
                         "candidates": [%s]}"""
                                .formatted(visit, candidates))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static List<Map<String, Object>> prices(String decisionId) {
        return given().get("/decisions/" + decisionId + "/prices")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("prices");
    }

    @Test
    void aRuleThatKeepsTheLikeliestOffTheListCostsIt() {
        String id = decided(
                        "price-1",
                        """
                        {"sku": "price-gone", "score": 0.2, "price": 10, "stock": 0},
                        {"sku": "price-a", "score": 0.1, "price": 10},
                        {"sku": "price-b", "score": 0.05, "price": 10}""")
                .getString("decisionId");
        Map<String, Object> price = prices(id).stream()
                .filter(one -> one.get("rule").equals("What is sold out is not shown"))
                .findFirst()
                .orElseThrow();
        // with it 0.1 and 0.05 at the second place, without it 0.2 and 0.1: of a hundred lists
        double second = Math.log(2) / Math.log(3);
        double with = 0.1 + 0.05 * second;
        double without = 0.2 + 0.1 * second;
        assertThat(((Number) price.get("takes")).doubleValue()).isCloseTo(100 * (with - without), offset(0.001));
        assertThat(((Number) price.get("takesShare")).doubleValue()).isCloseTo(-0.5, offset(0.001));
        assertThat((String) price.get("warning")).isEqualTo("costs 50.0 % of what is taken, and earns nothing");
    }

    @Test
    void aRuleThatChangesNothingHasNoPrice() {
        String id = decided(
                        "price-2",
                        """
                        {"sku": "price-a", "score": 0.1, "price": 10}, {"sku": "price-b", "score": 0.05, "price": 10}""")
                .getString("decisionId");
        assertThat(prices(id)).isEmpty();
    }

    @Test
    void aDecisionThatNobodyMadeHasNone() {
        given().get("/decisions/nobody-made-it/prices").then().statusCode(404);
    }

    @Test
    void aPreviewPricesTheRulesOfBothSides() throws Exception {
        String id = decided(
                        "price-3",
                        """
                        {"sku": "price-a", "score": 0.1, "price": 10}, {"sku": "price-b", "score": 0.05, "price": 10},
                        {"sku": "price-c", "score": 0.01, "price": 10}""")
                .getString("decisionId");
        JsonPath preview = given().contentType("application/json")
                .body(
                        """
                        {"decisionId": "%s", "files": [
                          {"path": "price/pin.drl", "text": %s}, {"path": "price/pin.examples.yaml", "text": %s}]}"""
                                .formatted(id, quoted(PIN), quoted(PIN_EXAMPLES)))
                .post("/rulebook/preview")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        assertThat(preview.getList("live.prices")).isEmpty();
        assertThat(preview.getString("draft.prices[0].rule")).isEqualTo("Pin c");
        assertThat(preview.getDouble("draft.prices[0].takes")).isNegative();
        assertThat(preview.getString("draft.prices[0].warning")).contains("earns nothing");
    }
}
