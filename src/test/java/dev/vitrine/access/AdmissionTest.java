package dev.vitrine.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.matchesPattern;

import dev.vitrine.storage.Await;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestDatabase;
import io.github.bucket4j.TimeMeter;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the door does with floods, slow bodies and tokens. */
@QuarkusTest
@WithTestResource(GuardedDoor.class)
class AdmissionTest {
    private static final String DECISION =
            """
            {"placement": "home-page", "visit": {"id": "door", "page": {"type": "home"}}, "candidates": [{"sku": "a", "score": 1}]}""";

    TokenProvider provider;

    @TestHTTPResource
    URI service;

    @Inject
    RequestsInFlight inFlight;

    @Inject
    LimitsConfig config;

    @Inject
    Sql sql;

    private static RequestSpecification with(String key) {
        return given().noFiltersOfType(OperatorByDefault.class)
                .header("Authorization", "Bearer " + key)
                .contentType(ContentType.JSON);
    }

    private static Response decide() {
        return with(TestDatabase.STOREFRONT_KEY).body(DECISION).post("/decisions");
    }

    @Test
    void theStorefrontNeedsItsKeyHere() {
        Await.until(() -> given().noFiltersOfType(OperatorByDefault.class)
                        .contentType(ContentType.JSON)
                        .body(DECISION)
                        .post("/decisions")
                        .statusCode()
                == 401);
        assertThat(decide().statusCode()).isEqualTo(200);
    }

