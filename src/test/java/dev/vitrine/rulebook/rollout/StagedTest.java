package dev.vitrine.rulebook.rollout;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.access.OperatorByDefault;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.RemovedRules;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An edition on its way to all visits, or back. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class StagedTest {
    private static final String RULES = "promo/staged.drl";
    private static final String EXAMPLES = "promo/staged.examples.yaml";
    private static final Map<String, Object> SOON = Map.of("decisions", 20);

    @Inject
    Rulebook rulebook;

    @Inject
    RolloutController staging;

    @Inject
    TestClock clock;

    @AfterEach
    void leaveAllAsItWas() {
        clock.reset();
        if (staging.running() != null) {
            merchandiser().delete("/rulebook/staged").then().statusCode(200);
        }
        RemovedRules.remove(RULES, EXAMPLES);
    }

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static void publish(Object... files) {
        merchandiser()
                .body(Map.of("files", List.of(files)))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    private static List<Map<String, Object>> files(String condition, String consequence) {
        String rule =
                """
                rule "What costs something is staged"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    %s
                end
                """
                        .formatted(condition, consequence);
        String examples =
                """
                "What costs something is staged":
                  fires: [ { case: it costs two, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: it costs nothing, candidates: [ { sku: a, price: 0 } ] } ]
                """;
        return List.of(Map.of("path", RULES, "text", rule), Map.of("path", EXAMPLES, "text", examples));
    }

    private static final List<Map<String, Object>> LIFTS = files("price > 0", "shelf.boost( $c, 2 );");
    private static final List<Map<String, Object>> HIDES = files("price > 0", "shelf.hide( $c );");
    /** A boost is 1 or more: it breaks for what costs less. */
    private static final List<Map<String, Object>> BREAKS =
            files("$price : price, price > 0", "shelf.boost( $c, $price );");

    private static ValidatableResponse stage(List<Map<String, Object>> files, double share, Map<String, Object> rails) {
        return merchandiser()
                .body(Map.of("files", files, "share", share, "note", "a test", "guardrails", rails))
                .post("/rulebook/staged")
                .then();
    }

    private static ValidatableResponse staged() {
        return given().get("/rulebook/staged").then().statusCode(200);
    }

    private static int decide(String visit, String shopper) {
        String who = shopper == null ? "" : ", \"shopper\": \"" + shopper + "\"";
        return given().contentType(ContentType.JSON)
                .body("{\"placement\": \"home-page\", \"visit\": {\"id\": \"" + visit + "\"" + who + "},"
                        + " \"candidates\": [{\"sku\": \"a\", \"score\": 1, \"price\": 0.5},"
                        + " {\"sku\": \"b\", \"score\": 2, \"price\": 3}]}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("edition");
    }

    private static Set<Integer> who(int edition) {
        return IntStream.range(0, 60)
                .filter(i -> decide("visit-" + i, null) == edition)
                .boxed()
                .collect(Collectors.toSet());
    }

    private static String state(int edition) {
        return given().get("/rulebook/editions/" + edition)
                .then()
                .statusCode(200)
                .extract()
                .path("state");
    }

    @Test
    void aShareOfVisitsGetsItAndKeepsIt() {
        int live = rulebook.live().number();
        int edition = stage(LIFTS, 0.3, Map.of()).statusCode(200).extract().path("edition");
        assertThat(edition).isGreaterThan(live);
        Set<Integer> first = who(edition);
        assertThat(first).hasSizeBetween(5, 35);
        assertThat(who(edition)).isEqualTo(first);
        merchandiser()
                .body(Map.of("share", 0.7))
                .post("/rulebook/staged/share")
                .then()
                .statusCode(200)
                .body("share", equalTo(0.7f));
        assertThat(who(edition)).hasSizeGreaterThan(first.size()).containsAll(first);
        int mine = decide("visit-a", "shopper-1");
        assertThat(IntStream.range(0, 10).map(i -> decide("another-" + i, "shopper-1")))
                .as("a shopper gets the same in every visit")
                .containsOnly(mine);
        staged().body("staged.edition", equalTo(edition))
                .body("staged.base", equalTo(live))
                .body("staged.staged.decisions", greaterThan(0))
                .body("staged.live.decisions", greaterThan(0))
                .body("staged.staged.tookP99Micros", greaterThan(0))
                .body("staged.staged.errors", equalTo(0f))
                .body("staged.guardrails.guardrail", equalTo(List.of("errors", "empty-lists", "time")))
                .body("staged.limits.decisions", equalTo(200));
        assertThat(state(edition)).isEqualTo("staged");
        assertThat(rulebook.live().number()).isEqualTo(live);
    }

    @Test
    void whatWasStagedIsPublishedForAllUnderANumberOfItsOwn() {
        int edition = stage(LIFTS, 0.5, Map.of()).statusCode(200).extract().path("edition");
        int published = merchandiser()
                .post("/rulebook/staged/promote")
                .then()
                .statusCode(200)
                .extract()
                .path("edition");
        assertThat(published).isEqualTo(edition + 1);
        assertThat(who(published)).hasSize(60);
        assertThat(state(edition)).isEqualTo("promoted");
        assertThat(state(published)).isEqualTo("published");
        staged().body("staged", nullValue())
                .body("last.edition", equalTo(edition))
                .body("last.state", equalTo("promoted"))
                .body("last.outcome", containsString("edition " + published));
        given().get("/rulebook").then().body("note", containsString("staged as edition " + edition + ": a test"));
    }

    @Test
    void whatIsWithdrawnServesNobody() {
        int live = rulebook.live().number();
        int edition = stage(LIFTS, 1, Map.of()).statusCode(200).extract().path("edition");
        assertThat(decide("v", null)).isEqualTo(edition);
        merchandiser().delete("/rulebook/staged").then().statusCode(200).body("state", equalTo("withdrawn"));
        assertThat(decide("v", null)).isEqualTo(live);
        assertThat(state(edition)).isEqualTo("withdrawn");
        merchandiser().delete("/rulebook/staged").then().statusCode(404);
        merchandiser().post("/rulebook/staged/promote").then().statusCode(404);
        publish(LIFTS.toArray());
        assertThat(rulebook.live().number()).as("numbers are never used twice").isEqualTo(edition + 1);
    }

    @Test
    void rulesThatHideEverythingAreTakenBack() throws Exception {
        int live = rulebook.live().number();
        int edition = stage(HIDES, 0.5, SOON).statusCode(200).extract().path("edition");
        who(edition);
        Await.until(() -> staging.running() == null);
        staged().body("last.edition", equalTo(edition))
                .body("last.state", equalTo("withdrawn"))
                .body("last.outcome", containsString("guardrail 'empty-lists' is broken"));
        assertThat(who(live)).hasSize(60);
        merchandiser()
                .get("/rulebook/audit")
                .then()
                .body("entries.find { it.action == 'withdrawn' }.edition", equalTo(edition))
                .body("entries.find { it.action == 'withdrawn' }.who", equalTo("staging"));
    }

    @Test
    void rulesThatBreakAreTakenBack() throws Exception {
        int edition = stage(BREAKS, 0.5, SOON).statusCode(200).extract().path("edition");
        who(edition);
        Await.until(() -> staging.running() == null);
        staged().body("last.edition", equalTo(edition))
                .body("last.outcome", containsString("guardrail 'errors' is broken"));
    }

    @Test
    void stepsAreTakenOnTime() throws Exception {
        String noon = clock.instant()
                .plus(Duration.ofHours(1))
                .atOffset(ZoneOffset.UTC)
                .toString();
        String evening = clock.instant()
                .plus(Duration.ofHours(5))
                .atOffset(ZoneOffset.UTC)
                .toString();
        int edition = merchandiser()
                .body(Map.of(
                        "files",
                        LIFTS,
                        "share",
                        0.1,
                        "steps",
                        List.of(Map.of("at", noon, "share", 0.6), Map.of("at", evening, "share", 1))))
                .post("/rulebook/staged")
                .then()
                .statusCode(200)
                .extract()
                .path("edition");
        clock.pass(Duration.ofHours(2));
        Await.until(() -> staging.running().rollout().share() == 0.6);
        staged().body("staged.steps.share", equalTo(List.of(1f)));
        clock.pass(Duration.ofHours(4));
        Await.until(() -> staging.running() == null);
        assertThat(state(edition)).isEqualTo("promoted");
        assertThat(rulebook.live().number()).isEqualTo(edition + 1);
    }

    @Test
    void whatAnotherChangedMeanwhileIsNotOverwritten() {
        int edition = stage(LIFTS, 0.5, Map.of()).statusCode(200).extract().path("edition");
        publish(HIDES.toArray());
        merchandiser().post("/rulebook/staged/promote").then().statusCode(409).body("changes[0].path", equalTo(RULES));
        staged().body("staged.edition", equalTo(edition));
        assertThat(rulebook.live().number()).isEqualTo(edition + 1);
    }

    @Test
    void aRestartGoesOnWithIt() {
        int edition = stage(LIFTS, 0.5, Map.of()).statusCode(200).extract().path("edition");
        Set<Integer> before = who(edition);
        rulebook.give(null);
        assertThat(who(edition)).isEmpty();
        staging.resume();
        assertThat(who(edition)).isEqualTo(before);
        assertThat(staging.running().rollout().guardrails().decisions()).isEqualTo(200);
    }

    @Test
    void oneIsStagedAtATime() {
        stage(LIFTS, 0.5, Map.of()).statusCode(200);
        stage(HIDES, 0.5, Map.of()).statusCode(409).body("detail", containsString("is staged"));
    }

    @Test
    void whatCannotBeStagedIsToldWithItsField() {
        int live = rulebook.live().number();
        given().noFiltersOfType(OperatorByDefault.class)
                .contentType(ContentType.JSON)
                .body(Map.of("files", LIFTS, "share", 0.5))
                .post("/rulebook/staged")
                .then()
                .statusCode(401);
        stage(LIFTS, 0, Map.of()).statusCode(400).body("field", equalTo("share"));
        stage(LIFTS, 0.00001, Map.of()).statusCode(400).body("detail", equalTo("is 0.00001; must be from 0.0001 to 1"));
        stage(LIFTS, 30, Map.of())
                .statusCode(400)
                .body("detail", equalTo("is 30; must be from 0.0001 to 1 (30 % is 0.3)"));
        stage(LIFTS, 1.5, Map.of()).statusCode(400).body("field", equalTo("share"));
        stage(LIFTS, 0.5, Map.of("errors", 2)).statusCode(400).body("field", equalTo("guardrails.errors"));
        stage(List.of(), 0.5, Map.of()).statusCode(400).body("field", equalTo("files"));
        stage(files("prise > 0", "shelf.hide( $c );"), 0.5, Map.of())
                .statusCode(422)
                .body("problems[0].cure", notNullValue());
        assertThat(staging.running()).isNull();
        assertThat(rulebook.live().number()).isEqualTo(live);
    }

    @Test
    void stepsComeOneAfterTheOtherWithinAYear() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Instant past = now.minusSeconds(1);
        Instant soon = now.plus(Duration.ofHours(1));
        Instant late = now.plus(Duration.ofDays(367));
        steps(past).body("field", equalTo("steps[0].at")).body("detail", containsString("must be after now"));
        steps(soon, soon)
                .body("field", equalTo("steps[1].at"))
                .body("detail", containsString("must be after the step before, which is at " + soon));
        steps(soon, late)
                .body("field", equalTo("steps[1].at"))
                .body("detail", containsString("must be at most 366 days in the future"));
        steps("tomorrow")
                .body("field", equalTo("steps[0].at"))
                .body("detail", containsString("is not an ISO 8601 time"));
        assertThat(staging.running()).isNull();
    }

    @Test
    void aStepWithoutAnOffsetIsOfTheShopsZone() {
        LocalDateTime local = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(1)
                .truncatedTo(ChronoUnit.SECONDS);
        merchandiser()
                .body(Map.of(
                        "files", LIFTS, "share", 0.5, "steps", List.of(Map.of("at", local.toString(), "share", 1))))
                .post("/rulebook/staged")
                .then()
                .statusCode(200);
        assertThat(staging.running().rollout().steps().get(0).at().toInstant())
                .isEqualTo(local.toInstant(ZoneOffset.UTC));
    }

    private static ValidatableResponse steps(Instant... at) {
        return steps(Stream.of(at).map(Instant::toString).toArray(String[]::new));
    }

    private static ValidatableResponse steps(String... at) {
        List<Map<String, Object>> steps = Stream.of(at)
                .map(one -> Map.<String, Object>of("at", one, "share", 1))
                .toList();
        return merchandiser()
                .body(Map.of("files", LIFTS, "share", 0.5, "steps", steps))
                .post("/rulebook/staged")
                .then()
                .statusCode(400);
    }
}
