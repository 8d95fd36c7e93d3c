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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is stored of a shopper, as an operator reads and erases it. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class ShopperResourceTest {
    @Inject
    Erasures erasures;

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
        return decide(shopper, visit, List.of());
    }

    private static String decide(String shopper, String visit, List<Map<String, Object>> events) {
        return given().contentType(ContentType.JSON)
                .body(Map.of(
                        "placement",
                        "home-page",
                        "visit",
                        Map.of("id", visit, "shopper", shopper, "events", events),
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
        assertThat(sql.column("select id from shopper where id = 'dan'")).isEmpty();
    }

    @Test
    void theHistoryOfWhoShopsOnGrowsAgainOutOfWhatCameAfterwards() {
        shopWith("fay");
        sql.run("insert into erasure (shopper, visits, at) values ('fay', '[\"fay-visit\"]', now())");
        send(List.of(event("fay-new", "view", "fay", "fay-visit-2", Instant.now())));
        stored("fay").body("history.orders", is(1)).body("history.visits", is(2));
        erasures.sweep();
        Await.until(() -> sql.number("select count(*) from event where visit = 'fay-visit'") == 0);
        stored("fay")
                .body("history.orders", is(0))
                .body("history.visits", is(1))
                .body("history.recentVisits.visit", is(List.of("fay-visit-2")))
                .body("events.id", is(List.of("fay-new")));
        // in memory, as soon as it is fetched again
        Await.until(() -> facts("fay", "fay-visit-3").get("shopper").toString().contains("visits=1, orders=0"));
    }

    private static Map<String, Object> facts(String shopper, String visit) {
        return given().get("/decisions/" + decide(shopper, visit)).path("facts");
    }

    @Test
    void anEventIsNotLaterThanItsArrival() {
        send(List.of(
                event("gil-ahead", "view", "gil", "gil-visit", Instant.now().plusSeconds(100))));
        assertThat(sql.column("select id from event where id = 'gil-ahead' and at <= now()"))
                .hasSize(1);
    }

    @Test
    void whatIsInTheDatabaseIsErasedWhateverItsTimeSays() {
        String decision = shopWith("hal");
        sql.run("update event set at = at + interval '5 minutes' where visit = 'hal-visit'");
        sql.run("update shopper set last_seen = last_seen + interval '5 minutes' where id = 'hal'");
        sql.run("update decision set at = at + interval '5 minutes' where id = '" + decision + "'");
        given().delete("/shoppers/hal").then().statusCode(204);
        for (String table : List.of("event", "shopper", "decision")) {
            assertThat(sql.column("select t::text from " + table + " t where t::text like '%hal-%' or id = 'hal'"))
                    .as(table)
                    .isEmpty();
        }
    }

    @Test
    void nothingOfBeforeStaysWhenDecisionsAndEventsComeWithTheErasure() {
        ExecutorService threads = Executors.newFixedThreadPool(5);
        List<String> shoppers = IntStream.range(0, 20).mapToObj(i -> "ida-" + i).toList();
        try {
            for (String shopper : shoppers) {
                eraseInTheMidst(shopper, threads);
            }
        } finally {
            threads.shutdown();
        }
        Await.until(() -> {
            // what was on its way is erased the next time, 20 seconds later
            erasures.sweep();
            return sql.number("select count(*) from event where shopper like 'ida-%'") == shoppers.size()
                    && sql.number("select count(*) from decision where shopper like 'ida-%'") == 0;
        });
        for (String shopper : shoppers) {
            stored(shopper)
                    .body("history.orders", is(0))
                    .body("history.visits", is(1))
                    .body("events.id", is(List.of(shopper + "-after")));
            assertThat(facts(shopper, shopper + "-last").get("shopper"))
                    .asString()
                    .contains("orders=0");
        }
    }

    /** The purchases are of an hour before, however late they come; the shopper goes on at once. */
    private void eraseInTheMidst(String shopper, ExecutorService threads) {
        Instant before = Instant.now().minusSeconds(3600);
        send(List.of(event(shopper + "-first", "purchase", shopper, shopper + "-visit", before)));
        List<CompletableFuture<Void>> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Map<String, Object> event = event(shopper + "-" + i, "purchase", shopper, shopper + "-visit-" + i, before);
            running.add(CompletableFuture.runAsync(
                    () -> {
                        send(List.of(event));
                        decide(
                                shopper,
                                event.get("visit").toString(),
                                List.of(with(event, "id", event.get("id") + "-inline")));
                    },
                    threads));
        }
        running.add(CompletableFuture.runAsync(
                () -> {
                    given().delete("/shoppers/" + shopper).then().statusCode(204);
                    send(List.of(event(shopper + "-after", "view", shopper, shopper + "-visit-after", Instant.now())));
                },
                threads));
        running.forEach(CompletableFuture::join);
    }

    private static Map<String, Object> with(Map<String, Object> event, String field, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(event);
        changed.put(field, value);
        return changed;
    }
}
