package dev.vitrine.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.RemovedRules;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a rule fired at a decision, or did not, on the shipped rules and some of an older edition. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class RuleWhyTest {
    private static final String SOLD_OUT = "What is sold out is not shown";
    private static final String RULES = "why/old.drl";
    private static final String EXAMPLES = "why/old.examples.yaml";

    private static RequestSpecification merchandiser() {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static String candidate(String sku, double score, String more) {
        return "{\"sku\": \"" + sku + "\", \"score\": " + score + ", \"price\": 10" + more + "}";
    }

    private static final String THREE = candidate("rule-why-a", 3, "") + "," + candidate("rule-why-b", 2, "") + ","
            + candidate("rule-why-gone", 1, ", \"stock\": 0");

    private static String decided(String visit, int limit, String candidates) {
        return given().contentType("application/json")
                .body("{\"placement\": \"search-page\", \"limit\": " + limit + ", \"visit\": {\"id\": \"" + visit
                        + "\", \"shopper\": \"rule-why-shopper\"}, \"candidates\": [" + candidates + "]}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
    }

    private static ValidatableResponse asked(RequestSpecification who, String rule, String decision, String sku) {
        RequestSpecification request = who.pathParam("name", rule).queryParam("decision", decision);
        return (sku == null ? request : request.queryParam("sku", sku))
                .get("/rulebook/rules/{name}/why")
                .then();
    }

    private static JsonPath why(String rule, String decision, String sku) {
        return asked(given(), rule, decision, sku).statusCode(200).extract().jsonPath();
    }

    private static void publish(Object... files) {
        merchandiser()
                .body(Map.of("files", List.of(files)))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    @Test
    void theConditionThatFailedIsToldWithItsValue() {
        String id = decided("rule-why-1", 3, THREE);
        JsonPath why = why("The cart shows at most two of each category", id, null);
        assertThat(why.getString("state")).isEqualTo("not-fired");
        assertThat(why.getString("cause")).isEqualTo("condition");
        assertThat(why.getString("condition.condition")).isEqualTo("Page( type == CART )");
        assertThat(why.getString("condition.failed[0].values.type")).isEqualTo("SEARCH");
        assertThat(why.getString("sentence"))
                .isEqualTo("The rule did not fire: Page( type == CART ) did not hold, type was SEARCH.");
    }

    @Test
    void ofOneProductItsOwnValueIsTold() {
        String id = decided("rule-why-2", 3, THREE);
        assertThat(why(SOLD_OUT, id, "rule-why-a").getString("sentence"))
                .isEqualTo("The rule did not fire: Candidate( stock <= 0 ) did not hold for rule-why-a, stock was 1.");
        JsonPath fired = why(SOLD_OUT, id, "rule-why-gone");
        assertThat(fired.getString("state")).isEqualTo("fired");
        assertThat(fired.getString("sentence")).isEqualTo("The rule fired: hide rule-why-gone.");
    }

    @Test
    void ofAllProductsItIsCounted() {
        String id = decided("rule-why-3", 2, candidate("rule-why-a", 3, "") + "," + candidate("rule-why-b", 2, ""));
        assertThat(why(SOLD_OUT, id, null).getString("sentence"))
                .contains("of 2 candidates, 2 had kind != ARTICLE; none of those had stock <= 0.");
    }

    @Test
    void aGuaranteeThatChangesNothingSaysWhatItGot() {
        String core = "A third for the core";
        publish(
                Map.of(
                        "path",
                        RULES,
                        "text",
                        """
                        rule "A third for the core"
                            @owner( "Ines" )
                        when
                            Placement( limit == 10 )
                        then
                            shelf.guarantee( 0.3, "core" );
                        end
                        """),
                Map.of(
                        "path",
                        EXAMPLES,
                        "text",
                        """
                        "A third for the core":
                          fires: [ { case: ten, placement: { limit: 10 } } ]
                          does-not-fire: [ { case: two, placement: { limit: 2 } } ]
                        """));
        String none = decided("rule-why-core-1", 10, tagged("none"));
        String all = decided("rule-why-core-2", 10, tagged("core"));
        RemovedRules.remove(RULES, EXAMPLES);
        assertThat(why(core, none, null).getString("sentence"))
                .isEqualTo(
                        "The rule fired: guarantee 0.3 core. The list would be the same without it: it promised 3 places to"
                                + " core, which got 0, because none of the candidates that may be shown belongs to it.");
        assertThat(why(core, all, null).getString("sentence"))
                .endsWith("The list would be the same without it: the list is so anyway.");
    }

    private static String tagged(String tag) {
        return IntStream.range(0, 10)
                .mapToObj(i -> candidate("rule-why-" + tag + i, 10 - i, ", \"tags\": [\"" + tag + "\"]"))
                .collect(Collectors.joining(","));
    }

    @Test
    void aRuleThatChangesNothingSaysWhy() {
        String id = decided("rule-why-4", 1, THREE);
        JsonPath why = why(SOLD_OUT, id, null);
        assertThat(why.getString("state")).isEqualTo("fired-without-effect");
        assertThat(why.getString("sentence"))
                .isEqualTo("The rule fired: hide rule-why-gone. The list would be the same without it: none of these"
                        + " would be on it.");
        assertThat(why.getList("proposed")).containsExactly("hide rule-why-gone");
    }

    @Test
    void theRulesOfAnOlderEditionAnswer() {
        publish(
                Map.of(
                        "path",
                        RULES,
                        "text",
                        """
                        rule "Old and paused"
                            @owner( "Ines" )
                            enabled false
                        when
                            $c : Candidate( price > 1 )
                        then
                            shelf.boost( $c, 2 );
                        end

                        rule "Old and not begun"
                            @owner( "Ines" )
                            date-effective "2199-01-01"
                        when
                            $c : Candidate( price > 1 )
                        then
                            shelf.boost( $c, 2 );
                        end

                        rule "Old and ended"
                            @owner( "Ines" )
                            date-expires "2020-01-01"
                        when
                            $c : Candidate( price > 1 )
                        then
                            shelf.boost( $c, 2 );
                        end

                        rule "Old and dear"
                            @owner( "Ines" )
                        when
                            Visit( pages >= 0 )
                            $c : Candidate( price > 50 )
                        then
                            shelf.boost( $c, 2 );
                        end

                        rule "Old and of the shopper"
                            @owner( "Ines" )
                        when
                            Shopper( orders > 3 )
                            $c : Candidate( price > 1 )
                        then
                            shelf.boost( $c, 2 );
                        end
                        """),
                Map.of(
                        "path",
                        EXAMPLES,
                        "text",
                        """
                        "Old and paused": &dear
                          fires: [ { case: dear, at: 2199-02-01, candidates: [ { sku: a, price: 60 } ], shopper: { orders: 4 } } ]
                          does-not-fire: [ { case: free, candidates: [ { sku: a, price: 0 } ] } ]
                        "Old and not begun": *dear
                        "Old and ended":
                          fires: [ { case: dear, at: 2019-02-01, candidates: [ { sku: a, price: 60 } ] } ]
                          does-not-fire: [ { case: free, candidates: [ { sku: a, price: 0 } ] } ]
                        "Old and dear": *dear
                        "Old and of the shopper": *dear
                        """));
        String id = decided("rule-why-5", 3, THREE);
        RemovedRules.remove(RULES, EXAMPLES);
        String later = decided("rule-why-5", 3, THREE);

        assertThat(why("Old and paused", id, null).getString("cause")).isEqualTo("paused");
        assertThat(why("Old and not begun", id, null).getString("sentence"))
                .startsWith("The rule begins on 2199-01-01, and the decision was made on ");
        assertThat(why("Old and ended", id, null).getString("cause")).isEqualTo("ended");
        assertThat(why("Old and dear", id, "rule-why-a").getString("sentence"))
                .isEqualTo("The rule did not fire: Candidate( price > 50 ) did not hold for rule-why-a, price was 10.");
        assertThat(why("Old and of the shopper", id, null).getString("sentence"))
                .isEqualTo("The rule did not fire: Shopper( orders > 3 ) did not hold, orders was 0.");
        asked(merchandiser(), "Old and of the shopper", id, null)
                .statusCode(200)
                .body("sentence", containsString("told to an operator's key only"));
        asked(given(), "Old and dear", later, null).statusCode(404).body("field", equalTo("name"));
    }

    @Test
    void aRuleThatCameLaterWasNotInTheEdition() {
        String id = decided("rule-why-6", 3, THREE);
        publish(
                Map.of(
                        "path",
                        RULES,
                        "text",
                        """
                        rule "New since"
                            @owner( "Ines" )
                        when
                            $c : Candidate( price > 50 )
                        then
                            shelf.boost( $c, 2 );
                        end
                        """),
                Map.of(
                        "path",
                        EXAMPLES,
                        "text",
                        """
                        "New since":
                          fires: [ { case: dear, candidates: [ { sku: a, price: 60 } ] } ]
                          does-not-fire: [ { case: free, candidates: [ { sku: a, price: 0 } ] } ]
                        """));
        try {
            assertThat(why("New since", id, null).getString("cause")).isEqualTo("not-in-edition");
        } finally {
            RemovedRules.remove(RULES, EXAMPLES);
        }
    }

    @Test
    void aMisspeltRuleIsSpeltAnew() {
        asked(given(), "What is sold out is not shwon", decided("rule-why-7", 3, THREE), null)
                .statusCode(404)
                .body("field", equalTo("name"))
                .body("detail", containsString("did you mean '" + SOLD_OUT + "'?"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\" when eval( System.exit( 1 ) ) then end",
                "'; drop table edition; --",
                "50 % off; ünï-çödé 🧨",
                "a/b"
            })
    void anOddNameIsOnlyAnUnknownOne(String name) {
        asked(given(), name, decided("rule-why-8", 3, THREE), null).statusCode(404);
    }

    @Test
    void anOddSkuIsNoCandidate() {
        JsonPath why = why(SOLD_OUT, decided("rule-why-9", 3, THREE), "\" ) ) then shelf.hide( $c ); end");
        assertThat(why.getString("cause")).isEqualTo("no-candidate");
    }

    @Test
    void whatIsMissingIsNamed() {
        given().pathParam("name", SOLD_OUT)
                .get("/rulebook/rules/{name}/why")
                .then()
                .statusCode(400)
                .body("field", equalTo("decision"));
        asked(given(), SOLD_OUT, "nobody-made-it", null).statusCode(404).body("field", equalTo("decision"));
        asked(given(), "a".repeat(201), "nobody-made-it", null).statusCode(400).body("field", equalTo("name"));
    }
}
