package dev.vitrine.explanation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a product is on a list or is not, on the shipped rules. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class WhyTest {
    private static final String RULES = "why/blue.drl";
    private static final String EXAMPLES = "why/blue.examples.yaml";

    @Inject
    StoredDecisions stored;

    private static RequestSpecification merchandiser() {
        return given().contentType("application/json")
                .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static String decided(String visit, int limit, String candidates) {
        return decided(visit, limit, ", \"scores\": \"chance\", \"candidates\": [" + candidates + "]", "search-page");
    }

    private static String decided(String visit, int limit, String more, String placement) {
        return given().contentType("application/json")
                .body("{\"placement\": \"" + placement + "\", \"limit\": " + limit + ", \"visit\": {\"id\": \"" + visit
                        + "\"}" + more + "}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
    }

    private static String candidate(String sku, double score, String more) {
        return "{\"sku\": \"" + sku + "\", \"score\": " + score + ", \"price\": 10" + more + "}";
    }

    private static JsonPath why(String id, String sku) {
        return given().queryParam("sku", sku)
                .get("/decisions/" + id + "/why")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    private static final String FOUR = candidate("why-gone", 0.3, ", \"stock\": 0") + ","
            + candidate("why-a", 0.2, ", \"family\": \"why-family\"") + ","
            + candidate("why-a2", 0.15, ", \"family\": \"why-family\"") + "," + candidate("why-b", 0.1, "") + ","
            + candidate("why-c", 0.05, "");

    @Test
    void whatIsShownSaysWhereAndByWhat() {
        JsonPath why = why(decided("why-1", 2, FOUR), "why-a");
        assertThat(why.getString("state")).isEqualTo("shown");
        assertThat(why.getInt("position")).isEqualTo(1);
        assertThat(why.getInt("modelRank")).isEqualTo(2);
        assertThat(why.getString("sentence")).isEqualTo("It was shown in place 1: by the model, rank 2.");
    }

    @Test
    void whatIsHiddenNamesTheRuleAndThePlaceItWouldHave() {
        JsonPath why = why(decided("why-2", 2, FOUR), "why-gone");
        assertThat(why.getString("state")).isEqualTo("hidden");
        assertThat(why.getString("sentence"))
                .isEqualTo(
                        "It was hidden by \"What is sold out is not shown\"; without that rule it would stand in place"
                                + " 1.");
        assertThat(why.getString("rules[0].effect")).isEqualTo("hide");
        assertThat(why.getInt("without[0].position")).isEqualTo(1);
        assertThat(why.getString("note")).isNull();
    }

    @Test
    void whatIsOutrankedSaysWhatItLacked() {
        JsonPath why = why(decided("why-3", 2, FOUR), "why-c");
        assertThat(why.getString("state")).isEqualTo("outranked");
        assertThat(why.getInt("rank")).isEqualTo(4);
        assertThat(why.getInt("modelRank")).isEqualTo(5);
        assertThat(why.getString("last.sku")).isEqualTo("why-b");
        assertThat(why.getDouble("lacks")).isEqualTo(2.0);
        assertThat(why.getString("sentence"))
                .startsWith(
                        "It was ranked 4th with a score of 0.05; the list has 2 places, and the lowest score to beat on it is"
                                + " 0.1 (why-b): it lacked a boost of 2");
    }

    @Test
    void whatIsSqueezedOutNamesTheLimit() {
        JsonPath why = why(decided("why-4", 2, FOUR), "why-a2");
        assertThat(why.getString("state")).isEqualTo("squeezed-out");
        assertThat(why.getString("without[0].rule")).isEqualTo("A family stands once in a list");
        assertThat(why.getInt("without[0].position")).isEqualTo(2);
        assertThat(why.getString("sentence"))
                .isEqualTo(
                        "By its score it would be 2nd of 2, but \"A family stands once in a list\" (at most 1 of each"
                                + " family) gave its place to others; without that rule it would stand in place 2.");
    }

    @Test
    void whatIsNotInTheCatalogIsSpeltAnew() {
        given().contentType("application/json")
                .body(
                        "{\"products\": [{\"sku\": \"why-teapot-green\", \"name\": \"Teapot\", \"price\": 5, \"currency\": \"EUR\","
                                + " \"stock\": 3, \"category\": \"why/tea\"}]}")
                .post("/products")
                .then()
                .statusCode(200);
        String id = decided("why-5", 2, FOUR);
        JsonPath misspelt = why(id, "why-teapot-gren");
        assertThat(misspelt.getString("state")).isEqualTo("not-proposed");
        assertThat(misspelt.getString("absence.cause")).isEqualTo("not-in-catalog");
        assertThat(misspelt.getString("absence.nearest")).isEqualTo("why-teapot-green");
        JsonPath notSent = why(id, "why-teapot-green");
        assertThat(notSent.getString("absence.cause")).isEqualTo("not-sent");
        assertThat(notSent.getString("sentence"))
                .isEqualTo("The storefront sent candidates of its own, and it was not among these 5.");
        String byModel = decided("why-6", 2, ", \"cart\": {\"items\": [{\"sku\": \"why-teapot-green\"}]}", "home-page");
        assertThat(why(byModel, "why-teapot-green").getString("absence.cause")).isEqualTo("in-cart");
    }

    @Test
    void whatASearchDoesNotFindSaysSo() {
        given().contentType("application/json")
                .body(
                        "{\"products\": [{\"sku\": \"why-lamp\", \"name\": \"Whylamp\", \"price\": 5, \"currency\": \"EUR\","
                                + " \"stock\": 3, \"category\": \"why/light\"}, {\"sku\": \"why-lamp-2\", \"name\": \"Whylamp 2\","
                                + " \"price\": 5, \"currency\": \"EUR\", \"stock\": 3, \"category\": \"why/light\"}, {\"sku\":"
                                + " \"why-stool\", \"name\": \"Stool\", \"price\": 5, \"currency\": \"EUR\", \"stock\": 3,"
                                + " \"category\": \"why/seats\"}]}")
                .post("/products")
                .then()
                .statusCode(200);
        Await.until(() -> {
            String id = given().contentType("application/json")
                    .body("{\"placement\": \"search-page\", \"visit\": {\"id\": \"why-searched\", \"page\": {\"type\":"
                            + " \"search\", \"query\": \"whylamp\"}, \"events\": [{\"type\": \"search\", \"query\":"
                            + " \"whylamp\"}]}}")
                    .post("/decisions")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("decisionId");
            return why(id, "why-lamp").getString("state").equals("shown")
                    && why(id, "why-stool")
                            .getString("sentence")
                            .contains("no word that the visit searched for (whylamp) finds it.")
                    && why(id, "why-stool").getString("absence.cause").equals("other-words");
        });
    }

    @Test
    void aCandidateThatCouldNotBeConsideredSaysWhy() {
        JsonPath why = why(decided("why-7", 2, FOUR + ", {\"sku\": \"why-nobody\", \"score\": 0.9}"), "why-nobody");
        assertThat(why.getString("absence.cause")).isEqualTo("left-out");
        assertThat(why.getString("sentence")).contains("is not in the catalog and has no price of its own");
    }

    @Test
    void theEditionThatDecidedAnswersAlsoAfterItsRuleIsGone() {
        publish(
                Map.of(
                        "path",
                        RULES,
                        "text",
                        """
                        rule "Nothing blue beside why"
                            @owner( "Ines" )
                        when
                            $c : Candidate( tagged( "why-blue" ) )
                        then
                            shelf.bury( $c, 0.1 );
                        end
                        """),
                Map.of(
                        "path",
                        EXAMPLES,
                        "text",
                        """
                        "Nothing blue beside why":
                          fires: [ { case: blue, candidates: [ { sku: a, tags: [ why-blue ] } ] } ]
                          does-not-fire: [ { case: red, candidates: [ { sku: a } ] } ]
                        """));
        String id = decided(
                "why-8",
                1,
                candidate("why-blue", 0.2, ", \"tags\": [\"why-blue\"]") + "," + candidate("why-b", 0.1, ""));
        publish(Map.of("path", RULES, "deleted", true), Map.of("path", EXAMPLES, "deleted", true));
        stored.await(id);
        JsonPath why = why(id, "why-blue");
        assertThat(why.getString("state")).isEqualTo("outranked");
        assertThat(why.getDouble("score")).isEqualTo(0.02);
        assertThat(why.getString("rules.find { it.rule == 'Nothing blue beside why' }.effect"))
                .isEqualTo("bury 0.1");
        assertThat(why.getString("without[0].rule")).isEqualTo("Nothing blue beside why");
        assertThat(why.getString("sentence"))
                .contains("pushed down by \"Nothing blue beside why\" (bury 0.1)")
                .endsWith("Without \"Nothing blue beside why\" it would be shown.");
    }

    private static void publish(Object... files) {
        merchandiser()
                .body(Map.of("files", List.of(files)))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    @Test
    void aDecisionThatNobodyMadeHasNoReasons() {
        given().queryParam("sku", "a")
                .get("/decisions/nobody-made-it/why")
                .then()
                .statusCode(404)
                .body("field", equalTo("id"));
    }

    @Test
    void withoutASkuThereIsNoQuestion() {
        given().get("/decisions/nobody-made-it/why").then().statusCode(400).body("field", equalTo("sku"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "a\nb", ""})
    void aSkuThatCannotBeOneIsRefused(String sku) {
        given().queryParam("sku", sku)
                .get("/decisions/" + decided("why-9", 2, FOUR) + "/why")
                .then()
                .statusCode(400)
                .body("field", equalTo("sku"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'; drop table decision; --", "\" ) ) then System.exit( 1 ); end", "ünï-çödé 🧨"})
    void anOddSkuIsOnlyAnUnknownOne(String sku) {
        given().queryParam("sku", sku)
                .get("/decisions/" + decided("why-10", 2, FOUR) + "/why")
                .then()
                .statusCode(200)
                .body("absence.cause", equalTo("not-in-catalog"))
                .body("sentence", containsString("not in the catalog"));
    }

    @Test
    void whatThisShopperBoughtIsForOperatorsOnly() {
        assertThat(merchandiser()
                        .queryParam("sku", "why-a")
                        .get("/decisions/" + decided("why-11", 2, FOUR) + "/why")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .doesNotContain("shopper");
    }
}
