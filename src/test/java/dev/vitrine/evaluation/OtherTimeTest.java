package dev.vitrine.evaluation;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.rulebook.folder.TemporaryRules;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change will do at another time: next Saturday evening, during a campaign that is planned or only thought of. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class OtherTimeTest {
    @Inject
    ShopConfig shop;

    private ZoneId zone;
    private LocalDate saturday;
    private String evening;

    @BeforeEach
    void nextSaturdayAtEight() {
        zone = shop.zone();
        saturday = LocalDate.now(zone).with(TemporalAdjusters.next(DayOfWeek.SATURDAY));
        evening = saturday.atTime(20, 0).toString() + ":00";
    }

    private static RequestSpecification json() {
        return given().contentType("application/json");
    }

    private static Map<String, Object> file(String path, String text) {
        return Map.of("path", path, "text", text);
    }

    /** A rule that lifts what is cheap, under a condition. */
    private static List<Map<String, Object>> lifts(String attributes, String condition, String fires) {
        String rule =
                """
                rule "Another time lifts what is cheap"
                    @owner( "Ines" )
                %swhen
                    %s
                    $c : Candidate( price < 50 )
                then
                    shelf.boost( $c, 10 );
                end
                """
                        .formatted(attributes, condition);
        String examples =
                """
                "Another time lifts what is cheap":
                  fires: [ { case: then, %s, candidates: [ { sku: a, price: 1 } ] } ]
                  does-not-fire: [ { case: nothing is there, at: 2020-01-01 } ]
                """
                        .formatted(fires);
        return List.of(file("time/tried.drl", rule), file("time/tried.examples.yaml", examples));
    }

    /** A newcomer from social media on the home page, before two dear things and a cheap one. */
    private static Map<String, Object> newcomer() {
        return Map.of(
                "placement", "home-page",
                "visit", Map.of("id", "v-" + UUID.randomUUID(), "source", "social"),
                "candidates",
                        List.of(
                                Map.of("sku", "time-dear", "score", 3, "price", 90, "category", "time/a"),
                                Map.of("sku", "time-dearer", "score", 2, "price", 95, "category", "time/b"),
                                Map.of("sku", "time-cheap", "score", 1, "price", 20, "category", "time/c")));
    }

    private static Map<String, Object> asking(List<Map<String, Object>> files, Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("files", files, "request", newcomer()));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    private static ValidatableResponse preview(Map<String, Object> body) {
        return json().body(body).post("/rulebook/preview").then();
    }

    private static ValidatableResponse first(Map<String, Object> body, String sku) {
        return preview(body).statusCode(200).body("draft.answer.items[0].sku", equalTo(sku));
    }

    @Test
    void hoursAndWeekdaysHoldAsTheyWill() {
        List<Map<String, Object>> files = lifts(
                "",
                "Shop( weekday == SATURDAY, hour >= 20 )\n    Visit( source == \"social\" )",
                "shop: { weekday: SATURDAY, hour: 20 }, visit: { source: social }");
        first(asking(files, "at", evening), "time-cheap")
                .body("at", startsWith(evening.substring(0, 16)))
                .body("live.answer.items[0].sku", equalTo("time-dear"));
        first(asking(files, "at", saturday.atTime(19, 59).toString() + ":00"), "time-dear");
        first(asking(files, "at", saturday.plusDays(1).atTime(20, 0).toString() + ":00"), "time-dear");
    }

    @Test
    void daysOfRulesHoldAsTheyWill() {
        List<Map<String, Object>> files = lifts(
                "    date-effective \"" + saturday + "\"\n    date-expires \"" + saturday.plusDays(1) + "\"\n",
                "",
                "at: " + saturday);
        first(asking(files, "at", evening), "time-cheap");
        first(asking(files, "at", saturday.minusDays(1).atTime(23, 59).toString() + ":59"), "time-dear");
        first(asking(files, "at", saturday.plusDays(1).atStartOfDay().toString() + ":00"), "time-dear");
    }

    @Test
    void aPlannedCampaignRunsAsItWill() {
        String name = "Other time " + UUID.randomUUID();
        String id = json().body(Map.of(
                        "name",
                        name,
                        "theme",
                        "season",
                        "mode",
                        "promo",
                        "benefit",
                        "10 % off",
                        "startsAt",
                        saturday.atStartOfDay() + ":00",
                        "endsAt",
                        saturday.plusDays(1).atStartOfDay() + ":00",
                        "zone",
                        zone.getId()))
                .post("/campaigns")
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        List<Map<String, Object>> files =
                lifts("", "Campaign( id == \"" + id + "\" )", "campaigns: [ { id: " + id + " } ]");
        first(asking(files), "time-dear").body("campaigns", not(hasItem(name)));
        first(asking(files, "at", evening), "time-cheap").body("campaigns", hasItem(name));
        // the same today, as if it was started now
        first(asking(files, "campaigns", List.of(Map.of("id", id))), "time-cheap")
                .body("withoutCampaigns.answer.items[0].sku", equalTo("time-dear"));

        given().queryParam("on", saturday.toString())
                .get("/rulebook/calendar")
                .then()
                .body("campaigns.name", hasItem(name));
        given().queryParam("on", saturday.plusDays(1).toString())
                .get("/rulebook/calendar")
                .then()
                .body("campaigns.name", not(hasItem(name)));
        given().get("/rulebook/calendar/entries")
                .then()
                .statusCode(200)
                .body("entries.findAll { it.kind == 'campaign' }.id", hasItem(id));

        List<Map<String, Object>> hides = List.of(
                file(
                        "time/hides.drl",
                        """
                        rule "Other time hides what the campaign promotes"
                            @owner( "Ines" )
                        when
                            Campaign( id == "%s" )
                            $c : Candidate()
                        then
                            shelf.hide( $c );
                        end
                        """
                                .formatted(id)),
                file(
                        "time/hides.examples.yaml",
                        """
                        "Other time hides what the campaign promotes":
                          fires: [ { case: it runs, campaigns: [ { id: %s } ], candidates: [ { sku: a } ] } ]
                          does-not-fire: [ { case: it does not, candidates: [ { sku: a } ] } ]
                        """
                                .formatted(id)));
        json().body(Map.of(
                        "products",
                        List.of(Map.of(
                                "sku",
                                "time-p",
                                "name",
                                "Time",
                                "category",
                                "time/p",
                                "price",
                                5,
                                "currency",
                                "EUR",
                                "stock",
                                3))))
                .post("/products")
                .then()
                .statusCode(200);
        String hider = "problems.findAll { it.kind == 'hides-covered' }.rule";
        given().get("/campaigns/" + id + "/check")
                .then()
                .body(hider, not(hasItem("Other time hides what the campaign promotes")));
        json().body(Map.of("files", hides))
                .post("/campaigns/" + id + "/check")
                .then()
                .statusCode(200)
                .body("$", not(hasKey("edition")))
                .body(hider, hasItem("Other time hides what the campaign promotes"));
        json().body(Map.of("files", List.of(file("time/broken.drl", "rule"))))
                .post("/campaigns/" + id + "/check")
                .then()
                .statusCode(422);
        json().body(Map.of("files", List.of()))
                .post("/campaigns/nobody-knows/check")
                .then()
                .statusCode(404);
    }

    @Test
    void aMadeUpCampaignRunsInThePreviewOnly() {
        List<Map<String, Object>> files = lifts(
                "",
                "Campaign( theme == SPEND_AND_SAVE, missingToThreshold > 0 )",
                "campaigns: [ { theme: SPEND_AND_SAVE, missingToThreshold: 5 } ]");
        Map<String, Object> madeUp = Map.of(
                "name",
                "Never planned",
                "theme",
                "spend-and-save",
                "threshold",
                60,
                "mode",
                "promo",
                "benefit",
                "gift");
        first(asking(files, "campaigns", List.of(madeUp)), "time-cheap")
                .body("campaigns", hasItem("Never planned"))
                .body("live.answer.campaign.name", equalTo("Never planned"))
                .body("withoutCampaigns.answer.campaign", nullValue())
                .body("withoutCampaigns.answer.items[0].sku", equalTo("time-dear"))
                .body("withoutCampaigns.moved.find { it.sku == 'time-cheap' }.with", equalTo(1));
        first(asking(files), "time-dear").body("withoutCampaigns", nullValue());
        given().get("/campaigns").then().body("campaigns.name", not(hasItem("Never planned")));
    }

    @Test
    void whatIsScheduledUntilThenIsLaidOverBoth() {
        List<Map<String, Object>> files = lifts("", "Visit( source == \"social\" )", "visit: { source: social }");
        int id = json().body(Map.of(
                        "files", files,
                        "from", saturday.atStartOfDay(zone).toOffsetDateTime().toString(),
                        "until",
                                saturday.plusDays(1)
                                        .atStartOfDay(zone)
                                        .toOffsetDateTime()
                                        .toString()))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        try {
            first(asking(List.of(), "at", evening), "time-cheap")
                    .body("scheduled", contains(id))
                    .body("live.answer.items[0].sku", equalTo("time-cheap"))
                    .body("moved", empty());
            first(asking(List.of()), "time-dear").body("scheduled", nullValue());
            first(asking(List.of(), "at", saturday.plusDays(2).atTime(1, 0) + ":00"), "time-dear");
            given().get("/rulebook/calendar/entries")
                    .then()
                    .body("entries.findAll { it.kind == 'scheduled' }.id", hasItem(Integer.toString(id)));
        } finally {
            json().delete("/rulebook/scheduled/" + id).then().statusCode(200);
        }
    }

    @Test
    void aRecordedDecisionIsMadeAsIfItCameThen() {
        Map<String, Object> request = newcomer();
        String id = json().body(request)
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        List<Map<String, Object>> files = lifts("", "Shop( weekday == SATURDAY )", "shop: { weekday: SATURDAY }");
        Map<String, Object> body = new HashMap<>(Map.of("files", files, "decisionId", id, "at", evening));
        first(body, "time-cheap");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "at        | 2026-13-01T00:00:00            | is not an ISO 8601 time",
                "at        | 2099-01-01T00:00:00            | days ahead",
                "at        | 2001-01-01T00:00:00            | days past",
                "at        | tomorrow                       | is not an ISO 8601 time"
            })
    void aWrongMomentIsNamed(String field, String at, String words) {
        preview(asking(List.of(), "at", at))
                .statusCode(400)
                .body("field", equalTo(field))
                .body("detail", containsString(words));
    }

    @Test
    void aWrongCampaignIsNamed() {
        preview(asking(List.of(), "campaigns", List.of(Map.of("id", "nobody-knows-it"))))
                .statusCode(400)
                .body("field", equalTo("campaigns[0].id"));
        preview(asking(List.of(), "campaigns", List.of(Map.of("name", "No theme"))))
                .statusCode(400)
                .body("field", equalTo("campaigns[0].theme"));
        preview(asking(List.of(), "campaigns", Collections.nCopies(21, Map.of("name", "x", "theme", "season"))))
                .statusCode(400)
                .body("field", equalTo("campaigns"));
    }

    @ParameterizedTest
    @CsvSource({"from,2026-02-30", "until,2020-01-01", "until,2099-01-01", "from,1990-01-01"})
    void aWrongSpanOfTheCalendarIsNamed(String field, String day) {
        given().queryParam(field, day)
                .get("/rulebook/calendar/entries")
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
    }

    @Test
    void rulesWithDatesAreInTheCalendar() {
        LocalDate begins = LocalDate.now(zone).plusDays(3);
        List<Map<String, Object>> files = lifts(
                "    date-effective \"" + begins + "\"\n    date-expires \"" + begins.plusDays(2) + "\"\n",
                "",
                "at: " + begins);
        json().body(Map.of("files", files)).post("/rulebook/publish").then().statusCode(200);
        try {
            given().get("/rulebook/calendar/entries")
                    .then()
                    .body("entries.findAll { it.kind == 'rule' }.name", hasItem("Another time lifts what is cheap"))
                    .body(
                            "entries.find { it.name == 'Another time lifts what is cheap' }.from",
                            startsWith(begins.toString()));
        } finally {
            json().body(Map.of(
                            "files",
                            List.of(
                                    Map.of("path", "time/tried.drl", "deleted", true),
                                    Map.of("path", "time/tried.examples.yaml", "deleted", true))))
                    .post("/rulebook/publish")
                    .then()
                    .statusCode(200);
        }
    }
}
