package dev.vitrine;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
}
