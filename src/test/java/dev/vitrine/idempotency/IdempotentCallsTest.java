package dev.vitrine.idempotency;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent again with its key is done once. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class IdempotentCallsTest {
    private static final String HEADER = "Idempotency-Key";

    @Inject
    Sql sql;

    @Inject
    TestClock clock;

    @AfterEach
    void forget() {
        clock.reset();
        sql.run("delete from idempotency_key");
        sql.run("delete from scheduled");
        sql.run("delete from draft");
    }

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static Response planned(String key, String name) {
        return merchandiser()
                .header(HEADER, key)
                .body(Map.of(
                        "name",
                        name,
                        "theme",
                        "season",
                        "startsAt",
                        "2097-03-01T00:00:00Z",
                        "endsAt",
                        "2097-04-01T00:00:00Z"))
                .post("/campaigns");
    }

    @Test
    void twoCallersMayChooseTheSameKey() {
        planned("chosen-twice", "Theirs").then().statusCode(201).body("id", equalTo("theirs"));
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                .header(HEADER, "chosen-twice")
                .body(Map.of(
                        "name",
                        "Ours",
                        "theme",
                        "season",
                        "startsAt",
                        "2097-03-01T00:00:00Z",
                        "endsAt",
                        "2097-04-01T00:00:00Z"))
                .post("/campaigns")
                .then()
                .statusCode(201)
                .body("id", equalTo("ours"));
    }

    private long campaigns(String name) {
        return sql.number("select count(*) from campaign where name = '" + name + "'");
    }

    @Test
    void aCampaignThatIsSentAgainIsPlannedOnceAndAnsweredAsBefore() {
        Response first = planned("key-1", "Spring");
        first.then().statusCode(201);
        Response again = planned("\"key-1\"", "Spring");
        again.then().statusCode(201).header("Location", equalTo(first.header("Location")));
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(campaigns("Spring")).isEqualTo(1);
        planned("key-2", "Spring").then().statusCode(201).body("id", equalTo("spring-2"));
    }

    @Test
    void sentAtOnceItIsPlannedOnce() {
        Set<String> ids = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> planned("at-once", "Flood")
                        .then()
                        .statusCode(201)
                        .extract()
                        .<String>path("id"))
                .collect(Collectors.toSet());
        assertThat(ids).containsExactly("flood");
        assertThat(campaigns("Flood")).isEqualTo(1);
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        planned("reused", "Summer").then().statusCode(201);
        planned("reused", "Autumn")
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("title", equalTo("Unprocessable Content"))
                .body("field", equalTo(HEADER))
                .body("detail", startsWith("was sent with another body before"));
        assertThat(campaigns("Autumn")).isZero();
    }

    @Test
    void aCallThatFailedCanBeSentAgain() {
        planned("failed", " ").then().statusCode(400);
        planned("failed", "Mended").then().statusCode(201);
    }

    @Test
    void aDayLaterItIsANewCall() {
        planned("old", "Daily").then().statusCode(201).body("id", equalTo("daily"));
        clock.pass(Duration.ofHours(25));
        planned("old", "Daily").then().statusCode(201).body("id", equalTo("daily-2"));
        planned("old", "Daily").then().statusCode(201).body("id", equalTo("daily-2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "two words", "ä"})
    void whatIsNoKeyIsRefused(String key) {
        planned(key, "Keyless").then().statusCode(400).body("field", equalTo(HEADER));
        assertThat(campaigns("Keyless")).isZero();
    }

    @Test
    void aScheduledChangeThatIsSentAgainIsPlannedOnce() {
        String rule =
                """
                rule "Cheap things are hidden twice"
                    @owner( "Ines" )
                when
                    $c : Candidate( price < 3 )
                then
                    shelf.hide( $c );
                end
                """;
        String examples =
                """
                "Cheap things are hidden twice":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 300 } ] } ]
                """;
        Map<String, Object> wish = Map.of(
                "files",
                List.of(
                        Map.of("path", "promo/twice.drl", "text", rule),
                        Map.of("path", "promo/twice.examples.yaml", "text", examples)),
                "from",
                Instant.now().plus(9, ChronoUnit.DAYS).toString());
        long others = sql.number("select count(*) from scheduled");
        Response first = merchandiser().header(HEADER, "sale").body(wish).post("/rulebook/scheduled");
        first.then().statusCode(200).body("state", equalTo("planned"));
        Response again = merchandiser().header(HEADER, "sale").body(wish).post("/rulebook/scheduled");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(sql.number("select count(*) from scheduled")).isEqualTo(others + 1);
    }

    @Test
    void aBacktestThatIsSentAgainIsRunOnce() {
        Map<String, Object> wish = Map.of("files", List.of(), "decisions", 1);
        Response first = merchandiser().header(HEADER, "trial").body(wish).post("/rulebook/backtests");
        first.then().statusCode(202);
        Response again = merchandiser().header(HEADER, "trial").body(wish).post("/rulebook/backtests");
        again.then().statusCode(202).header("Location", equalTo(first.header("Location")));
        assertThat(again.asString()).isEqualTo(first.asString());
    }

    private static Map<String, Object> draft(String name) {
        return Map.of("name", name, "files", List.of(Map.of("path", "promo/kept.drl", "text", "// to be written")));
    }

    private static Response kept(String key, String name) {
        return merchandiser().header(HEADER, key).body(draft(name)).post("/rulebook/drafts");
    }

    @Test
    void aDraftThatIsSentAgainIsKeptOnceAndAnsweredAsBefore() {
        Response first = kept("draft-1", "Kept once");
        first.then().statusCode(201).body("name", equalTo("Kept once"));
        Response again = kept("draft-1", "Kept once");
        again.then().statusCode(201).header("Location", equalTo(first.header("Location")));
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(sql.number("select count(*) from draft where name = 'Kept once'"))
                .isEqualTo(1);
        assertThat(sql.number("select count(*) from audit where thing = 'draft "
                        + first.jsonPath().getLong("id") + "'"))
                .isEqualTo(1);
        kept("draft-1", "Kept as well").then().statusCode(422).body("field", equalTo(HEADER));
        assertThat(sql.number("select count(*) from draft where name = 'Kept as well'"))
                .isZero();
        kept("draft-2", "Kept once").then().statusCode(409).body("field", equalTo("name"));
    }

    @Test
    void draftsThatAreSentAtOnceAreKeptOnce() {
        Set<Long> ids = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> kept("drafts-at-once", "Flood of drafts")
                        .then()
                        .statusCode(201)
                        .extract()
                        .jsonPath()
                        .getLong("id"))
                .collect(Collectors.toSet());
        assertThat(ids).hasSize(1);
        assertThat(sql.number("select count(*) from draft where name = 'Flood of drafts'"))
                .isEqualTo(1);
    }

    @Test
    void aCommentThatIsSentAgainIsSaidOnce() {
        String comments =
                kept("draft-3", "Much spoken of").header("Location").replaceFirst("^https?://[^/]+", "") + "/comments";
        Map<String, Object> why = Map.of("text", "Why?");
        Response first = merchandiser().header(HEADER, "why").body(why).post(comments);
        first.then().statusCode(201).body("text", equalTo("Why?"));
        Response again = merchandiser().header(HEADER, "why").body(why).post(comments);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        merchandiser()
                .header(HEADER, "why")
                .body(Map.of("text", "Why not?"))
                .post(comments)
                .then()
                .statusCode(422)
                .body("field", equalTo(HEADER));
        merchandiser().body(why).post(comments).then().statusCode(201);
        merchandiser()
                .get(comments.replace("/comments", ""))
                .then()
                .body("comments.text", equalTo(List.of("Why?", "Why?")));
    }

    @Test
    void theContractSaysWhereTheKeyIsTaken() {
        for (String call : List.of(
                "/campaigns",
                "/rulebook/scheduled",
                "/rulebook/backtests",
                "/rulebook/drafts",
                "/rulebook/drafts/{id}/comments")) {
            given().get("/q/openapi?format=json")
                    .then()
                    .body(
                            "paths.'" + call + "'.post.parameters.find { it.name == '" + HEADER + "' }.description",
                            containsString("24 hours"));
        }
    }
}
