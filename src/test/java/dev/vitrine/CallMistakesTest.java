package dev.vitrine;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Typical mistakes in calls, and what is answered. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class CallMistakesTest {
    private static final String PROBLEM = "application/problem+json";

    @Test
    void eventsThatAreAllRefusedAreAnsweredWithTheReasonOfEach() {
        given().contentType("application/json")
                .body(
                        """
                        {"events": [{"id": "call-mistake-1", "type": "view", "visit": "v"},
                                    {"id": "call-mistake-2", "type": "veiw", "visit": "v", "at": "2026-01-01T12:00:00Z"}]}""")
                .post("/events")
                .then()
                .statusCode(422)
                .contentType(PROBLEM)
                .body("detail", equalTo("All 2 events were refused; 'results' says why of each"))
                .body("results.status", contains("refused", "refused"))
                .body("results.problem.field", contains("events[0].at", "events[1].type"));
    }

    @Test
    void aCampaignThatEndsBeforeItBeginsIsToldInItsOwnZone() {
        String plan =
                """
                {"name": "Mistaken weeks", "theme": "season", "zone": "Europe/Berlin",
                 "startsAt": "2027-03-01T00:00:00", "endsAt": "2027-04-01T00:00:00"}""";
        given().contentType("application/json")
                .body(plan)
                .post("/campaigns")
                .then()
                .statusCode(201);
        try {
            given().contentType("application/json")
                    .body(plan.replace("2027-04-01", "2027-02-01"))
                    .put("/campaigns/mistaken-weeks")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("endsAt"))
                    .body(
                            "detail",
                            equalTo("is 2027-02-01T00:00+01:00; must be after startsAt, which is"
                                    + " 2027-03-01T00:00+01:00"));
        } finally {
            given().post("/campaigns/mistaken-weeks/end").then().statusCode(200);
        }
    }

    @Test
    void warningsOfOtherFilesAreKnown() {
        // of a shop without products, nothing is misspelt
        given().contentType("application/json")
                .body(
                        """
                        {"products": [{"sku": "mistaken-mat", "name": "Mat", "category": "mistakes/mats", "price": 20,
                          "currency": "EUR", "stock": 5, "tags": ["a-tag"]}]}""")
                .post("/products")
                .then()
                .statusCode(200);
        String rule =
                """
                rule "A mistaken tag is lifted"
                    @owner( "Ines" )
                when
                    $c : Candidate( tagged( "no-such-tag" ) )
                then
                    shelf.boost( $c, 2 );
                end
                """;
        String examples =
                """
                "A mistaken tag is lifted":
                  fires: [ { case: it has it, candidates: [ { sku: a, tags: [ no-such-tag ] } ] } ]
                  does-not-fire: [ { case: it has not, candidates: [ { sku: a } ] } ]
                """;
        given().contentType("application/json")
                .body(Map.of(
                        "files",
                        List.of(
                                Map.of("path", "shelf/mistaken-tag.drl", "text", rule),
                                Map.of("path", "shelf/mistaken-tag.examples.yaml", "text", examples))))
                .post("/rulebook/check")
                .then()
                .statusCode(200)
                .body("problems.file", everyItem(equalTo("shelf/mistaken-tag.drl")))
                .body("problems.message", hasItem(containsString("no-such-tag")))
                .body("known.file", not(hasItem("shelf/mistaken-tag.drl")));
    }

    private static void stock() {
        given().contentType("application/json")
                .body(
                        """
                        {"products": [{"sku": "spelling-mat", "name": "Mat", "category": "spelling/mats", "price": 20,
                          "currency": "EUR", "stock": 5, "tags": ["spelling-clearance"]}]}""")
                .post("/products")
                .then()
                .statusCode(200);
    }

    @Test
    void whatACampaignMisspellsIsToldAtOnce() {
        stock();
        String plan =
                """
                {"id": "spelling-week", "name": "Spelling week", "theme": "season", "tags": ["spelling-clearance", "spelling-clearence"],
                 "categories": ["spelling/matts"], "skus": ["spelling-mta"],
                 "startsAt": "2027-03-01T00:00:00", "endsAt": "2027-04-01T00:00:00"}""";
        List<String> cures = List.of(
                "Did you mean 'spelling-clearance'?", "Did you mean 'spelling/mats'?", "Did you mean 'spelling-mat'?");
        given().contentType("application/json")
                .body(plan)
                .post("/campaigns")
                .then()
                .statusCode(201)
                .body("warnings.field", contains("tags[1]", "categories[0]", "skus[0]"))
                .body("warnings.value", contains("spelling-clearence", "spelling/matts", "spelling-mta"))
                .body("warnings[0].message", equalTo("No product has the tag 'spelling-clearence'."))
                .body("warnings.cure", equalTo(cures));
        try {
            given().get("/campaigns/spelling-week").then().body("$", not(hasKey("warnings")));
            given().get("/campaigns/spelling-week/check")
                    .then()
                    .body(
                            "problems.find { it.kind == 'names-nothing' }.message",
                            startsWith(
                                    "No product has the tag 'spelling-clearence'. Did you mean 'spelling-clearance'?"));
            given().contentType("application/json")
                    .body(plan)
                    .put("/campaigns/spelling-week")
                    .then()
                    .statusCode(200)
                    .body("warnings.cure", equalTo(cures));
            given().contentType("application/json")
                    .body(plan.replace("clearence", "clearance")
                            .replace("matts", "mats")
                            .replace("mta", "mat"))
                    .put("/campaigns/spelling-week")
                    .then()
                    .statusCode(200)
                    .body("$", not(hasKey("warnings")));
        } finally {
            given().post("/campaigns/spelling-week/end").then().statusCode(200);
        }
    }

    @Test
    void whatAPreviewMisspellsIsTold() {
        stock();
        String preview =
                """
                {"files": [], "campaigns": [{"name": "Tried", "theme": "season", "tags": ["spelling-clearence"]}],
                 "request": {"placement": "home-page", "cart": {"items": [{"sku": "spelling-mta", "quantity": 1, "price": 5}]},
                   "visit": {"id": "spelling-visit", "page": {"type": "product", "sku": "spelling-mta", "category": "spelling/matts"}}}}""";
        given().contentType("application/json")
                .body(preview)
                .post("/rulebook/preview")
                .then()
                .statusCode(200)
                .body(
                        "warnings.field",
                        contains(
                                "request.visit.page.sku",
                                "request.visit.page.category",
                                "request.cart.items[0].sku",
                                "campaigns[0].tags[0]"))
                .body("warnings[0].cure", equalTo("Did you mean 'spelling-mat'?"));
        given().contentType("application/json")
                .body(preview.replace("mta", "mat").replace("matts", "mats").replace("clearence", "clearance"))
                .post("/rulebook/preview")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("warnings")));
        given().contentType("application/json")
                .body(preview.replace("home-page", "home"))
                .post("/rulebook/preview")
                .then()
                .statusCode(400)
                .body("field", equalTo("request.placement"))
                .body("detail", containsString("; did you mean 'home-page'?"));
    }

    @Test
    void aStorefrontIsAnsweredWhateverItsPageIs() {
        stock();
        given().contentType("application/json")
                .body(
                        """
                        {"placement": "product-page", "visit": {"id": "spelling-shopper", "page": {"type": "product", "sku": "spelling-mta"}}}""")
                .post("/decisions")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("warnings")));
    }

    @Test
    void aPathAsGitHasItIsRefused() {
        String path = "rules/shelf/spelling.drl";
        Map<String, Object> files =
                Map.of("files", List.of(Map.of("path", path, "text", "// nothing")), "name", "A path of git");
        String says = "begins with the folder of rules; paths are within the folder of rules: say shelf/spelling.drl";
        for (String call : List.of("check", "publish", "drafts", "staged", "scheduled", "preview", "changes")) {
            Map<String, Object> body = new HashMap<>(Map.of("files", files.get("files")));
            if (call.equals("drafts")) {
                body.put("name", "A path of git");
            } else if (call.equals("preview")) {
                body.put("request", Map.of("placement", "home-page", "visit", Map.of("id", "spelling-path")));
            }
            given().contentType("application/json")
                    .body(body)
                    .post("/rulebook/" + call)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("files[0].path"))
                    .body("detail", equalTo(says));
        }
        for (String call : List.of("complete", "hover")) {
            given().contentType("application/json")
                    .body(Map.of("path", path, "text", "rule", "line", 1, "column", 1))
                    .post("/rulebook/" + call)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("path"))
                    .body("detail", equalTo(says));
        }
    }

    @Test
    void digitsOfAnotherScriptAreNoNumber() {
        given().get("/rulebook/drafts/{id}", "\uFF11")
                .then()
                .statusCode(404)
                .body("field", equalTo("id"))
                .body("detail", endsWith("must be a whole number"));
    }

    @Test
    void aSearchTakesTimesOfTheShopsZone() {
        for (String call :
                List.of("/decisions", "/insights/shares", "/model/comparison", "/rulebook/audit", "/audit")) {
            given().queryParam("from", "2026-11-27T18:00")
                    .queryParam("to", "2026-11-28T18:00")
                    .get(call)
                    .then()
                    .statusCode(200);
            given().queryParam("from", "yesterday")
                    .get(call)
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("from"))
                    .body("detail", containsString("is not an ISO 8601 time"));
        }
    }

    @Test
    void columnsOfBrokenJsonCountCharacters() {
        // ü has two bytes in UTF-8, € three, and the emoji four
        given().contentType("application/json")
                .body("{\n  \"name\": \"M\u00FCtzen f\u00FCr 5 \u20AC \uD83D\uDE00\", oops}"
                        .getBytes(StandardCharsets.UTF_8))
                .post("/campaigns")
                .then()
                .statusCode(400)
                .body("detail", containsString("line 2, column 31"));
        given().contentType("application/json")
                .body("{\"name\": \"\u00FC\u00FC\u00FC\", \"tags\": [ \"a\"".getBytes(StandardCharsets.UTF_8))
                .post("/campaigns")
                .then()
                .statusCode(400)
                .body("detail", containsString("the list that begins at line 1, column 25"));
    }
}
