package dev.vitrine.insight;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.FragileShop;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A rule that guarantees core products three places in ten over the day, from decisions to the report. */
@QuarkusTest
@WithTestResource(FragileShop.class)
class SharesResourceTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    @Inject
    Sql sql;

    Consumer<Boolean> databaseUp;

    /** Decides on ten places with so many core candidates, last in the model's order; returns how many are shown. */
    private static int shown(int core) throws Exception {
        String plain = candidates("a", 10, 100, "");
        String tagged = candidates("core", core, 50, ", \"tags\": [\"core\"]");
        JsonNode answer = Json.MAPPER.readTree(given().contentType("application/json")
                .body(
                        """
                        {"placement": "order-confirmation", "limit": 10, "visit": {"id": "%s"}, "candidates": [%s%s]}"""
                                .formatted(UUID.randomUUID(), plain, core == 0 ? "" : "," + tagged))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        return (int) answer.get("items").findValuesAsText("sku").stream()
                .filter(sku -> sku.startsWith("core"))
                .count();
    }

    private static String candidates(String name, int count, int score, String more) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\": \"%s%d\", \"score\": %d, \"price\": 9%s}".formatted(name, i, score - i, more))
                .collect(Collectors.joining(","));
    }

    private static JsonNode report(String parameters) throws Exception {
        return Json.MAPPER.readTree(given().get("/insights/shares" + parameters)
                .then()
                .statusCode(200)
                .contentType("application/json")
                .extract()
                .asString());
    }

    private static long sum(JsonNode answer, String field) {
        long sum = 0;
        for (JsonNode line : answer.get("shares")) {
            sum += line.get(field).longValue();
        }
        return sum;
    }

    private static JsonNode today() throws Exception {
        JsonNode answer = report("?placement=order-confirmation&group=core&by=day");
        assertThat(answer.has("incomplete")).isFalse();
        return answer.get("shares").isEmpty() ? null : answer.at("/shares/0");
    }

    @Test
    void somePagesMakeUpForOthersAndTheReportShowsIt() throws Exception {
        JsonNode before = report("?placement=order-confirmation&by=day");
        assertThat(shown(0)).isZero();
        assertThat(shown(10)).isEqualTo(6);
        assertThat(shown(0)).isZero();
        assertThat(shown(10)).isEqualTo(6);
        assertThat(shown(10)).isEqualTo(3);
        JsonNode after = report("?placement=order-confirmation&by=day");
        assertThat(sum(after, "lists") - sum(before, "lists")).isEqualTo(5);
        assertThat(sum(after, "places") - sum(before, "places")).isEqualTo(50);
        assertThat(sum(after, "delivered") - sum(before, "delivered")).isEqualTo(15);

        JsonNode day = after.at("/shares/0");
        assertThat(day.get("placement").textValue()).isEqualTo("order-confirmation");
        assertThat(day.get("group").textValue()).isEqualTo("core");
        assertThat(day.get("verb").textValue()).isEqualTo("guarantee");
        assertThat(day.get("over").textValue()).isEqualTo("day");
        assertThat(day.get("promised").doubleValue())
                .isEqualTo(0.3 * day.get("places").longValue(), within(1e-3));
        assertThat(day.get("share").doubleValue())
                .isEqualTo(
                        day.get("delivered").doubleValue() / day.get("places").doubleValue(), within(1e-3));
        assertThat(day.get("kept").booleanValue()).isTrue();
        assertThat(day.at("/rules/0").textValue()).isEqualTo("Core products have three places in ten over the day");
        assertThat(day.at("/lacking/members").longValue()).isPositive();
        assertThat(day.at("/lacking/room").longValue()).isZero();
        assertThat(day.at("/lacking/cause").textValue()).contains("too few candidates belong to the group");
        OffsetDateTime at = OffsetDateTime.parse(day.get("at").textValue());
        assertThat(at.toLocalTime()).isEqualTo("00:00");
        assertThat(at.getOffset())
                .isEqualTo(ZoneId.of("Europe/Berlin").getRules().getOffset(at.toInstant()));
        assertThat(sum(report("?placement=order-confirmation&by=hour"), "places"))
                .isEqualTo(sum(after, "places"));
    }

    @Test
    void withTheDatabaseAwayTheAnswerComesFromMemoryAndSaysSo() throws Exception {
        shown(10);
        databaseUp.accept(false);
        try {
            shown(10);
            JsonNode answer = report("?placement=order-confirmation&by=day");
            assertThat(answer.get("incomplete").booleanValue()).isTrue();
            assertThat(sum(answer, "places")).isPositive();
        } finally {
            databaseUp.accept(true);
        }
        await().atMost(DEADLINE)
                .ignoreExceptions()
                .until(() -> !report("?by=day").has("incomplete")
                        && storedPlaces() == today().get("places").longValue());
    }

    private long storedPlaces() {
        return sql.number("select coalesce(sum(places), 0) from share where placement = 'order-confirmation'");
    }

    @Test
    void ofTooManyLinesTheNewestAreReportedAndThatThereAreMore() throws Exception {
        sql.run(
                """
                insert into share
                select timestamptz '2026-01-01T00:00Z' + i * interval '1 hour', 'search-page', 'core', 'cap', 'list',
                    'another-run', 'another', 1, 10, 3, i % 5
                from generate_series(0, 1000) i
                on conflict do nothing""");
        String question = "?placement=search-page&from=2026-01-01T00:00:00Z&to=2026-12-31T00:00:00Z";
        JsonNode hours = report(question);
        assertThat(hours.get("shares")).hasSize(1000);
        assertThat(hours.get("more").booleanValue()).isTrue();
        assertThat(hours.at("/shares/0/at").textValue()).isEqualTo("2026-02-11T17:00:00+01:00");
        assertThat(hours.at("/shares/0/kept").booleanValue()).isTrue();
        assertThat(hours.at("/shares/1/kept").booleanValue()).isFalse();
        JsonNode days = report(question + "&by=day");
        assertThat(days.has("more")).isFalse();
        assertThat(sum(days, "lists")).isEqualTo(1001);
        // the first hour of the year in UTC is the second of its day in Berlin
        assertThat(days.get("shares")
                        .get(days.get("shares").size() - 1)
                        .get("lists")
                        .longValue())
                .isEqualTo(23);
        assertThat(days.at("/shares/1/lists").longValue()).isEqualTo(24);
    }

    @Test
    void groupsWithoutGuaranteesAreNotReported() {
        given().get("/insights/shares?placement=home-page")
                .then()
                .statusCode(200)
                .body("shares", hasSize(0));
        given().get("/insights/shares?group=' or 1=1 --").then().statusCode(200).body("shares", hasSize(0));
    }

    @Test
    void badInputNamesTheParameter() {
        given().get("/insights/shares?placement=order-confirmaton")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("placement"))
                .body("detail", containsString("did you mean 'order-confirmation'?"));
        given().get("/insights/shares?form=2026-01-01T00:00:00Z")
                .then()
                .statusCode(400)
                .body("field", equalTo("form"))
                .body("detail", containsString("did you mean 'from'?"));
        given().get("/insights/shares?by=hour&by=day").then().statusCode(400).body("field", equalTo("by"));
        given().get("/insights/shares?to=soon").then().statusCode(400).body("field", equalTo("to"));
    }
}
