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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Why a product is on a list or is not, on the shipped rules. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class WhyTest {
    private static final String RULES = "why/blue.drl";
    private static final String EXAMPLES = "why/blue.examples.yaml";
    private static final String PROMISING = "why/promises.drl";
    private static final String PROMISING_EXAMPLES = "why/promises.examples.yaml";

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

    private static final String PROMISES =
            """
            rule "New things take turns beside why"
                @owner( "Ines" )
            when
                Page( category == "why-turns" )
            then
                shelf.guarantee( overTheDay( 0.2 ), rotating( newerThan( 30 ) ) );
            end

            rule "Half is why-core"
                @owner( "Ines" )
            when
                Page( category == "why-two" || category == "why-same" )
            then
                shelf.guarantee( 0.5, "why-core" );
            end

            rule "Half is why-dear"
                @owner( "Ines" )
            when
                Page( category == "why-same" )
            then
                shelf.guarantee( 0.5, "why-dear" );
            end

            rule "Why-first comes first"
                @owner( "Ines" )
            when
                Page( category == "why-two" )
                $c : Candidate( tagged( "why-first" ) )
            then
                shelf.pin( $c, 1 );
            end

            rule "No tea on the page of why"
                @owner( "Ines" )
            when
                Page( category == "why/cups" )
                $c : Candidate( tagged( "why-strong" ) )
            then
                shelf.hide( $c );
            end
            """;
    private static final String PROMISED =
            """
            "New things take turns beside why":
              fires: [ { case: there, page: { category: why-turns } } ]
              does-not-fire: [ { case: elsewhere, page: { category: why-elsewhere } } ]
            "Half is why-core":
              fires: [ { case: there, page: { category: why-two } } ]
              does-not-fire: [ { case: elsewhere, page: { category: why-elsewhere } } ]
            "Half is why-dear":
              fires: [ { case: there, page: { category: why-same } } ]
              does-not-fire: [ { case: elsewhere, page: { category: why-elsewhere } } ]
            "Why-first comes first":
              fires: [ { case: there, page: { category: why-two }, candidates: [ { sku: a, tags: [ why-first ] } ] } ]
              does-not-fire: [ { case: another, page: { category: why-two }, candidates: [ { sku: a } ] } ]
            "No tea on the page of why":
              fires: [ { case: tea, page: { category: why/cups }, candidates: [ { sku: a, tags: [ why-strong ] } ] } ]
              does-not-fire: [ { case: another, page: { category: why/cups }, candidates: [ { sku: a } ] } ]
            """;

    private static void withPromises(Runnable asked) {
        publish(Map.of("path", PROMISING, "text", PROMISES), Map.of("path", PROMISING_EXAMPLES, "text", PROMISED));
        try {
            asked.run();
        } finally {
            publish(Map.of("path", PROMISING, "deleted", true), Map.of("path", PROMISING_EXAMPLES, "deleted", true));
        }
    }

    /** Six old ones, better first, and three of {@code more} that are worse. */
    private static String sixAndThree(String more) {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= 6; i++) {
            all.append(candidate("why-old-" + i, 0.5 - 0.05 * i, "")).append(',');
        }
        for (int i = 1; i <= 3; i++) {
            all.append(i > 1 ? "," : "").append(candidate("why-new-" + i, 0.05 - 0.01 * i, more));
        }
        return all.toString();
    }

    private static List<String> shown(String id) {
        return given().get("/decisions/" + id)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .getList("items.sku");
    }

    /** By the rules: the first decisions of an edition may take longer than their budget. */
    private static String decidedAt(String category, int limit, String candidates) {
        AtomicReference<String> id = new AtomicReference<>();
        Await.until(() -> {
            JsonPath answer = given().contentType("application/json")
                    .body("{\"placement\": \"category-page\", \"limit\": " + limit
                            + ", \"scores\": \"chance\", \"candidates\": [" + candidates
                            + "], \"visit\": {\"id\": \"visit-of-" + category
                            + "\", \"page\": {\"type\": \"category\", \"category\": \"" + category + "\"}}}")
                    .post("/decisions")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            id.set(answer.getString("decisionId"));
            return answer.get("degraded") == null;
        });
        return id.get();
    }

    private static final String NEW = ", \"launchedAt\": \"" + Instant.now().minus(Duration.ofDays(2)) + "\"";

    @Test
    void whoeverTakesTurnsIsToldWhoseTurnItWas() {
        withPromises(() -> {
            String id = decidedAt("why-turns", 5, sixAndThree(NEW));
            String had = shown(id).get(4);
            assertThat(had).startsWith("why-new-");
            String waits = had.equals("why-new-1") ? "why-new-2" : "why-new-1";
            JsonPath why = why(id, waits);
            assertThat(why.getString("state")).isEqualTo("not-its-turn");
            assertThat(why.getString("sentence"))
                    .contains("It takes turns with 2 others for the places that \"New things take turns beside why\""
                            + " (guarantee 0.2 over the day newer than 30 days) promises; in this decision " + had
                            + " had one.");
            assertThat(why.getString("note")).isNull();

            // a list of new ones only is more than the promise of many lists
            decidedAt("why-turns", 50, manyNew());
            Await.until(() -> !String.join(" ", shown(decidedAt("why-turns", 5, sixAndThree(NEW))))
                    .contains("why-new"));
            String later = decidedAt("why-turns", 5, sixAndThree(NEW));
            assertThat(shown(later)).containsExactly("why-old-1", "why-old-2", "why-old-3", "why-old-4", "why-old-5");
            for (String sku : List.of("why-new-1", "why-new-2", "why-new-3")) {
                JsonPath kept = why(later, sku);
                assertThat(kept.getString("state")).as(sku).isEqualTo("not-its-turn");
                assertThat(kept.getString("sentence"))
                        .contains("in this decision none of them had one, because by then all that were due");
            }
            JsonPath outranked = why(later, "why-old-6");
            assertThat(outranked.getString("state")).isEqualTo("outranked");
            assertThat(outranked.getString("last.sku")).isEqualTo("why-old-5");
            assertThat(outranked.getString("note")).isNull();
        });
    }

    private static String manyNew() {
        StringBuilder all = new StringBuilder();
        for (int i = 1; i <= 50; i++) {
            all.append(i > 1 ? "," : "").append(candidate("why-many-" + i, 0.5, NEW));
        }
        return all.toString();
    }

    @Test
    void twoRulesThatTakeAPlaceTogetherAreToldAsTwo() {
        withPromises(() -> {
            String candidates =
                    candidate("why-p", 0.4, "") + "," + candidate("why-c", 0.1, ", \"tags\": [\"why-core\"]") + ","
                            + candidate("why-d", 0.05, ", \"tags\": [\"why-first\", \"why-dear\"]");
            JsonPath two = why(decidedAt("why-two", 2, candidates), "why-p");
            assertThat(two.getString("sentence"))
                    .isEqualTo(
                            "By its score it would be 1st of 2, but \"Why-first comes first\" (pin to 1 why-d) and \"Half is"
                                    + " why-core\" (guarantee 0.5 why-core) together gave its place to others; without"
                                    + " \"Why-first comes first\" it would stand in place 1, without \"Half is why-core\" it"
                                    + " would stand in place 2.");
            JsonPath same = why(decidedAt("why-same", 2, candidates), "why-p");
            assertThat(same.getString("sentence"))
                    .endsWith(
                            "together gave its place to others; without just one of the two it would stand in place 1.");
        });
    }

    @Test
    void aListThatIsNotFullSaysWhy() {
        String candidates = candidate("why-a", 0.2, ", \"family\": \"why-family\"") + ","
                + candidate("why-a2", 0.15, ", \"family\": \"why-family\"") + "," + candidate("why-b", 0.1, "");
        assertThat(why(decidedAt("why-short", 5, candidates), "why-a2").getString("sentence"))
                .endsWith(
                        "it would stand in place 2. Of the 5 places, 3 stayed empty: only 3 candidates were not hidden, and"
                                + " \"A family stands once in a list\" let no more in.");
    }

    @Test
    void aPinIsNotRecommendedWithoutTheRuleThatWouldHideIt() {
        given().contentType("application/json")
                .body("{\"products\": [" + product("why-tea", "why/tea").replace("{", "{\"tags\": [\"why-strong\"], ")
                        + "," + product("why-tea-2", "why/tea") + "," + product("why-cup", "why/cups") + "]}")
                .post("/products")
                .then()
                .statusCode(200);
        withPromises(() -> {
            String page = ", \"page\": {\"type\": \"category\", \"category\": \"why/cups\"}";
            String id = given().contentType("application/json")
                    .body("{\"placement\": \"category-page\", \"visit\": {\"id\": \"why-page\"" + page + "}}")
                    .post("/decisions")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("decisionId");
            assertThat(why(id, "why-tea").getString("sentence"))
                    .endsWith(
                            " No boost brings what was not proposed; a pin that names its sku does, but there \"No tea on"
                                    + " the page of why\" would hide it.");
            assertThat(why(id, "why-tea-2").getString("sentence"))
                    .endsWith(" No boost brings what was not proposed; a pin that names its sku does.");
        });
    }

    private static String product(String sku, String category) {
        return "{\"sku\": \"" + sku + "\", \"name\": \"" + sku
                + "\", \"price\": 5, \"currency\": \"EUR\", \"stock\": 3," + " \"category\": \"" + category + "\"}";
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
