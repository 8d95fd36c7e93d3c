package dev.vitrine.rulebook.assist;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.problem.Json;
import dev.vitrine.search.ProductSearch;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vocabulary, completion and hover as calls, in a shop with products and campaigns. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AssistTest {
    @Inject
    ProductSearch search;

    private static ValidatableResponse ask(String call, Map<String, Object> place) throws Exception {
        return given().contentType(ContentType.JSON)
                .body(Json.MAPPER.writeValueAsString(place))
                .post("/rulebook/" + call)
                .then();
    }

    private static Map<String, Object> place(String text, int line, int column) {
        return new HashMap<>(Map.of("path", "assist.drl", "text", text, "line", line, "column", column));
    }

    private static void putProduct() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"products": [{"sku": "assist-mat", "name": "Assist mat", "category": "assist/mats", "brand": "Assista",
                          "price": 20, "listPrice": 20, "currency": "EUR", "stock": 5, "tags": ["assist-tag"], "attributes": {"assist-fabric": "jute"}}]}""")
                .post("/products")
                .then()
                .statusCode(200);
    }

    @Test
    void theVocabularyHasFactsVerbsAndValues() {
        given().get("/rulebook/vocabulary?limit=1000")
                .then()
                .statusCode(200)
                .body("facts.name", hasItems("Visit", "Candidate", "Campaign"))
                .body(
                        "facts.find { it.name == 'Candidate' }.words.find { it.name == 'margin' }.unit",
                        containsString("share"))
                .body("facts.find { it.name == 'Visit' }.words.find { it.name == 'device' }.choices", hasItem("MOBILE"))
                .body(
                        "facts.find { it.name == 'Candidate' }.words.find { it.name == 'brand' }.values",
                        equalTo("brand"))
                .body("verbs.name", hasItems("boost", "guarantee"))
                .body("functions.name", hasItems("taggedWith", "overTheDay"))
                .body("operators.name", hasItem("contains"))
                .body("values.placements.value", hasItem("home-page"))
                .body("values.sources.value", hasItem("search-ads"));
    }

    @Test
    void valuesAreThoseOfTheShopNowAndCanBeSearched() {
        putProduct();
        given().get("/rulebook/vocabulary?q=assist")
                .then()
                .statusCode(200)
                .body("values.tags.value", contains("assist-tag"))
                .body("values.tags[0].products", is(1))
                .body("values.categories.value", contains("assist", "assist/mats"))
                .body("values.brands.value", contains("Assista"))
                .body("values.attributes.name", contains("assist-fabric"))
                .body("values.attributes[0].values.value", contains("jute"))
                .body("values.countries", is(empty()));
    }

    @Test
    void theListsAreAsLongAsAskedFor() {
        putProduct();
        given().get("/rulebook/vocabulary?limit=1")
                .then()
                .body("values.tags", hasSize(1))
                .body("values.categories", hasSize(lessThanOrEqualTo(1)));
        given().get("/rulebook/vocabulary?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        given().get("/rulebook/vocabulary?limit=1001").then().statusCode(400).body("field", equalTo("limit"));
        given().get("/rulebook/vocabulary?q=" + "x".repeat(201))
                .then()
                .statusCode(400)
                .body("field", equalTo("q"));
    }

    @Test
    void campaignsAreNamedWithTheirDates() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"id": "assist-week", "name": "Assist week", "theme": "season", "mode": "quiet", "priority": 1,
                         "tags": ["assist-tag"], "startsAt": "2030-01-01T00:00:00", "endsAt": "2030-01-08T00:00:00"}""")
                .post("/campaigns")
                .then()
                .statusCode(lessThanOrEqualTo(201));
        try {
            given().queryParam("q", "assist week")
                    .get("/rulebook/vocabulary")
                    .then()
                    .statusCode(200)
                    .body("values.campaigns.id", contains("assist-week"))
                    .body("values.campaigns[0].state", equalTo("planned"));
        } finally {
            given().delete("/campaigns/assist-week");
        }
    }

    @Test
    void aHalfWrittenTextIsCompleted() throws Exception {
        putProduct();
        String text = "rule \"A\"\nwhen\n    $c : Candidate( tagged( \"assist";
        ask("complete", place(text, 3, 40))
                .statusCode(200)
                .body("proposals.label", contains("assist-tag"))
                .body("proposals[0].kind", equalTo("value"))
                .body("proposals[0].detail", equalTo("1 product"))
                .body("proposals[0].edit.line", is(3))
                .body("proposals[0].edit.newText", equalTo("assist-tag\""));
        ask("complete", place("rule \"A\"\nwhen\n    V", 3, 6))
                .statusCode(200)
                .body("proposals.label", hasItem("Visit"))
                .body("proposals.documentation", everyItem(containsString("")));
        // the exact sku needs no index
        ask("complete", place("rule \"A\"\nwhen\n    $c : Candidate( sku == \"assist-mat", 3, 40))
                .body("proposals.label", contains("assist-mat"))
                .body("proposals[0].detail", equalTo("Assist mat"))
                .body(
                        "proposals[0].documentation",
                        equalTo("Product **assist-mat**: Assist mat\n\nCategory: assist/mats\n\nPrice: 20.00 EUR"));
    }

    @Test
    void productsAreFoundBySkuAndByName() throws Exception {
        putProduct();
        search.refresh();
        for (String begun : List.of("assist-m", "ASSIST-M", "assist ma", "mat assist")) {
            given().queryParam("q", begun)
                    .get("/rulebook/vocabulary/products")
                    .then()
                    .statusCode(200)
                    .body("products.sku", hasItem("assist-mat"))
                    .body("products.find { it.sku == 'assist-mat' }.price", equalTo("20.00 EUR"));
        }
        given().get("/rulebook/vocabulary/products?limit=1").then().body("products", hasSize(1));
        given().get("/rulebook/vocabulary/products?q=assist-nothing").then().body("products", is(empty()));
        for (String call : List.of("limit=0", "limit=1001", "q=" + "x".repeat(201))) {
            given().get("/rulebook/vocabulary/products?" + call)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo(call.replaceFirst("=.*", "")));
        }
        ask("complete", place("rule \"A\"\nwhen\n    $c : Candidate( sku == \"assist m", 3, 38))
                .body("proposals.label", contains("assist-mat"))
                .body("proposals[0].edit.newText", equalTo("assist-mat\""));
        Map<String, Object> example = place("\"A\":\n  fires:\n    - case: a\n      page: { sku: assist-m", 4, 28);
        example.put("path", "assist.examples.yaml");
        ask("complete", example).body("proposals.label", contains("assist-mat"));
    }

    @Test
    void examplesAreCompletedWithTheRulesThatAreLive() throws Exception {
        Map<String, Object> place = place("\"", 1, 2);
        place.put("path", "margin/core.examples.yaml");
        ask("complete", place).statusCode(200).body("proposals.size()", greaterThan(0));
    }

    @Test
    void aWordIsExplained() throws Exception {
        ask("hover", place("rule \"A\"\nwhen\n    Visit( pages > 2 )\nthen\nend", 3, 13))
                .statusCode(200)
                .body("hover.text", containsString("pages looked at"))
                .body("hover.line", is(3))
                .body("hover.column", is(12))
                .body("hover.endColumn", is(17));
        ask("hover", place("", 1, 1)).statusCode(200).body("hover", nullValue());
    }

    @ParameterizedTest
    @CsvSource({"path", "text", "line", "column"})
    void aPlaceIsWhole(String field) throws Exception {
        Map<String, Object> place = place("x", 1, 1);
        place.remove(field);
        for (String call : List.of("complete", "hover")) {
            ask(call, place).statusCode(400).body("field", equalTo(field));
        }
    }

    @ParameterizedTest
    @CsvSource({"line,0", "column,0", "line,300000", "path,../a.drl"})
    void aPlaceIsWithinAFile(String field, String value) throws Exception {
        Map<String, Object> place = place("x", 1, 1);
        place.put(field, field.equals("path") ? value : Integer.valueOf(value));
        ask("complete", place).statusCode(400).body("field", equalTo(field));
    }

    @Test
    void aTextIsNoLongerThanAFile() throws Exception {
        ask("complete", place("x".repeat(256 * 1024 + 1), 1, 1)).statusCode(400).body("field", equalTo("text"));
    }

    @Test
    void aPlaceBehindTheTextIsItsEnd() throws Exception {
        ask("complete", place("rule \"A\"\nwhen\n    Vi", 70, 80)).statusCode(200);
    }

    @Test
    void aCheckBringsFixes() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"files": [{"path": "assist.drl", "text":
                          "rule \\"Assist\\"\\n    @owner( \\"Ines\\" )\\nwhen\\n    Vist( pages > 2 )\\nthen\\n    shelf.floor( 0.1 );\\nend\\n"}]}""")
                .post("/rulebook/check")
                .then()
                .statusCode(200)
                .body("problems.find { it.line == 4 }.fixes[0].edits[0].newText", equalTo("Visit"))
                .body("problems.find { it.line == 4 }.fixes[0].edits[0].column", is(5))
                .body("problems.find { it.line == 4 }.fixes[0].edits[0].endColumn", is(9));
    }
}
