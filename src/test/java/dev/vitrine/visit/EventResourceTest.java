package dev.vitrine.visit;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(TestDatabase.class)
class EventResourceTest {
    private static ValidatableResponse post(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/events")
                .then();
    }

    private static String view(String id) {
        return """
                {"id": "%s", "type": "view", "visit": "v", "shopper": "s", "at": "%s", "sku": "mat-blue"}"""
                .formatted(id, Instant.now());
    }

    private static String batch(String... events) {
        return "{\"events\": [" + String.join(",", events) + "]}";
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    @Test
    void eventsAreAccepted() {
        String id = fresh();
        post(batch(
                        view(id),
                        """
                {"id": "%s", "type": "search", "visit": "v", "at": "2026-01-01T12:00:00+02:00", "query": "gifts"}"""
                                .formatted(fresh())))
                .statusCode(200)
                .body("results", hasSize(2))
                .body("results[0].id", equalTo(id))
                .body("results[0].problem", nullValue())
                .body("results.status", equalTo(java.util.List.of("accepted", "accepted")));
    }

    @Test
    void anEventSentTwiceIsADuplicateWithinABatchAndAcrossBatches() {
        String id = fresh();
        post(batch(view(id), view(id)))
                .statusCode(200)
                .body("results[0].status", equalTo("accepted"))
                .body("results[1].status", equalTo("duplicate"));
        post(batch(view(id))).statusCode(200).body("results[0].status", equalTo("duplicate"));
    }

    @Test
    void oneBadEventDoesNotAffectTheOthers() {
        post(batch(view(fresh()), "null", "7", view(fresh()), "{}"))
                .statusCode(200)
                .body(
                        "results.status",
                        equalTo(java.util.List.of("accepted", "refused", "refused", "accepted", "refused")))
                .body("results[1].problem.field", equalTo("events[1]"))
                .body("results[4].problem.field", equalTo("events[4].type"));
    }

    @Test
    void anUnknownTypeOfEventNamesTheKnownOnes() {
        post(batch(view("x").replace("\"view\"", "\"veiw\"")))
                .statusCode(422)
                .body("results[0].status", equalTo("refused"))
                .body("results[0].id", equalTo("x"))
                .body("results[0].problem.status", equalTo(400))
                .body("results[0].problem.field", equalTo("events[0].type"))
                .body("results[0].problem.detail", containsString("spec-view"));
    }

    @Test
    void aMisspeltFieldGetsAHint() {
        post(batch(view("x").replace("\"shopper\"", "\"shoper\"")))
                .statusCode(422)
                .body("results[0].problem.field", equalTo("events[0].shoper"))
                .body("results[0].problem.detail", containsString("did you mean 'shopper'"));
        post("{\"event\": []}").statusCode(400).body("field", equalTo("event"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "sku         | null                        | is required",
                "sku         | 17                          | text",
                "sku         | \"\"                        | blank",
                "sku         | \"a\\u0000b\"               | U+0000",
                "sku         | \"a\\nb\"                   | U+000A",
                "sku         | \"\\ud800\"                 | U+D800",
                "sku         | [\"a\"]                     | text",
                "visit       | null                        | is required",
                "id          | null                        | is required",
                "id          | {}                          | text",
                "type        | null                        | is required",
                "type        | 1                           | one of view",
                "at          | null                        | is required",
                "at          | \"yesterday\"               | ISO 8601",
                "at          | \"2026-01-01T12:00:00\"     | offset",
                "at          | 1767268800                  | ISO 8601",
                "at          | \"2999-01-01T00:00:00Z\"    | in the future",
                "at          | \"1969-01-01T00:00:00Z\"    | before 2000",
                "at          | \"+999999999-01-01T00:00:00Z\" | in the future",
                "price       | -1                          | from 0 to 1000000000",
                "price       | 1e999                       | from 0 to 1000000000",
                "price       | \"NaN\"                     | from 0 to 1000000000",
                "price       | \"12\"                      | number",
                "quantity    | 0                           | from 1 to 10000",
                "quantity    | 10001                       | from 1 to 10000",
                "quantity    | 1.5                         | whole number",
                "quantity    | 99999999999                 | whole number",
                "position    | 101                         | from 1 to 100",
                "sale        | \"yes\"                     | true or false",
                "sale        | 1                           | true or false",
                "source      | \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\" | at most 64",
            })
    void aWrongValueIsRefusedWithItsFieldAndLimit(String field, String value, String detail) {
        String fields = ("id,type,visit,at,sku".contains(field)
                        ? view("x")
                        : view("x").replace("}", ", \"%s\": 0}"))
                .replaceAll("\"(" + field + "|%s)\": (\"[^\"]*\"|0)", "\"" + field + "\": VALUE")
                .replace("VALUE", value);
        post(batch(fields))
                .statusCode(422)
                .body("results[0].status", equalTo("refused"))
                .body("results[0].problem.field", equalTo("events[0]." + field))
                .body("results[0].problem.detail", containsString(detail));
    }

    @Test
    void aFieldThatTheTypeNeedsIsRequired() {
        post(batch(view("x").replace("\"view\"", "\"search\""), view("x").replace("\"view\"", "\"category\"")))
                .statusCode(422)
                .body("results[0].problem.field", equalTo("events[0].query"))
                .body("results[1].problem.field", equalTo("events[1].category"));
    }

    @Test
    void sqlInASkuIsJustASku() {
        String event = view(fresh()).replace("mat-blue", "'; drop table event; --");
        post(batch(event)).statusCode(200).body("results[0].status", equalTo("accepted"));
        post(batch(event)).statusCode(200).body("results[0].status", equalTo("duplicate"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "null",
                "7",
                "{}",
                "{\"events\": null}",
                "{\"events\": []}",
                "{\"events\": {}}",
                "{\"events\": [{\"price\": NaN}]}",
                "{\"events\": [{\"id\": \"a\", \"id\": \"b\"}]}",
                "{\"events\": []} more",
                "{\"events\": [{\"id\": \"a\u0001\"}]}"
            })
    void aBatchThatCannotBeReadIsAnsweredWithAProblem(String body) {
        post(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400))
                .body("detail", containsString(" "));
    }

    @Test
    void aThousandEventsAreTakenAndOneMoreIsNot() {
        String prefix = fresh();
        String thousand =
                IntStream.range(0, 1000).mapToObj(i -> view(prefix + i)).collect(Collectors.joining(","));
        post(batch(thousand)).statusCode(200).body("results", hasSize(1000));
        post(batch(thousand, view(fresh())))
                .statusCode(400)
                .body("field", equalTo("events"))
                .body("detail", containsString("1000"));
    }

    @Test
    void twoMebibytesAreTooMuch() {
        post(batch(view("x".repeat(2 << 20)))).statusCode(413);
    }

    @Test
    void theOpenApiPageShowsAnExample() {
        given().get("/q/openapi?format=json")
                .then()
                .statusCode(200)
                .body(
                        "paths.'/events'.post.requestBody.content.'application/json'.examples",
                        org.hamcrest.Matchers.aMapWithSize(1))
                .body("components.schemas.Events.properties.events.maxItems", equalTo(1000))
                .body("components.schemas.Event.required", equalTo(java.util.List.of("id", "type", "visit", "at")));
    }

    @Test
    void tagsAreTakenUpToTheirLimits() {
        String tagged = view("x").replace("}", ", \"tags\": %s}");
        post(batch(
                        tagged.formatted("[\"gift-wrap\", \"gift-wrap\"]").replace("\"x\"", '"' + fresh() + '"'),
                        tagged.formatted("[\"" + "a".repeat(65) + "\"]"),
                        tagged.formatted("[" + "\"a\",".repeat(20) + "\"a\"]"),
                        tagged.formatted("[null]"),
                        tagged.formatted("\"gift-wrap\"")))
                .statusCode(200)
                .body("results[0].status", equalTo("accepted"))
                .body("results[1].problem.field", equalTo("events[1].tags[0]"))
                .body("results[1].problem.detail", containsString("at most 64"))
                .body("results[2].problem.field", equalTo("events[2].tags"))
                .body("results[2].problem.detail", containsString("at most 20"))
                .body("results[3].problem.field", equalTo("events[3].tags[0]"))
                .body("results[4].problem.field", equalTo("events[4].tags"));
    }

    @Test
    void aShopCanMarkAVisitAsOneForAGift() {
        post(batch("""
                {"id": "%s", "type": "gift", "visit": "v", "shopper": "s", "at": "%s"}"""
                        .formatted(fresh(), Instant.now())))
                .statusCode(200)
                .body("results[0].status", equalTo("accepted"));
    }
}
