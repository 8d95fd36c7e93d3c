package dev.vitrine.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.storage.Await;
import dev.vitrine.storage.Retention;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The audit log as its readers see it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class AuditTest {
    @Inject
    RefusedCalls refusedCalls;

    @Inject
    Sql sql;

    @Inject
    Retention retention;

    private static void makeKey(String name) {
        given().contentType(ContentType.JSON)
                .body(Map.of("name", name, "role", "analyst"))
                .post("/keys")
                .then()
                .statusCode(201);
    }

    @Test
    void aChangeSaysWhoWhenFromWhereAndWhatBeforeAndAfter() {
        makeKey("the audited one");
        given().delete("/keys/the audited one").then().statusCode(204);
        given().queryParam("thing", "key the audited one")
                .get("/audit")
                .then()
                .statusCode(200)
                .body("entries.action", is(List.of("key-revoked", "key-created")))
                .body("entries.who", everyItem(is("operator")))
                .body("entries.origin", everyItem(startsWith("127.0.0.1")))
                .body("entries[0].before.role", is("analyst"))
                .body("entries[1].after.role", is("analyst"))
                .body("entries.at", everyItem(containsString("Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0639\u0644\u06CC\u200C\u0631\u0636\u0627",
                "Sales \u2764\uFE0F",
                "\uD83D\uDC69\u200D\uD83D\uDE80",
                "Jos\u00E9",
                "...",
                "a;b=c",
                "a%2Fb",
                "100%",
                "a?b#c",
                "a+b&c",
                "a\\b",
                "a\"'`b",
                "{a}[b]|^~",
                "a:b@c,d!e$(f)*",
                " in blanks ",
            })
    void whatKeyCanBeMadeCanBeRevoked(String name) {
        makeKey(name);
        given().urlEncodingEnabled(false)
                .delete("/keys/"
                        + URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .then()
                .statusCode(204);
        given().queryParam("thing", "key " + name)
                .get("/audit")
                .then()
                .body("entries.action", is(List.of("key-revoked", "key-created")));
    }

    @Test
    void aKeyOfAnEarlierVersionIsRevokedWhateverItsName() {
        sql.run(
                "insert into access_key (name, role, hash, created_at) values ('Karim\u00A0', 'ANALYST', 'none', now())");
        given().pathParam("name", "Karim\u00A0").delete("/keys/{name}").then().statusCode(204);
    }

    @Test
    void theLogIsSearchedByTimePersonAndThing() {
        Instant before = Instant.now();
        makeKey("searched for");
        for (Map<String, String> search : List.of(
                Map.of("thing", "key", "from", before.toString()),
                Map.of("thing", "key searched for"),
                Map.of("who", "operator", "from", before.toString()),
                Map.of("action", "key-created", "from", before.toString(), "to", "2999-01-01T00:00:00Z"))) {
            given().queryParams(search).get("/audit").then().body("entries.thing", hasItem("key searched for"));
        }
        for (Map<String, String> search : List.of(
                Map.of("thing", "campaign"),
                Map.of("thing", "key searche"),
                Map.of("who", "nobody"),
                Map.of("action", "key-revoked", "thing", "key searched for"),
                Map.of("to", before.toString()))) {
            given().queryParams(search).get("/audit").then().body("entries.thing", not(hasItem("key searched for")));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "from, yesterday",
        "to, 5",
        "from, +294277-01-01T00:00:00Z",
        "to, -4713-01-01T00:00:00Z",
        "to, -999999999-01-01T00:00:00Z",
        "from, 0000-12-31T23:59:59Z",
        "action, made-tea",
        "limit, 0",
        "limit, 101",
        "before, 0",
        "thing, foo",
        "thing, 'keys operator'",
    })
    void aWrongSearchNamesItsField(String field, String value) {
        given().queryParam(field, value).get("/audit").then().statusCode(400).body("field", is(field));
    }

    @Test
    void aSearchThatNothingCanBeInIsRefused() {
        given().queryParams("from", "2026-11-28T12:00:00Z", "to", "2026-11-28T11:00:00Z")
                .get("/audit")
                .then()
                .statusCode(400)
                .body("field", is("from"));
        given().queryParam("thing", "campaigns")
                .get("/audit")
                .then()
                .statusCode(400)
                .body("detail", containsString("did you mean 'campaign'?"));
        given().queryParam("thing", "key").get("/rulebook/audit").then().statusCode(400);
    }

    @Test
    void merchandisersReadWhatIsTheirs() {
        makeKey("not theirs");
        given().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                .get("/rulebook/audit")
                .then()
                .statusCode(200)
                .body("entries.thing", hasItem("rulebook"))
                .body("entries.thing", not(hasItem("key not theirs")));
        given().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                .get("/audit")
                .then()
                .statusCode(403);
    }

    @Test
    void anAttemptThatIsRefusedIsThereToo() {
        given().header("Authorization", "Bearer " + TestDatabase.ANALYST_KEY)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/products")
                .then()
                .statusCode(403);
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "x".repeat(65), "role", "analyst"))
                .post("/keys")
                .then()
                .statusCode(400);
        Await.until(() -> {
            List<String> details =
                    given().queryParam("action", "call-refused").get("/audit").path("entries.detail");
            return details.contains("POST /products: 403")
                    && details.contains("POST /keys: 400, has 65 characters; at most 64 are allowed");
        });
    }

    @Test
    void whoTriedToReadWhatTheyMayNotIsThereAndHowOften() {
        for (int i = 0; i < 3; i++) {
            given().header("Authorization", "Bearer " + TestDatabase.ANALYST_KEY)
                    .get("/shoppers/somebody")
                    .then()
                    .statusCode(403);
        }
        given().header("Authorization", "Bearer a key that nobody has")
                .delete("/campaigns/of-the-summer")
                .then()
                .statusCode(401);
        refusedCalls.endMinute();
        Await.until(() -> {
            List<String> entries = given().queryParam("action", "call-refused")
                    .get("/audit")
                    .path("entries.collect { it.who + ': ' + it.thing + ': ' + it.detail }");
            return entries.contains("analyst: reading: GET /shoppers/{id}: 403")
                    && entries.contains("analyst: reading: GET /shoppers/{id}: 403; 2 more times within a minute")
                    && entries.stream()
                            .anyMatch(entry -> entry.startsWith(
                                    ": campaign of-the-summer: DELETE /campaigns/{id}: 401, This key is"))
                    && entries.stream().noneMatch(entry -> entry.contains("somebody"));
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"update audit set who = 'somebody else'", "delete from audit", "truncate audit"})
    void entriesStayAsTheyAre(String change) {
        makeKey("kept " + change.substring(0, 6));
        assertThatThrownBy(() -> sql.run(change)).hasStackTraceContaining("cannot be changed or deleted");
        assertThat(sql.number("select count(*) from audit")).isPositive();
    }

    @Test
    void everyKindOfChangeIsThereWithItsStates() {
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"products": [{"sku": "audited", "name": "Audited", "category": "a/b", "price": 10, "listPrice": 10,
                                       "currency": "EUR", "stock": 3}]}""")
                .post("/products")
                .then()
                .statusCode(200);
        given().contentType(ContentType.JSON)
                .body(
                        """
                        {"products": [{"sku": "audited", "name": "Audited", "category": "a/b", "price": 0.01, "listPrice": 10,
                                       "currency": "EUR", "stock": 3}]}""")
                .post("/products")
                .then()
                .statusCode(200);
        given().queryParams("thing", "products", "action", "products-changed")
                .get("/audit")
                .then()
                .body("entries[0].detail", is("0 new, 1 changed"))
                .body("entries[0].before.audited.price", is(10f))
                .body("entries[0].after.audited.price", is(0.01f))
                .body("entries[1].detail", is("1 new, 0 changed"));

        String plan =
                """
                {"id": "audited", "name": "Audited", "theme": "season", "mode": "promo", "priority": %d, "tags": ["audited"],
                 "startsAt": "2030-01-01T00:00:00Z", "endsAt": "2030-02-01T00:00:00Z"}""";
        given().contentType(ContentType.JSON)
                .body(plan.formatted(1))
                .post("/campaigns")
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(plan.formatted(2))
                .put("/campaigns/audited")
                .then()
                .statusCode(200);
        given().post("/campaigns/audited/activate").then().statusCode(200);
        given().post("/campaigns/audited/end").then().statusCode(200);
        given().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                .queryParam("thing", "campaign audited")
                .get("/rulebook/audit")
                .then()
                .body(
                        "entries.action",
                        is(List.of("campaign-ended", "campaign-activated", "campaign-changed", "campaign-created")))
                .body("entries[2].before.priority", is(1))
                .body("entries[2].after.priority", is(2));

        given().post("/model/train").then().statusCode(202);
        given().queryParams("thing", "model", "action", "training-started")
                .get("/audit")
                .then()
                .body("entries[0].action", is("training-started"));
        Await.until(() -> "settings-changed"
                .equals(given().queryParam("thing", "settings").get("/audit").path("entries[0].action")));
        assertThat(given().queryParam("thing", "settings").get("/audit").asString())
                .contains("vitrine.decision.budget")
                .doesNotContain(TestDatabase.OPERATOR_KEY);
    }

    @Test
    void aChangeOfALongCampaignShowsWhatDiffers() {
        String plan =
                """
                {"id": "long", "name": "Long", "theme": "season", "mode": "promo", "priority": 1, "categories": %s,
                 "skus": ["%s"], "startsAt": "2030-01-01T00:00:00Z", "endsAt": "2030-02-01T00:00:00Z"}""";
        String categories = IntStream.range(0, 120)
                .mapToObj(i -> "\"" + "x".repeat(180) + i + "\"")
                .collect(Collectors.joining(",", "[", "]"));
        given().contentType(ContentType.JSON)
                .body(plan.formatted(categories, "one"))
                .post("/campaigns")
                .then()
                .statusCode(201);
        given().contentType(ContentType.JSON)
                .body(plan.formatted(categories, "other"))
                .put("/campaigns/long")
                .then()
                .statusCode(200);
        given().queryParam("thing", "campaign long")
                .get("/audit")
                .then()
                .body("entries[0].before.skus", is(List.of("one")))
                .body("entries[0].after.skus", is(List.of("other")))
                .body("entries[1].after.name", is("Long"));
    }

    @Test
    void anEntryOfANewerVersionIsShownWithItsActionAsItIs() {
        sql.run("insert into audit (at, who, origin, action, detail, thing) values"
                + " (now(), 'tomorrow', '', 'KEY_ROTATED', '', 'key of-tomorrow')");
        given().queryParam("thing", "key of-tomorrow")
                .get("/audit")
                .then()
                .statusCode(200)
                .body("entries.action", is(List.of("key-rotated")));
    }

    @Test
    void aKeyWithARoleOfANewerVersionIsShownWithItsRoleAsItIs() {
        sql.run("insert into access_key (name, role, hash, created_at) values ('of-tomorrow', 'BUYER', 'none', now())");
        given().get("/keys").then().statusCode(200).body("keys.find { it.name == 'of-tomorrow' }.role", is("buyer"));
        sql.run("delete from access_key where name = 'of-tomorrow'");
    }

    @Test
    void onlyRetentionDeletesOldEntries() {
        sql.run("insert into audit (at, who, origin, action, detail) values"
                + " (now() - interval '1101 days', 'long ago', '', 'KEY_CREATED', ''),"
                + " (now() - interval '1099 days', 'not so long ago', '', 'KEY_CREATED', '')");
        retention.deleteOld();
        assertThat(sql.column("select who from audit where who like '%long ago'"))
                .containsExactly("not so long ago");
        assertThatThrownBy(() -> sql.run("delete from audit where who = 'not so long ago'"))
                .hasStackTraceContaining("cannot be changed or deleted");
    }
}