    @Test
    void aFloodOfStrangersIsTurnedAwayAndTheShopGoesOn() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest wrong = HttpRequest.newBuilder(service.resolve("keys"))
                .header("Authorization", "Bearer a wrong key")
                .build();
        List<HttpResponse<String>> answers = IntStream.range(0, 200)
                .mapToObj(i -> client.sendAsync(wrong, HttpResponse.BodyHandlers.ofString()))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(401, 429);
        HttpResponse<String> refused = answers.stream()
                .filter(answer -> answer.statusCode() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body())
                .containsPattern("More than \\d+ requests a second without a valid key, of one address");
        assertThat(decide().statusCode())
                .as("a valid key from the same address")
                .isEqualTo(200);
    }

    @Test
    void aCallerGetsAsManyRequestsAsTheLimitSaysAndMoreLater() {
        long[] now = {0};
        RateLimits limits = new RateLimits(config, new TimeMeter() {
            @Override
            public long currentTimeNanos() {
                return now[0];
            }

            @Override
            public boolean isWallClockBased() {
                return false;
            }
        });
        Identity marie = new Identity("Marie", Role.MERCHANDISER, "192.0.2.1");
        for (int i = 0; i < 2 * GuardedDoor.PER_SECOND; i++) {
            assertThat(limits.secondsToWait(TrafficClass.MANAGEMENT, marie)).isZero();
        }
        assertThat(limits.secondsToWait(TrafficClass.MANAGEMENT, marie)).isEqualTo(1);
        assertThat(limits.secondsToWait(TrafficClass.MANAGEMENT, new Identity("Marie", Role.MERCHANDISER, "192.0.2.2")))
                .as("the same key elsewhere")
                .isEqualTo(1);
        assertThat(limits.secondsToWait(TrafficClass.MANAGEMENT, new Identity("Jo", Role.ANALYST, "192.0.2.3")))
                .isZero();
        assertThat(limits.secondsToWait(TrafficClass.DECISIONS, marie)).isZero();
        now[0] += TimeUnit.SECONDS.toNanos(1);
        assertThat(limits.secondsToWait(TrafficClass.MANAGEMENT, marie)).isZero();
    }

    @Test
    void aCallerHasOnlySoManyPlacesAndGivesThemBack() {
        Identity marie = new Identity("Marie", Role.MERCHANDISER, "192.0.2.1");
        Identity karim = new Identity("Karim", Role.MERCHANDISER, "192.0.2.1");
        List<RequestsInFlight.Place> places = new ArrayList<>();
        for (int i = 0; i < GuardedDoor.IN_FLIGHT; i++) {
            places.add(inFlight.enter(TrafficClass.MANAGEMENT, marie));
        }
        assertThat(places).doesNotContainNull();
        assertThat(inFlight.enter(TrafficClass.MANAGEMENT, marie)).isNull();
        RequestsInFlight.Place another = inFlight.enter(TrafficClass.MANAGEMENT, karim);
        assertThat(another).isNotNull();
        assertThat(inFlight.enter(TrafficClass.DECISIONS, marie))
                .isNotNull()
                .satisfies(RequestsInFlight.Place::release);
        places.get(0).release();
        assertThat(inFlight.enter(TrafficClass.MANAGEMENT, marie))
                .isNotNull()
                .satisfies(RequestsInFlight.Place::release);
        places.get(1).release();
        another.release();
    }

    /** As many as there are threads: with today's reader, decisions would wait for them. */
    @Test
    void bodiesThatComeByteByByteHoldNoThread() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                slow.add(begun("POST /decisions", "Content-Length: 1000", TestDatabase.STOREFRONT_KEY));
            }
            assertThat(decide().statusCode()).isEqualTo(200);
            for (Socket socket : slow.subList(0, 3)) {
                assertThat(answer(socket))
                        .contains("408")
                        .contains("application/problem+json")
                        .contains("the body was not complete within 5 seconds");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void aBodyOfAStrangerIsNotReceived() throws Exception {
        Await.until(() -> {
            try (Socket socket = begun("POST /products", "Content-Length: 100000000", "a wrong key")) {
                return answer(socket).contains(" 401 ");
            }
        });
    }

    @Test
    void aStrangerTakesNoRoomForABody() throws Exception {
        Await.until(() -> {
            try (Socket socket = begun("GET /q/health/live", "Content-Length: 1000", null)) {
                return answer(socket).contains(" 413 ");
            }
        });
    }

    @Test
    void aBodyTakesRoomUntilItIsAnsweredAndOfItsKindOnly() throws Exception {
        for (int i = 0; i < 20; i++) {
            String large = " ".repeat(900_000) + DECISION;
            assertThat(with(TestDatabase.STOREFRONT_KEY)
                            .body(large)
                            .post("/decisions")
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void allBodiesTogetherAreBounded() throws Exception {
        List<Socket> large = new ArrayList<>();
        try {
            byte[] most = " ".repeat(900_000).getBytes(StandardCharsets.US_ASCII);
            for (int i = 0; i < 4; i++) {
                Socket socket = begun("POST /events", "Content-Length: 1000000", TestDatabase.STOREFRONT_KEY);
                socket.getOutputStream().write(most);
                socket.getOutputStream().flush();
                large.add(socket);
            }
            List<String> answers = new ArrayList<>();
            for (Socket socket : large) {
                answers.add(answer(socket));
            }
            assertThat(answers).anyMatch(answer -> answer.contains(" 503 "));
            assertThat(decide().statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : large) {
                socket.close();
            }
        }
    }

    private Socket begun(String call, String header, String key) throws IOException {
        Socket socket = new Socket(service.getHost(), service.getPort());
        socket.setSoTimeout(30_000);
        OutputStream out = socket.getOutputStream();
        String authorization = key == null ? "" : "Authorization: Bearer " + key + "\r\n";
        out.write((call + " HTTP/1.1\r\nHost: localhost\r\n" + authorization + "Content-Type: application/json\r\n"
                        + header + "\r\n\r\n{")
                .getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        byte[] start = new byte[4096];
        int length = Math.max(0, socket.getInputStream().read(start));
        return new String(start, 0, length, StandardCharsets.UTF_8);
    }

    @Test
    void aTokenOfTheProviderOpensWhatItsGroupsMay() {
        with(provider.token("Ana", List.of("controlling", "others")))
                .get("/model")
                .then()
                .statusCode(200);
        with(provider.token("Ana", List.of("controlling")))
                .body(Map.of("files", List.of()))
                .post("/rulebook/check")
                .then()
                .statusCode(403)
                .body("detail", containsString("an analyst's"));
        with(provider.token("Max", List.of("window", "controlling")))
                .body(Map.of("files", List.of()))
                .post("/rulebook/check")
                .then()
                .statusCode(200);
        with(provider.token("Guest", List.of()))
                .get("/model")
                .then()
                .statusCode(403)
                .body("detail", is("No group of 'Guest (OpenID)' has a role here"));
        with(provider.token("vitrine", List.of()))
                .get("/model")
                .then()
                .body("detail", is("No group of 'vitrine (OpenID)' has a role here"));
    }

    @Test
    void aTokenThatIsNotForThisServiceIsRefused() {
        for (String token : List.of(
                provider.tokenForAnotherService("Ana", List.of("controlling")),
                provider.expiredToken("Ana", List.of("controlling")),
                provider.forgedToken("Ana", List.of("controlling")),
                provider.token("Ana", List.of("controlling")).replaceFirst("\\.[^.]*$", "."),
                "a.b.c")) {
            Await.until(() -> {
                Response answer = with(token).get("/model");
                assertThat(answer.statusCode()).isIn(401, 429);
                return "This token is not valid here".equals(answer.path("detail"));
            });
        }
    }

    @Test
    void aPageOfAKnownOriginMayCall() {
        given().noFiltersOfType(OperatorByDefault.class)
                .header("Origin", "https://shop.example")
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "authorization,content-type")
                .options("/decisions")
                .then()
                .statusCode(200)
                .header("Access-Control-Allow-Origin", "https://shop.example");
        given().noFiltersOfType(OperatorByDefault.class)
                .header("Origin", "https://elsewhere.example")
                .get("/model")
                .then()
                .statusCode(403);
    }

    @Test
    void whatIsStoredOfAShopperIsForTheOperator() {
        String id = with(TestDatabase.STOREFRONT_KEY)
                .body(DECISION.replace("\"id\": \"door\"", "\"id\": \"door\", \"shopper\": \"s-1\""))
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .path("decisionId");
        with(TestDatabase.OPERATOR_KEY)
                .get("/decisions/" + id)
                .then()
                .body("shopper", matchesPattern("[\\w-]{22}"))
                .body("facts.shopper.orders", is(0));
        for (String key : List.of(TestDatabase.MERCHANDISER_KEY, TestDatabase.ANALYST_KEY)) {
            String seen = with(key)
                    .get("/decisions/" + id)
                    .then()
                    .statusCode(200)
                    .extract()
                    .asString();
            assertThat(seen).contains("\"visit\"").doesNotContain("\"shopper\"").doesNotContain("lifetimeValue");
        }
        with(TestDatabase.MERCHANDISER_KEY)
                .body(Map.of(
                        "files",
                        List.of(),
                        "request",
                        Map.of("placement", "home-page", "visit", Map.of("id", "v", "shopper", "s-1"))))
                .post("/rulebook/preview")
                .then()
                .statusCode(403)
                .body("field", is("request.visit.shopper"));
    }

    @Test
    void aShopperIsStoredUnderAHashAndFoundByTheirKey() {
        with(TestDatabase.STOREFRONT_KEY)
                .body(Map.of(
                        "events",
                        List.of(Map.of(
                                "id",
                                "hashed",
                                "type",
                                "view",
                                "sku",
                                "a",
                                "visit",
                                "hashed",
                                "shopper",
                                "Ada Lovelace",
                                "at",
                                Instant.now().toString()))))
                .post("/events")
                .then()
                .statusCode(200);
        assertThat(sql.column("select shopper from event where id = 'hashed'"))
                .singleElement()
                .asString()
                .matches("[\\w-]{22}");
        with(TestDatabase.OPERATOR_KEY)
                .get("/shoppers/Ada Lovelace")
                .then()
                .body("shopper", is("Ada Lovelace"))
                .body("events.id", is(List.of("hashed")));
        with(TestDatabase.OPERATOR_KEY).delete("/shoppers/Ada Lovelace").then().statusCode(204);
        assertThat(sql.number("select count(*) from event where id = 'hashed'")).isZero();
    }
}
