package dev.vitrine.candidates.service;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decisions on candidates of the shop's own model service, which answers well, badly, or not at all. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(ExampleModelServer.class)
class ModelServiceTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PARALLEL = 200;
    /** What the example server never proposes. */
    private static final List<String> OF_BUILT_IN =
            List.of("lamp", "desk", "chair", "rug", "vase", "pot", "pan", "cup", "jug");

    @TestHTTPResource
    URI service;

    @Inject
    StoredDecisions storedDecisions;

    @Inject
    Sql sql;

    @BeforeEach
    void theShopIsOpen() {
        List<Map<String, Object>> products = Stream.of(
                        "block", "towel", "strap", "bag", "lamp", "desk", "chair", "rug", "vase", "pot", "pan", "cup",
                        "jug", "s-raw")
                .map(sku -> Map.<String, Object>of(
                        "sku",
                        sku,
                        "name",
                        sku,
                        "category",
                        List.of("block", "towel", "strap", "bag", "s-raw").contains(sku) ? "sport/yoga" : "home",
                        "price",
                        20,
                        "currency",
                        "EUR",
                        "stock",
                        9))
                .toList();
        given().contentType(ContentType.JSON)
                .body(Map.of("products", products))
                .post("/products")
                .then()
                .statusCode(200);
        // the test before may have opened the circuit
        Await.until(() -> !decide("well").has("degraded"));
    }

    private static String body(String placement, String visit, String more) {
        return "{\"placement\": \"%s\", \"visit\": {\"id\": \"%s\"%s}}".formatted(placement, visit, more);
    }

    private CompletableFuture<JsonNode> send(String body) {
        return CLIENT.sendAsync(
                        HttpRequest.newBuilder(service.resolve("decisions"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .thenApply(answer -> {
                    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
                    try {
                        return Json.MAPPER.readTree(answer.body());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                });
    }

    private static String visit(String manner) {
        return manner + "-" + UUID.randomUUID();
    }

    private JsonNode decide(String manner) {
        return send(body("home-page", visit(manner), "")).join();
    }

    private static List<String> skus(JsonNode answer) {
        return answer.get("items").findValuesAsText("sku");
    }

    @Test
    void theShopsOwnModelProposes() {
        JsonNode answer = decide("well");
        assertThat(answer.has("degraded")).isFalse();
        assertThat(skus(answer)).startsWith("towel", "block", "bag").doesNotContain("lamp");
        assertThat(answer.at("/items/1/modelRank").intValue()).isEqualTo(2);
        assertThat(answer.get("leftOut").toString())
                .isEqualTo(
                        """
                        [{"sku":"towel","cause":"is in the answer of the model service twice; the first counts"},\
                        {"sku":"strap","cause":"has no usable score in the answer of the model service: it must be a number"},\
                        {"sku":"#6","cause":"has no sku in the answer of the model service"},\
                        {"sku":"unheard-of","cause":"is not in the catalog and has no price of its own"}]""");
    }

    @Test
    void candidatesOfTheRequestNeedNoService() {
        JsonNode answer =
                send("""
                        {"placement": "home-page", "visit": {"id": "error-own"}, "candidates": [{"sku": "lamp", "score": 1}]}""")
                        .join();
        assertThat(answer.has("degraded")).isFalse();
        assertThat(skus(answer)).containsExactly("lamp");
    }

    @Test
    void aCallThatFailedAtOnceIsMadeAgain() {
        assertThat(decide("flaky").has("degraded")).isFalse();
    }

    @Test
    void theServiceIsToldTheKeyThatTheStorefrontSentAndItsHashIsStored() {
        String visit = visit("who");
        JsonNode answer =
                send(body("home-page", visit, ", \"shopper\": \"s-raw\"")).join();
        assertThat(skus(answer)).containsExactly("s-raw");
        Await.until(() -> sql.number("select count(*) from model_comparison where visit = '" + visit + "'") == 1);
        assertThat(sql.number(
                        "select count(*) from model_comparison where visit = '" + visit + "' and shopper <> 's-raw'"))
                .isEqualTo(1);
        given().get("/shoppers/s-raw").then().statusCode(200).body("modelComparisons.visit", hasItem(visit));
        given().delete("/shoppers/s-raw").then().statusCode(204);
        assertThat(sql.number("select count(*) from model_comparison where visit = '" + visit + "'"))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "slow      | the model service did not answer within 400 ms",
                "hang      | the model service did not answer within 400 ms",
                "drip      | the model service did not answer within 400 ms",
                "error     | the model service answered with status 500",
                "endless   | the model service answered with status 500",
                "huge      | the model service's answer has more than 65536 bytes",
                "moved     | the model service answered with status 302",
                "rubbish   | the model service's answer is not JSON",
                "shapeless | the model service's answer has no list at '/result/items'",
                "broken    | the model service could not be reached, or broke off (",
                "empty     | the model service proposed nothing that can be shown",
                "foreign   | the model service proposed nothing that can be shown",
            })
    void theBuiltInModelStandsInForOneThatFails(String manner, String detail) {
        long begun = System.nanoTime();
        JsonNode answer = decide(manner);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        assertThat(answer.at("/degraded/cause").textValue()).isEqualTo("model-service");
        assertThat(answer.at("/degraded/detail").textValue()).startsWith(detail).doesNotContain("localhost", "127.0");
        assertThat(skus(answer)).containsAnyElementsOf(OF_BUILT_IN);
        assertThat(answer.at("/items/0/reasons").size()).isPositive();
    }

    @Test
    void aDecisionStaysWithinItsBudget() {
        // the tests before may have made the service left alone for a while
        Await.until(() -> send(body("cart", visit("hang"), ""))
                .join()
                .at("/degraded/detail")
                .asText()
                .contains("the model service did not answer within 30 ms"));
    }

    @Test
    void theRecordedDecisionTellsTheSame() {
        String id = decide("well").get("decisionId").textValue();
        storedDecisions.await(id);
        assertThat(storedDecisions.replayInput(id).orElseThrow().facts().candidates())
                .filteredOn(candidate -> !candidate.extra())
                .extracting(Candidate::sku)
                .containsExactly("towel", "block", "bag");
        String degraded = decide("rubbish").get("decisionId").textValue();
        given().get("/decisions/" + degraded).then().statusCode(200).body("degraded.cause", is("model-service"));
        storedDecisions.await(degraded);
        assertThat(storedDecisions.replayInput(degraded).orElseThrow().given().degraded())
                .isFalse();
    }

    @Test
    void aServiceThatFailsIsLeftAloneAndTriedAgain() {
        String detail = "";
        int asked = 0;
        while (!detail.contains("left alone") && asked++ < 10 * ExampleModelServer.VOLUME) {
            detail = decide("error").at("/degraded/detail").asText();
        }
        assertThat(detail).isEqualTo("the model service failed too often and is left alone for a while");
        String health = given().get("/q/health").asString();
        assertThat(check(health, "model-service"))
                .contains("\"DOWN\"", "\"lastFailure\"")
                .doesNotContain("localhost");
        // the edition is not to blame
        assertThat(check(health, "last-minute")).contains("\"UP\"");
        given().get("/q/health/ready").then().statusCode(200);
        Await.until(() -> !decide("well").has("degraded"));
        assertThat(check(given().get("/q/health").asString(), "model-service")).contains("\"UP\"");
        String metrics = given().get("/q/metrics").asString();
        assertThat(metrics)
                .contains(
                        "vitrine_model_service_seconds_count{outcome=\"answered\"}",
                        "vitrine_model_service_seconds_count{outcome=\"circuit-open\"}",
                        "vitrine_model_service_circuit 0.0")
                .doesNotContain("/v1/candidates");
    }

    private static String check(String health, String name) {
        try {
            for (JsonNode one : Json.MAPPER.readTree(health).get("checks")) {
                if (one.get("name").textValue().equals(name)) {
                    return one.toString();
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        throw new AssertionError("there is no check " + name);
    }

    @Test
    void aHangingServiceCostsManyDecisionsLittle() {
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        long begun = System.nanoTime();
        for (int i = 0; i < PARALLEL; i++) {
            answers.add(send(body("home-page", visit("hang"), "")));
        }
        long tooMany = answers.stream()
                .map(CompletableFuture::join)
                .peek(answer -> assertThat(skus(answer)).containsAnyElementsOf(OF_BUILT_IN))
                .filter(answer -> answer.at("/degraded/detail").textValue().contains("too many calls"))
                .count();
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        System.getLogger("test")
                .log(
                        System.Logger.Level.INFO,
                        PARALLEL + " decisions took " + took + ", " + tooMany + " without a call");
        // without a limit, each would wait for the time-out, and some for a thread that waits for it
        assertThat(tooMany).isGreaterThan(PARALLEL / 3);
        assertThat(took).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void bothModelsAreComparedByWhatCameNext() {
        String likesYoga = visit("well");
        String likesHome = visit("well");
        String likesNothing = visit("well");
        Instant from = Instant.now().minusSeconds(1);
        for (String visit : List.of(likesYoga, likesHome, likesNothing)) {
            String page = ", \"page\": {\"type\": \"category\", \"category\": \"home\"}";
            assertThat(send(body("category-page", visit, page)).join().has("degraded"))
                    .isFalse();
            Await.until(() -> sql.number("select count(*) from model_comparison where visit = '" + visit + "'") == 1);
        }
        sql.run("delete from model_comparison where visit not in ('%s', '%s', '%s')"
                .formatted(likesYoga, likesHome, likesNothing));
        look(likesYoga, "towel");
        look(likesYoga, "lamp");
        look(likesHome, "lamp");
        given().queryParam("from", from.toString())
                .get("/model/comparison")
                .then()
                .statusCode(200)
                .body("all.moments", is(3))
                .body("all.followed", is(2))
                .body("all.visits", is(2))
                .body("all.service", is(0.5f))
                .body("all.builtIn", is(0.5f))
                .body("all.both", is(0f))
                .body("pages.category.followed", is(2))
                .body("decidedBy.service", is(3));
        given().queryParam("from", "yesterday").get("/model/comparison").then().statusCode(400);
    }

    private static void look(String visit, String sku) {
        given().contentType(ContentType.JSON)
                .body(Map.of(
                        "events",
                        List.of(Map.of(
                                "id",
                                UUID.randomUUID().toString(),
                                "type",
                                "view",
                                "visit",
                                visit,
                                "sku",
                                sku,
                                "at",
                                Instant.now().toString()))))
                .post("/events")
                .then()
                .statusCode(200);
    }
}
