package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** "After one search for gifts for dad, razors for weeks": the story through the API, on a clock that the test sets. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class GiftStoryTest {
    private static final String RAZORS = "gs/razors";
    private static final String CANDIDATES =
            """
            [{"sku": "gs-razor", "score": 0.9, "price": 49, "category": "gs/razors"},
             {"sku": "gs-mat", "score": 0.8, "price": 29, "category": "gs/mats"}]""";

    private static final String GIFTS_FOR_DAD = """
            {"type": "search", "query": "gifts for dad"}""";

    @Inject
    TestClock clock;

    @Inject
    Sql sql;

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    /** Decides for the visit with these events, and returns the explanation. */
    private static JsonPath decide(String visit, String shopper, String events) {
        String id = given().contentType("application/json")
                .body(
                        """
                        {"placement": "home-page", "visit": {"id": "%s", "shopper": %s, "events": [%s]},
                         "candidates": %s}"""
                                .formatted(visit, shopper == null ? null : '"' + shopper + '"', events, CANDIDATES))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        return given().get("/decisions/" + id).then().statusCode(200).extract().jsonPath();
    }

    private static String fresh() {
        return UUID.randomUUID().toString();
    }

    private static String look(String sku, String category) {
        return """
               {"type": "view", "sku": "%s", "category": "%s"}""".formatted(sku, category);
    }

    private static Map<String, Float> gifts(JsonPath decision) {
        return decision.getMap("facts.shopper.gifts");
    }

    @Test
    void theCategoryOfAGiftFadesUntilItIsViewedAgain() {
        String shopper = fresh();
        decide(fresh(), shopper, look("gs-mat", "gs/mats"));

        clock.ahead(Duration.ofDays(2));
        String forDad = fresh();
        JsonPath decision = decide(
                forDad, shopper, GIFTS_FOR_DAD + "," + look("gs-razor", RAZORS) + "," + look("gs-mat", "gs/mats"));
        assertThat(decision.getList("readings.mood")).contains("gift");
        assertThat(gifts(decide(forDad, shopper, ""))).isEmpty();

        // while the visit is being stored, what is known of the shopper may be that of the visit before
        Await.until(
                () -> sql.number("select count(*) from event where type = 'gift' and shopper = '" + shopper + "'") > 0);
        Await.until(() -> !gifts(decide(fresh(), shopper, "")).isEmpty());

        clock.ahead(Duration.ofDays(2).plusHours(12));
        String later = fresh();
        decision = decide(later, shopper, "");
        assertThat(gifts(decision)).containsOnlyKeys(RAZORS);
        assertThat(gifts(decision).get(RAZORS)).isCloseTo(0.5f, within(0.01f));
        assertThat(decision.getMap("facts.shopper.interests")).containsOnlyKeys("gs/mats");

        clock.ahead(Duration.ofDays(4));
        assertThat(gifts(decide(fresh(), shopper, "")).get(RAZORS)).isLessThan(0.1f);
        String forOneself = fresh();
        assertThat(gifts(decide(forOneself, shopper, look("gs-razor", RAZORS)))).containsOnlyKeys(RAZORS);
        assertThat(gifts(decide(forOneself, shopper, look("gs-razor", RAZORS)))).isEmpty();
    }

    @Test
    void aGuestHasNoLaterVisits() {
        decide(fresh(), null, GIFTS_FOR_DAD + "," + look("gs-razor", RAZORS));
        assertThat(gifts(decide(fresh(), null, ""))).isEmpty();
    }

    @Test
    void aDecisionKnowsWhatEarlierOnesOfTheVisitShowed() {
        String visit = fresh();
        assertThat(decide(visit, null, "").getList("facts.visit.shown")).isEmpty();
        assertThat(decide(visit, null, "").getList("facts.visit.shown", String.class))
                .containsExactlyInAnyOrder("gs-razor", "gs-mat");
        assertThat(decide(fresh(), null, "").getList("facts.visit.shown")).isEmpty();
    }

    @Test
    void aPurchaseIsKnownInTheNextDecisionOfAGuest() {
        JsonPath decision = decide(
                fresh(),
                null,
                """
                {"type": "purchase", "sku": "gs-phone", "category": "gs/phones", "price": 900, "tags": ["gift-wrap"]}""");
        assertThat(decision.getInt("facts.shopper.daysSinceLastPurchase")).isZero();
        assertThat(decision.getFloat("facts.shopper.lastPurchasePrice")).isEqualTo(900f);
        assertThat(decision.getString("facts.shopper.lastPurchaseCategory")).isEqualTo("gs/phones");
        assertThat(decision.getList("facts.visit.tags", String.class)).containsExactly("gift-wrap");
    }
}
