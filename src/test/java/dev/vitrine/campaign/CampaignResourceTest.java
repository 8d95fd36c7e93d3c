package dev.vitrine.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class CampaignResourceTest {
    private static final String PROBLEM = "application/problem+json";

    @Inject
    Campaigns campaigns;

    /** Other tests share the shop, so no campaign may stay open. */
    @AfterEach
    void endAll() {
        Instant now = Instant.now();
        for (PlannedCampaign campaign : campaigns.all()) {
            if (campaign.state(now) != CampaignState.ENDED) {
                act(campaign.id(), "end").statusCode(200);
            }
        }
    }

    private static ValidatableResponse post(String body) {
        return given().contentType("application/json; charset=UTF-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/campaigns")
                .then();
    }

    private static ValidatableResponse put(String id, String body) {
        return given().contentType("application/json; charset=UTF-8")
                .body(body.getBytes(StandardCharsets.UTF_8))
                .put("/campaigns/{id}", id)
                .then();
    }

    private static ValidatableResponse get(String id) {
        return given().get("/campaigns/{id}", id).then();
    }

    private static ValidatableResponse act(String id, String what) {
        return given().post("/campaigns/{id}/{what}", id, what).then();
    }

    /** A valid campaign a year ahead, with these fields in place of its own. */
    private static String campaign(String fields) {
        Map<String, String> valid = new LinkedHashMap<>();
        valid.put("name", "\"Autumn\"");
        valid.put("theme", "\"season\"");
        valid.put("startsAt", "\"" + Instant.now().plus(365, ChronoUnit.DAYS) + "\"");
        valid.put("endsAt", "\"" + Instant.now().plus(372, ChronoUnit.DAYS) + "\"");
        StringBuilder campaign = new StringBuilder("{").append(fields);
        valid.forEach((name, value) -> {
            if (!fields.contains("\"" + name + "\":")) {
                campaign.append(campaign.length() > 1 ? ", " : "")
                        .append("\"" + name + "\": ")
                        .append(value);
            }
        });
        return campaign.append('}').toString();
    }

    @Test
    void aCampaignIsPlannedReadAndListed() {
        post("""
                        {"id": "cr-free", "name": "Free shipping from 60", "theme": "spend-and-save", "mode": "promo",
                         "priority": 50, "threshold": 60, "benefit": " free shipping ", "tags": ["b", "a"], "categories": ["sport/yoga"],
                         "skus": ["mat-6"], "startsAt": "2096-03-25T02:30:00", "endsAt": "2096-10-28T02:30:00",
                         "zone": "Europe/Berlin"}""")
                .statusCode(201)
                .header("Location", endsWith("/campaigns/cr-free"))
                .body("id", is("cr-free"));
        get("cr-free")
                .statusCode(200)
                .contentType("application/json")
                .body("name", is("Free shipping from 60"))
                .body("theme", is("spend-and-save"))
                .body("mode", is("promo"))
                .body("priority", is(50))
                .body("threshold", is(60.0f))
                .body("benefit", is("free shipping"))
                .body("tags", contains("a", "b"))
                .body("categories", contains("sport/yoga"))
                .body("skus", contains("mat-6"))
                .body("startsAt", is("2096-03-25T03:30:00+02:00"))
                .body("endsAt", is("2096-10-28T02:30:00+02:00"))
                .body("zone", is("Europe/Berlin"))
                .body("state", is("planned"))
                .body("since", is("2096-03-25T03:30:00+02:00"))
                .body("until", is("2096-10-28T02:30:00+02:00"));
        given().get("/campaigns?state=planned").then().statusCode(200).body("campaigns.id", hasItem("cr-free"));
        given().get("/campaigns?state=running")
                .then()
                .statusCode(200)
                .body("campaigns", hasSize(0))
                .body("total", is(0));
    }

    @Test
    void absentFieldsHaveTheirDefaults() {
        post(campaign("\"id\": \"cr-plain\""))
                .statusCode(201)
                .body("mode", is("quiet"))
                .body("priority", is(0))
                .body("threshold", nullValue())
                .body("benefit", nullValue())
                .body("tags", hasSize(0))
                .body("zone", is("UTC"));
    }

    @Test
    void anIdIsMadeFromTheNameAndUnique() {
        String body = campaign("\"name\": \"Süße Wochen\"");
        post(body).statusCode(201).body("id", is("susse-wochen"));
        post(body).statusCode(201).body("id", is("susse-wochen-2"));
        post(body).statusCode(201).body("id", is("susse-wochen-3")).header("Location", endsWith("susse-wochen-3"));
        post(campaign("\"id\": \"susse-wochen\""))
                .statusCode(409)
                .contentType(PROBLEM)
                .body("field", is("id"));
    }

    @Test
    void theListIsCutAndCounted() {
        post(campaign("\"id\": \"cr-one\"")).statusCode(201);
        post(campaign("\"id\": \"cr-two\"")).statusCode(201);
        given().get("/campaigns?state=planned&limit=1")
                .then()
                .statusCode(200)
                .body("campaigns", hasSize(1))
                .body("total", is(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=x", "state=over", "state=PLANNED"})
    void aWrongListParameterIsRefused(String query) {
        given().get("/campaigns?" + query)
                .then()
                .statusCode(400)
                .contentType(PROBLEM)
                .body("field", is(query.substring(0, query.indexOf('='))));
    }

    @Test
    void aCampaignIsReplacedWhole() {
        post(campaign("\"id\": \"cr-change\", \"priority\": 5, \"tags\": [\"a\"]"))
                .statusCode(201);
        put("cr-change", campaign("\"name\": \"Winter\", \"mode\": \"promo\""))
                .statusCode(200)
                .body("name", is("Winter"))
                .body("mode", is("promo"))
                .body("priority", is(0))
                .body("tags", hasSize(0));
        get("cr-change").body("name", is("Winter"));
        put("cr-change", campaign("\"id\": \"cr-other\"")).statusCode(400).body("field", is("id"));
        put("cr-none", campaign("\"name\": \"Winter\"")).statusCode(404).contentType(PROBLEM);
    }

    @Test
    void itIsStartedAndEndedByHand() {
        post(campaign("\"id\": \"cr-hand\"")).statusCode(201);
        act("cr-hand", "activate").statusCode(200).body("state", is("running"));
        String since = get("cr-hand").extract().path("since");
        assertThat(Instant.parse(since)).isBeforeOrEqualTo(Instant.now());
        act("cr-hand", "activate").statusCode(200).body("since", is(since));
        given().get("/campaigns?state=running").then().body("campaigns.id", contains("cr-hand"));
        act("cr-hand", "end").statusCode(200).body("state", is("ended")).body("since", is(since));
        act("cr-hand", "end").statusCode(409).contentType(PROBLEM).body("detail", containsString("has ended"));
        act("cr-hand", "activate").statusCode(409);
    }

    @Test
    void anEndedCampaignIsNotStartedAgainButMayBePlannedAgain() {
        post(campaign(
                        "\"id\": \"cr-over\", \"startsAt\": \"2026-01-01T00:00:00Z\", \"endsAt\": \"2026-01-02T00:00:00Z\""))
                .statusCode(201)
                .body("state", is("ended"));
        act("cr-over", "activate").statusCode(409);
        act("cr-over", "end").statusCode(409);
        put("cr-over", campaign("\"name\": \"Again\"")).statusCode(200).body("state", is("planned"));
    }

    @Test
    void oneThatWasTriedAndEndedByHandIsPlannedAgainByItsDates() {
        String plan = campaign("\"id\": \"cr-trial\"");
        post(plan).statusCode(201);
        act("cr-trial", "activate").statusCode(200).body("state", is("running"));
        act("cr-trial", "end").statusCode(200).body("state", is("ended"));
        put("cr-trial", plan).statusCode(200).body("state", is("planned")).body("note", nullValue());
        get("cr-trial").body("state", is("planned"));
    }

    @Test
    void oneThatWasEndedAmidstItsDatesStaysEndedAndTheAnswerSaysWhy() {
        String dates = "\"startsAt\": \"2026-01-01T00:00:00Z\", \"endsAt\": \"%s\"";
        String running = campaign("\"id\": \"cr-stopped\", " + dates.formatted("2030-01-01T00:00:00Z"));
        post(running).statusCode(201).body("state", is("running"));
        act("cr-stopped", "end").statusCode(200);
        put("cr-stopped", running)
                .statusCode(200)
                .body("state", is("ended"))
                .body("note", containsString("was ended by hand"));
        put("cr-stopped", campaign("\"id\": \"cr-stopped\", " + dates.formatted("2026-01-05T00:00:00Z")))
                .statusCode(200)
                .body("state", is("ended"))
                .body("note", containsString("has passed"));
        put("cr-stopped", running).statusCode(200).body("state", is("running")).body("note", nullValue());
        act("cr-stopped", "end").statusCode(200);
    }

    @Test
    void anUnknownIdIsNotFound() {
        for (String id : List.of("cr-nobody", "x y", "a;b", "'--", "ä", "\0")) {
            get(id).statusCode(404).contentType(PROBLEM).body("field", is("id"));
            act(id, "activate").statusCode(404);
            act(id, "end").statusCode(404);
            given().get("/campaigns/{id}/check", id).then().statusCode(404);
            put(id, campaign("\"name\": \"a\"")).statusCode(404);
        }
    }

    @Test
    void aCampaignIsEndedNotDeleted() {
        post(campaign("\"id\": \"cr-keep\"")).statusCode(201);
        given().delete("/campaigns/cr-keep")
                .then()
                .statusCode(405)
                .contentType(PROBLEM)
                .header("Allow", "GET, PUT")
                .body("detail", containsString("/end"));
        given().delete("/campaigns").then().statusCode(405).contentType(PROBLEM);
        get("cr-keep").statusCode(200);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("\"name\": null", "name", "is required"),
                Arguments.of("\"name\": \" \"", "name", "must not be blank"),
                Arguments.of(
                        "\"name\": \"Sale\u00A0now\"",
                        "name",
                        "has a blank that is not a plain space at index 4 (U+00A0)"),
                Arguments.of("\"name\": \"" + "n".repeat(201) + "\"", "name", "at most 200"),
                Arguments.of("\"name\": \"a\\u0000b\"", "name", "U+0000"),
                Arguments.of("\"name\": 7", "name", "is not text"),
                Arguments.of("\"theme\": null", "theme", "is required"),
                Arguments.of("\"theme\": \"sale\"", "theme", "spend-and-save, bundles, clearance, brand, season"),
                Arguments.of("\"theme\": 1", "theme", "one of"),
                Arguments.of("\"mode\": \"loud\"", "mode", "one of promo, quiet"),
                Arguments.of("\"priority\": -1", "priority", "from 0 to 100"),
                Arguments.of("\"priority\": 101", "priority", "from 0 to 100"),
                Arguments.of("\"priority\": 1.5", "priority", "whole number"),
                Arguments.of("\"priority\": \"5\"", "priority", "whole number"),
                Arguments.of("\"threshold\": 60", "threshold", "only a spend-and-save"),
                Arguments.of("\"theme\": \"spend-and-save\"", "threshold", "is required"),
                Arguments.of("\"theme\": \"spend-and-save\", \"threshold\": 0", "threshold", "above 0"),
                Arguments.of("\"theme\": \"spend-and-save\", \"threshold\": -1", "threshold", "from 0"),
                Arguments.of("\"theme\": \"spend-and-save\", \"threshold\": 1e10", "threshold", "to 1000000000"),
                Arguments.of("\"theme\": \"spend-and-save\", \"threshold\": 1e999", "threshold", "to 1000000000"),
                Arguments.of("\"tags\": [null]", "tags[0]", "is required"),
                Arguments.of("\"tags\": [\"\"]", "tags[0]", "must not be blank"),
                Arguments.of("\"tags\": [\"" + "t".repeat(65) + "\"]", "tags[0]", "at most 64"),
                Arguments.of("\"tags\": \"a\"", "tags", "must be a list"),
                Arguments.of("\"tags\": [" + repeated("\"t\"") + "]", "tags", "at most 200"),
                Arguments.of("\"categories\": [" + repeated("\"c\"") + "]", "categories", "at most 200"),
                Arguments.of("\"categories\": [\"" + "c".repeat(201) + "\"]", "categories[0]", "at most 200"),
                Arguments.of("\"skus\": [" + repeated("\"s\"") + "]", "skus", "at most 200"),
                Arguments.of("\"skus\": [\"ok\", \"" + "s".repeat(129) + "\"]", "skus[1]", "at most 128"),
                Arguments.of("\"skus\": [\"\\ud800\"]", "skus[0]", "U+D800"),
                Arguments.of("\"startsAt\": null", "startsAt", "is required"),
                Arguments.of("\"startsAt\": 1767225600", "startsAt", "is not text"),
                Arguments.of("\"startsAt\": \"tomorrow\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"2026-01-01\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"2026-02-30T00:00:00\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"2026-01-01T25:00:00Z\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"2026-01-01T00:00:00+01:00[Europe/Berlin]\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"2026-01-01T00:00Z[Europe/Berlin]\"", "startsAt", "ISO 8601"),
                Arguments.of("\"startsAt\": \"1999-12-31T23:59:59Z\"", "startsAt", "from 2000 to 2100"),
                Arguments.of("\"endsAt\": \"+999999999-01-01T00:00:00Z\"", "endsAt", "from 2000 to 2100"),
                Arguments.of(
                        "\"startsAt\": \"2026-01-01T00:00:00Z\", \"endsAt\": \"2026-01-01T01:00:00+01:00\"",
                        "endsAt",
                        "after startsAt"),
                Arguments.of(
                        "\"startsAt\": \"2026-01-01T00:00:00Z\", \"endsAt\": \"2031-01-01T00:00:01Z\"",
                        "endsAt",
                        "5 years"),
                Arguments.of(
                        "\"startsAt\": \"2026-03-29T02:30:00\", \"endsAt\": \"2026-03-29T03:30:00\", \"zone\": \"Europe/Berlin\"",
                        "endsAt",
                        "after startsAt"),
                Arguments.of("\"zone\": \"Europe/Berln\"", "zone", "did you mean 'Europe/Berlin'"),
                Arguments.of("\"zone\": \"+02:00\"", "zone", "IANA"),
                Arguments.of("\"zone\": \"" + "z".repeat(41) + "\"", "zone", "at most 40"),
                Arguments.of("\"id\": \"\"", "id", "must be"),
                Arguments.of("\"id\": \"a/b\"", "id", "must be"),
                Arguments.of("\"id\": \"-a\"", "id", "must be"),
                Arguments.of("\"id\": \"" + "i".repeat(129) + "\"", "id", "1 to 128"),
                Arguments.of("\"prio\": 1", "prio", "not a known field"),
                Arguments.of("\"state\": \"running\"", "state", "not a known field"));
    }

    private static String repeated(String element) {
        return String.join(", ", Collections.nCopies(201, element));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void aWrongFieldIsNamedAndTheCampaignRefused(String fields, String field, String detail) {
        post(campaign(fields))
                .statusCode(400)
                .contentType(PROBLEM)
                .body("status", is(400))
                .body("field", is(field))
                .body("detail", containsString(detail));
        assertThat(campaigns.planned("autumn")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"sale\"", "{", "{} x", "{\"name\": \"a\", \"name\": \"b\"}", "\u0000"})
    void aBodyThatIsNotACampaignIsRefused(String body) {
        post(body).statusCode(400).contentType(PROBLEM);
        put("cr-none", body).statusCode(400).contentType(PROBLEM);
    }

    @Test
    void anotherMediaTypeIsRefused() {
        given().contentType("text/plain").body("{}").post("/campaigns").then().statusCode(415);
    }

    private static String firstItemOfADecision() {
        return given().contentType("application/json")
                .body(
                        """
                        {"placement": "search-page", "visit": {"id": "cr-visit"},
                         "scores": "chance",
                         "candidates": [{"sku": "cr-full", "score": 1, "price": 20},
                           {"sku": "cr-reduced", "score": 0.9, "price": 20, "listPrice": 40, "tags": ["cr-sale"]}]}""")
                .post("/decisions")
                .then()
                .statusCode(200)
                .body("degraded", nullValue())
                .extract()
                .path("items[0].sku");
    }

    @Test
    void theNextDecisionKnowsThatItWasStartedChangedOrEnded() {
        assertThat(firstItemOfADecision()).isEqualTo("cr-full");
        post(campaign("\"id\": \"cr-sale\", \"theme\": \"brand\", \"tags\": [\"cr-sale\"]"))
                .statusCode(201);
        assertThat(firstItemOfADecision()).isEqualTo("cr-full");
        act("cr-sale", "activate").statusCode(200);
        assertThat(firstItemOfADecision()).isEqualTo("cr-reduced");
        put("cr-sale", campaign("\"theme\": \"brand\", \"tags\": [\"cr-other\"]"))
                .statusCode(200)
                .body("state", is("running"));
        assertThat(firstItemOfADecision()).isEqualTo("cr-full");
        put("cr-sale", campaign("\"theme\": \"brand\", \"tags\": [\"cr-sale\"]"));
        assertThat(firstItemOfADecision()).isEqualTo("cr-reduced");
        act("cr-sale", "end").statusCode(200);
        assertThat(firstItemOfADecision()).isEqualTo("cr-full");
    }

    @Test
    void theOpenApiDocumentHasTheLimitsAndTheNamesOfConstants() {
        given().accept("application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("components.schemas.CampaignPlan.properties.tags.maxItems", equalTo(200))
                .body("components.schemas.Theme.enum", hasItem("spend-and-save"))
                .body("paths.'/campaigns/{id}'.delete", nullValue());
    }
}
