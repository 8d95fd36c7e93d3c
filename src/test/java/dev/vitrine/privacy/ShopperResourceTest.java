package dev.vitrine.privacy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is stored of a shopper, as an operator reads and erases it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ShopperResourceTest {
    @Inject
    Sql sql;

    private static Map<String, Object> event(String id, String type, String shopper, String visit, Instant at) {
        Map<String, Object> event = new LinkedHashMap<>(
                Map.of("id", id, "type", type, "visit", visit, "sku", "privacy-mat", "price", 20, "at", at.toString()));
        if (shopper != null) {
            event.put("shopper", shopper);
        }
        return event;
    }

    private static void send(List<Map<String, Object>> events) {
        given().contentType(ContentType.JSON)
                .body(Map.of("events", events))
                .post("/events")
                .then()
                .statusCode(200);
    }

    private static String decide(String shopper, String visit) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "placement",
                        "home-page",
                        "visit",
                        Map.of("id", visit, "shopper", shopper),
                        "candidates",
                        List.of(Map.of("sku", "privacy-a", "score", 1, "price", 20, "stock", 9, "category", "a/b"))))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
    }

    private static ValidatableResponse stored(String shopper) {
        return given().get("/shoppers/" + shopper).then().statusCode(200).body("shopper", equalTo(shopper));
    }

    /** A shopper with a visit that begins as a guest's, and a purchase. */
    private String shopWith(String shopper) {
        String visit = shopper + "-visit";
        Instant begin = Instant.now().minusSeconds(60);
        send(List.of(
                event(shopper + "-1", "view", null, visit, begin),
                event(shopper + "-2", "view", shopper, visit, begin.plusSeconds(10)),
                event(shopper + "-3", "purchase", shopper, visit, begin.plusSeconds(20))));
        String decision = decide(shopper, visit);
        Await.until(() -> sql.number("select count(*) from decision where id = '" + decision + "'") == 1);
        return decision;
    }

    @Test
    void everythingThatIsKeptIsGivenOut() {
        String decision = shopWith("ada");
        stored("ada")
                .body("history.orders", is(1))
                .body("history.spent", is(20f))
                .body("events.id", is(List.of("ada-1", "ada-2", "ada-3")))
                .body("decisions", hasSize(1))
                .body("decisions[0].decisionId", is(decision))
                .body("decisions[0].facts.shopper.orders", is(1));
    }

    @Test
    void aShopperOfWhomNothingIsKeptHasNothing() {
        stored("nobody-at-all")
                .body("history", nullValue())
                .body("events", empty())
                .body("decisions", empty());
        given().delete("/shoppers/nobody-at-all").then().statusCode(204);
    }

    @Test
    void whatIsErasedIsGoneEverywhereAndDoesNotComeBack() {
        String decision = shopWith("bob");
        shopWith("eve");
        List<String> counts = counts();
        assertThat(counts).isNotEmpty();

        given().delete("/shoppers/bob").then().statusCode(204);

        stored("bob").body("history", nullValue()).body("events", empty()).body("decisions", empty());
        for (String table : List.of("event", "shopper", "decision")) {
            assertThat(sql.column("select t::text from " + table + " t where t::text like '%bob%'"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(counts()).as("decisions still count").isEqualTo(counts);
        given().get("/decisions/" + decision)
                .then()
                .statusCode(200)
                .body("shopper", nullValue())
                .body("facts.shopper", nullValue())
                .body("items", is(List.of(Map.of("sku", "privacy-a"))))
                .body("readings", nullValue());
        assertThat(sql.column("select detail || thing || coalesce(before, '') from audit"))
                .noneMatch(entry -> entry.contains("bob"));

        String next = decide("bob", "bob-visit");
        Map<String, Object> facts = given().get("/decisions/" + next).path("facts");
        assertThat(facts.get("shopper")).asString().contains("orders=0");
        assertThat(facts.get("visit")).asString().contains("pages=0");

        send(List.of(event("bob-late", "view", "bob", "bob-visit", Instant.now().minusSeconds(3600))));
        assertThat(sql.column("select id from event where id = 'bob-late'")).isEmpty();
        send(List.of(
                event("bob-new", "view", "bob", "bob-visit-2", Instant.now().plusSeconds(1))));
        stored("bob").body("events.id", is(List.of("bob-new")));
        stored("eve").body("history.orders", is(1)).body("events", hasSize(3)).body("decisions", hasSize(1));
    }

    private List<String> counts() {
        return sql.column("select edition || ' ' || placement || ' ' || count(*) from decision"
                + " where answer::text like '%privacy-a%' group by edition, placement");
    }

    @Test
    void anotherInstanceForgetsWithinSeconds() {
        shopWith("cyd");
        sql.run("delete from event where shopper = 'cyd' or visit = 'cyd-visit'");
        sql.run("delete from shopper where id = 'cyd'");
        sql.run("insert into erasure (shopper, visits, at) values ('cyd', '[\"cyd-visit\"]', now())");
        Await.until(() -> {
            String decision = decide("cyd", "cyd-visit");
            Map<String, Object> facts = given().get("/decisions/" + decision).path("facts");
            return facts.get("shopper").toString().contains("orders=0")
                    && facts.get("visit").toString().contains("pages=0");
        });
    }

    @Test
    void whatArrivesLateInTheDatabaseIsErasedToo() {
        String decision = shopWith("dan");
        sql.run("insert into erasure (shopper, visits, at) values ('dan', '[\"dan-visit\"]', now())");
        Await.until(() -> sql.number("select count(*) from event where visit = 'dan-visit'") == 0
                && sql.number("select count(*) from decision where id = '" + decision + "' and shopper is null") == 1);
    }
}
