package dev.vitrine.rulebook.schedule;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.access.OperatorByDefault;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.RemovedRules;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of the rule book for a time in the future, and for a span. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class ScheduledTest {
    private static final String RULES = "promo/season.drl";
    private static final String EXAMPLES = "promo/season.examples.yaml";
    private static final String OTHER = "promo/other.drl";

    @Inject
    Rulebook rulebook;

    @Inject
    Schedule schedule;

    @Inject
    TestClock clock;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    @BeforeEach
    void cheapIsBelowTen() {
        publish(file(cheap(10)), Map.of("path", EXAMPLES, "text", examples("Cheap things are hidden")));
    }

    @AfterEach
    void leaveAllAsItWas() throws Exception {
        clock.reset();
        try (Connection connection = database.getConnection();
                PreparedStatement forget = connection.prepareStatement("delete from scheduled")) {
            forget.executeUpdate();
        }
        RemovedRules.remove(RULES, EXAMPLES, OTHER, OTHER.replace(".drl", ".examples.yaml"));
    }

    private static String cheap(int price) {
        return rule("Cheap things are hidden", price, "");
    }

    private static String rule(String name, int price, String attributes) {
        return """
                rule "%s"
                    @owner( "Ines" )
                    %s
                when
                    $c : Candidate( price < %d )
                then
                    shelf.hide( $c );
                end
                """
                .formatted(name, attributes, price);
    }

    private static String examples(String name) {
        return """
                "%s":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 300 } ] } ]
                """
                .formatted(name);
    }

    private static Map<String, Object> file(String text) {
        return Map.of("path", RULES, "text", text);
    }

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    @SafeVarargs
    private static void publish(Map<String, Object>... files) {
        merchandiser()
                .body(Map.of("files", List.of(files)))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    private String in(Duration time) {
        return clock.instant().plus(time).atOffset(ZoneOffset.ofHours(2)).toString();
    }

    private ValidatableResponse plan(List<Map<String, Object>> files, Duration from, Duration until) {
        Map<String, Object> wish = new HashMap<>(Map.of("files", files, "note", "sale", "from", in(from)));
        if (until != null) {
            wish.put("until", in(until));
        }
        return merchandiser().body(wish).post("/rulebook/scheduled").then();
    }

    private int planned(String text, Duration from, Duration until) {
        return plan(List.of(file(text)), from, until)
                .statusCode(200)
                .body("state", equalTo("planned"))
                .extract()
                .path("id");
    }

    private static int planned(String text, Instant now, int hours, int until) {
        return merchandiser()
                .body(Map.of(
                        "files",
                        List.of(file(text)),
                        "from",
                        now.plus(Duration.ofHours(hours)).toString(),
                        "until",
                        now.plus(Duration.ofHours(until)).toString()))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
    }

    private static ValidatableResponse scheduled(int id) {
        return given().get("/rulebook/scheduled/" + id).then().statusCode(200);
    }

    private static String state(int id) {
        return scheduled(id).extract().path("state");
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    @Test
    void aChangeIsLiveFromItsTimeOnAndGoesBackWhenItIsOver() throws Exception {
        int before = rulebook.live().number();
        int id = planned(cheap(50), Duration.ofHours(1), Duration.ofHours(3));
        schedule.keepTime();
        assertThat(rulebook.live().number()).as("before its time").isEqualTo(before);
        clock.pass(Duration.ofHours(1));
        Await.until(() -> state(id).equals("running"));
        assertThat(live(RULES)).isEqualTo(cheap(50));
        assertThat(rulebook.live().note()).isEqualTo("scheduled change " + id + ": sale");
        scheduled(id).body("edition", equalTo(before + 1)).body("outcome", equalTo("live as edition " + (before + 1)));
        clock.pass(Duration.ofHours(2));
        Await.until(() -> state(id).equals("over"));
        assertThat(live(RULES)).isEqualTo(cheap(10));
        assertThat(rulebook.live().number()).isEqualTo(before + 2);
        given().get("/rulebook/scheduled")
                .then()
                .body("scheduled[0].id", equalTo(id))
                .body("scheduled[0].outcome", containsString("all is as before with edition " + (before + 2)))
                .body("scheduled[0].paths", equalTo(List.of(RULES)))
                .body("scheduled[0].files", nullValue());
    }

    @Test
    void aChangeThatCannotBeReadHoldsUpNoOther() {
        sql.run(
                "insert into scheduled (state, edits, author, note, origin, starts_at)"
                        + " values ('PLANNED', '{\"no\": \"list\"}', 'a hand', 'damaged', '', now() - interval '1 hour'),"
                        + " ('PLANNED', '[{\"text\": \"without a path\"}]', 'a hand', 'damaged', '', now() + interval '9 days')");
        int id = planned(cheap(50), Duration.ofHours(1), null);
        given().get("/rulebook/scheduled").then().statusCode(200).body("scheduled.id", equalTo(List.of(id)));
        // in the hour before midnight it begins tomorrow
        LocalDate day = LocalDate.ofInstant(clock.instant().plus(Duration.ofHours(1)), ZoneOffset.UTC);
        given().get("/rulebook/calendar?on=" + day).then().statusCode(200).body("changes.id", hasItem(id));
        clock.pass(Duration.ofHours(1));
        Await.until(() -> state(id).equals("over"));
        assertThat(live(RULES)).isEqualTo(cheap(50));
        given().get("/q/health")
                .then()
                .body("checks.find { it.name == 'stored-rows' }.data.scheduled", containsString(", first '"));
    }

    @Test
    void aFileThatWasNotThereIsGoneAgain() throws Exception {
        String examples = OTHER.replace(".drl", ".examples.yaml");
        int id = plan(
                        List.of(
                                Map.of("path", OTHER, "text", rule("Others are hidden", 40, "")),
                                Map.of("path", examples, "text", examples("Others are hidden"))),
                        Duration.ofHours(1),
                        Duration.ofHours(2))
                .statusCode(200)
                .extract()
                .path("id");
        clock.pass(Duration.ofMinutes(90));
        Await.until(() -> state(id).equals("running"));
        assertThat(live(OTHER)).isNotNull();
        merchandiser()
                .delete("/rulebook/scheduled/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("over"));
        assertThat(live(OTHER)).isNull();
        merchandiser().delete("/rulebook/scheduled/" + id).then().statusCode(409);
    }

    @ParameterizedTest(name = "one ends after {0} h, the other begins after {1} h and ends after {2} h")
    @CsvSource({"3, 2, 5", "5, 2, 3", "4, 2, 4", "3, 1, 5", "5, 1, 3", "3, 3, 5"})
    void spansThatMeetEndAsIfThereHadBeenNone(int oneEnds, int otherBegins, int otherEnds) throws Exception {
        Instant now = clock.instant();
        int one = planned(cheap(50), now, 1, oneEnds);
        int other = planned(cheap(60), now, otherBegins, otherEnds);
        for (int hour = 1; hour <= 5; hour++) {
            clock.pass(Duration.ofHours(1));
            schedule.keepTime();
            boolean first = hour < oneEnds;
            boolean second = hour >= otherBegins && hour < otherEnds;
            // of two that begin at once the one that ends first lies within the other
            boolean within = otherBegins == 1 && otherEnds > oneEnds;
            int expected = second && !(within && first) ? 60 : first ? 50 : 10;
            assertThat(live(RULES)).as("after " + hour + " h").isEqualTo(cheap(expected));
        }
        assertThat(List.of(state(one), state(other))).containsOnly("over");
    }

    @Test
    void oneThatIsEndedByHandWhileAnotherRunsLeavesNothingBehindEither() throws Exception {
        int one = planned(cheap(50), Duration.ofHours(1), Duration.ofHours(6));
        int other = planned(cheap(60), Duration.ofHours(2), Duration.ofHours(3));
        clock.pass(Duration.ofMinutes(150));
        schedule.keepTime();
        merchandiser()
                .delete("/rulebook/scheduled/" + one)
                .then()
                .statusCode(200)
                .body("state", equalTo("over"));
        assertThat(live(RULES)).isEqualTo(cheap(60));
        scheduled(one).body("outcome", containsString("goes back with scheduled change " + other));
        clock.pass(Duration.ofHours(1));
        schedule.keepTime();
        assertThat(state(other)).isEqualTo("over");
        assertThat(live(RULES)).isEqualTo(cheap(10));
    }

    @Test
    void whatSomebodyChangedMeanwhileStaysAndIsTold() throws Exception {
        int id = planned(cheap(50), Duration.ofHours(1), Duration.ofHours(3));
        clock.pass(Duration.ofHours(1));
        Await.until(() -> state(id).equals("running"));
        publish(file(cheap(60)));
        int edition = rulebook.live().number();
        clock.pass(Duration.ofHours(2));
        Await.until(() -> state(id).equals("over"));
        assertThat(live(RULES)).isEqualTo(cheap(60));
        assertThat(rulebook.live().number()).isEqualTo(edition);
        scheduled(id).body("outcome", containsString("nothing was taken back: '" + RULES + "' was changed by edition"));
        merchandiser()
                .get("/rulebook/audit")
                .then()
                .body(
                        "entries.find { it.action == 'schedule-ended' }.detail",
                        containsString("nothing was taken back"));
    }

    @Test
    void aChangeThatStaysIsOverWhenItIsLive() throws Exception {
        int id = planned(cheap(70), Duration.ofMinutes(5), null);
        clock.pass(Duration.ofMinutes(5));
        Await.until(() -> state(id).equals("over"));
        assertThat(live(RULES)).isEqualTo(cheap(70));
    }

    @Test
    void whatWasMissedIsCaughtUpInOrder() throws Exception {
        int later = planned(cheap(80), Duration.ofHours(2), Duration.ofHours(3));
        int first = planned(cheap(50), Duration.ofHours(1), Duration.ofHours(5));
        clock.pass(Duration.ofHours(4));
        Await.until(() -> state(later).equals("over") && state(first).equals("running"));
        assertThat(live(RULES)).as("as the first has it").isEqualTo(cheap(50));
        clock.pass(Duration.ofHours(1));
        Await.until(() -> state(first).equals("over"));
        assertThat(live(RULES)).isEqualTo(cheap(10));
    }

    @Test
    void whatIsCancelledNeverGoesLive() throws Exception {
        int id = planned(cheap(50), Duration.ofHours(1), null);
        merchandiser()
                .delete("/rulebook/scheduled/" + id)
                .then()
                .statusCode(200)
                .body("state", equalTo("cancelled"));
        int edition = rulebook.live().number();
        clock.pass(Duration.ofHours(1));
        schedule.keepTime();
        assertThat(rulebook.live().number()).isEqualTo(edition);
        merchandiser().delete("/rulebook/scheduled/" + id).then().statusCode(409);
        merchandiser().delete("/rulebook/scheduled/0").then().statusCode(404);
    }

    @Test
    void whatNoLongerFitsWhenItsTimeComesLeavesTheLiveEditionAlone() throws Exception {
        String examples = OTHER.replace(".drl", ".examples.yaml");
        int id = plan(
                        List.of(
                                Map.of("path", OTHER, "text", rule("Others are hidden", 40, "")),
                                Map.of("path", examples, "text", examples("Others are hidden"))),
                        Duration.ofHours(1),
                        null)
                .statusCode(200)
                .extract()
                .path("id");
        publish(
                file(rule("Others are hidden", 10, "")),
                Map.of("path", EXAMPLES, "text", examples("Others are hidden")));
        int edition = rulebook.live().number();
        clock.pass(Duration.ofHours(1));
        Await.until(() -> state(id).equals("failed"));
        assertThat(rulebook.live().number()).isEqualTo(edition);
        scheduled(id).body("outcome", containsString("The name is taken"));
    }

    @Test
    void ofTwoInstancesOneKeepsTheTime() throws Exception {
        int id = planned(cheap(50), Duration.ofHours(1), null);
        clock.pass(Duration.ofMinutes(59));
        try (Connection another = database.getConnection();
                PreparedStatement lock = another.prepareStatement("select pg_advisory_xact_lock(?)")) {
            another.setAutoCommit(false);
            lock.setLong(1, 0x7669_7472_696eL);
            lock.execute();
            clock.pass(Duration.ofMinutes(1));
            schedule.keepTime();
            assertThat(state(id)).isEqualTo("planned");
            another.rollback();
            another.setAutoCommit(true);
        }
        Await.until(() -> state(id).equals("over"));
    }

    @Test
    void whatCannotBePlannedIsToldWithItsField() {
        given().noFiltersOfType(OperatorByDefault.class)
                .contentType(ContentType.JSON)
                .body(Map.of("files", List.of()))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(401);
        plan(List.of(), Duration.ofHours(1), null).statusCode(400).body("field", equalTo("files"));
        List<Map<String, Object>> files = List.of(file(cheap(50)));
        plan(files, Duration.ofHours(-1), null).statusCode(400).body("field", equalTo("from"));
        plan(files, Duration.ofDays(1000), null).statusCode(400).body("field", equalTo("from"));
        plan(files, Duration.ofHours(2), Duration.ofHours(1)).statusCode(400).body("field", equalTo("until"));
        plan(List.of(file(cheap(50).replace("price", "prise"))), Duration.ofHours(1), null)
                .statusCode(422)
                .body("problems[0].cure", equalTo("Did you mean 'price'?"));
        merchandiser()
                .body(Map.of("files", files, "from", "2030-01-01"))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(400)
                .body("field", equalTo("from"));
        given().get("/rulebook/scheduled").then().body("scheduled", equalTo(List.of()));
    }

    @Test
    void aTimeWithoutAnOffsetIsOfTheShopsZone() {
        String local = LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)
                .plusDays(1)
                .truncatedTo(ChronoUnit.MINUTES)
                .toString();
        merchandiser()
                .body(Map.of("files", List.of(file(cheap(50))), "from", local))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .body("from", startsWith(local));
    }

    @Test
    void theCalendarTellsWhatWillBeLiveOnADay() {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Instant tenDays = today.plusDays(10).atStartOfDay().toInstant(ZoneOffset.UTC);
        String season = rule(
                "Cheap things are hidden",
                50,
                "date-effective \"" + today.plusDays(12) + "\" date-expires \"" + today.plusDays(14) + "\"");
        String examples = examples("Cheap things are hidden")
                .replace("{ case: cheap,", "{ case: cheap, at: " + today.plusDays(12) + "T12:00:00Z,");
        int id = merchandiser()
                .body(Map.of(
                        "files",
                        List.of(file(season), Map.of("path", EXAMPLES, "text", examples)),
                        "from",
                        tenDays.plus(Duration.ofHours(8)).toString(),
                        "until",
                        tenDays.plus(Duration.ofDays(10)).toString()))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .extract()
                .path("id");
        onDay(null, "in-force", null).body("on", equalTo(today.toString())).body("zone", equalTo("UTC"));
        onDay(today.plusDays(9), "in-force", null).body("changes", equalTo(List.of()));
        onDay(today.plusDays(10), "not-yet", id).body("changes.id", hasItem(id));
        onDay(today.plusDays(12), "in-force", id);
        onDay(today.plusDays(14), "over", id);
        onDay(today.plusDays(20), "in-force", null).body("edition", notNullValue());
        given().get("/rulebook/calendar?on=" + today.minusDays(1)).then().statusCode(400);
        given().get("/rulebook/calendar?on=soon").then().statusCode(400).body("field", equalTo("on"));
    }

    private static ValidatableResponse onDay(LocalDate day, String state, Integer scheduled) {
        String rule = "rules.find { it.rule == 'Cheap things are hidden' }";
        return given().get("/rulebook/calendar" + (day == null ? "" : "?on=" + day))
                .then()
                .statusCode(200)
                .body(rule + ".state", equalTo(state))
                .body(rule + ".scheduled", scheduled == null ? nullValue() : equalTo(scheduled));
    }
}
