package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.Sql;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a shop knows reaches its rules: from the request, from the catalog, from imports, and from campaigns. */
@QuarkusTest
@WithTestResource(WordsOfTheShopStoryTest.ItsOwnRules.class)
class WordsOfTheShopStoryTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private static final String RULES =
            """
            rule "German phones see light steel first"
                @owner( "Ines" )
            when
                Visit( device == MOBILE, country == "DE", language == "de" )
                $c : Candidate( text( "material" ) == "steel", number( "weight" ) < 0.5 )
            then
                shelf.pin( $c, 1 );
            end

            rule "On a cold rainy day what keeps the water out comes second"
                @owner( "Ines" )
            when
                Visit( text( "weather" ) == "rain", number( "temperature" ) < 10 )
                $c : Candidate( text( "waterproof" ) == "true" )
            then
                shelf.pin( $c, 2 );
            end

            rule "The best customers see new arrivals first"
                @owner( "Ines" )
            when
                Shopper( inSegment( "vip" ) )
                $c : Candidate( daysSinceLaunch < 14 )
            then
                shelf.pin( $c, 1 );
            end

            rule "What is well rated comes forward"
                @owner( "Ines" )
            when
                $c : Candidate( rating >= 4, reviews >= 20 )
            then
                shelf.boost( $c, 50 );
            end

            rule "What is often returned is not shown"
                @owner( "Ines" )
            when
                $c : Candidate( returnRate > 0.25 )
            then
                shelf.hide( $c );
            end

            rule "The benefit of a campaign is known"
                @owner( "Ines" )
            when
                Campaign( id == "wt-ten", benefit == "10 % off" )
                $c : Candidate( name == "wt-plain" )
            then
                shelf.boost( $c, 60 );
            end
            """;

    private static final String EXAMPLES =
            """
            "German phones see light steel first":
              fires:
                - case: a phone in Germany
                  visit: { device: MOBILE, country: DE, language: de }
                  candidates: [ { sku: a, attributes: { material: steel, weight: 0.4 kg } } ]
                  proposes: [ pin to 1 a ]
              does-not-fire:
                - case: nobody says how heavy it is
                  visit: { device: MOBILE, country: DE, language: de }
                  candidates: [ { sku: a, attributes: { material: steel } } ]
            "On a cold rainy day what keeps the water out comes second":
              fires:
                - case: rain at four degrees
                  visit: { context: { weather: rain, temperature: 4 } }
                  candidates: [ { sku: a, attributes: { waterproof: true } } ]
              does-not-fire:
                - case: nobody says what the weather is
                  candidates: [ { sku: a, attributes: { waterproof: true } } ]
            "The best customers see new arrivals first":
              fires:
                - case: one of them
                  shopper: { segments: [ vip ] }
                  candidates: [ { sku: a, daysSinceLaunch: 3 } ]
              does-not-fire:
                - case: somebody else
                  candidates: [ { sku: a, daysSinceLaunch: 3 } ]
            "What is well rated comes forward":
              fires: [ { case: thirty like it, candidates: [ { sku: a, rating: 4.5, reviews: 30 } ] } ]
              does-not-fire: [ { case: nobody rated it, candidates: [ { sku: a, reviews: 30 } ] } ]
            "What is often returned is not shown":
              fires: [ { case: every third comes back, candidates: [ { sku: a, returnRate: 0.33 } ] } ]
              does-not-fire: [ { case: nobody knows, candidates: [ { sku: a } ] } ]
            "The benefit of a campaign is known":
              fires: [ { case: ten off, campaigns: [ { id: wt-ten, benefit: 10 % off } ], candidates: [ { sku: a, name: wt-plain } ] } ]
              does-not-fire: [ { case: another, campaigns: [ { id: other } ], candidates: [ { sku: a, name: wt-plain } ] } ]
            """;

    /** What this publishes would show in the checks of other tests. */
    public static class ItsOwnRules extends TemporaryRules {}

    private static boolean prepared;

    @Inject
    Sql sql;

    @BeforeEach
    void prepareOnce() {
        if (prepared) {
            return;
        }
        prepared = true;
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        String products = String.join(
                ",",
                product("wt-plain", ""),
                product("wt-steel", ", \"attributes\": {\"material\": \"steel\", \"weight\": \"0.4 kg\"}"),
                product("wt-heavy", ", \"attributes\": {\"material\": \"steel\", \"weight\": 0.9}"),
                product("wt-jacket", ", \"attributes\": {\"waterproof\": true}"),
                product("wt-new", ", \"launchedAt\": \"%s\"".formatted(now.minus(3, ChronoUnit.DAYS))),
                product("wt-liked", ", \"rating\": 4.6, \"reviews\": 40"),
                product("wt-returned", ", \"returnRate\": 0.4, \"rating\": 4.9, \"reviews\": 90"));
        json().body("{\"products\": [" + products + "]}")
                .post("/products")
                .then()
                .statusCode(200)
                .body("results.status", everyItem(equalTo("stored")));
        json().body(Map.of(
                        "files",
                        List.of(
                                Map.of("path", "shop/words.drl", "text", RULES),
                                Map.of("path", "shop/words.examples.yaml", "text", EXAMPLES))))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    private static String product(String sku, String more) {
        return """
                {"sku": "%s", "name": "%s", "category": "words/%s", "price": 20, "currency": "EUR", "stock": 5%s}"""
                .formatted(sku, sku, sku, more);
    }

    private static io.restassured.specification.RequestSpecification json() {
        return given().contentType("application/json");
    }

    private static ValidatableResponse post(String visit, String more) {
        return json().body(
                        """
                        {"placement": "home-page", "limit": 6, "visit": {"id": "%s"%s}%s, "candidates": [
                          {"sku": "wt-plain", "score": 0.9}, {"sku": "wt-heavy", "score": 0.8},
                          {"sku": "wt-steel", "score": 0.7}, {"sku": "wt-jacket", "score": 0.6},
                          {"sku": "wt-new", "score": 0.5}, {"sku": "wt-liked", "score": 0.4},
                          {"sku": "wt-returned", "score": 0.3}]}"""
                                .formatted(UUID.randomUUID(), visit, more))
                .post("/decisions")
                .then();
    }

    private static JsonNode decide(String visit, String more) {
        return read(post(visit, more)
                .statusCode(200)
                .body("degraded", nullValue())
                .extract()
                .asString());
    }

    private static JsonNode read(String json) {
        try {
            return Json.MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> skus(JsonNode answer) {
        List<String> skus = new ArrayList<>();
        answer.get("items").forEach(item -> skus.add(item.get("sku").textValue()));
        return skus;
    }

    @Test
    void theShelfObeysWhatTheShopKnows() {
        assertThat(skus(decide("", ""))).first().isEqualTo("wt-liked");
        assertThat(skus(decide("", ""))).doesNotContain("wt-returned");
        assertThat(skus(decide(", \"device\": \"mobile\", \"country\": \"de\", \"language\": \"de-AT\"", "")))
                .startsWith("wt-steel", "wt-liked");
        assertThat(skus(decide("", ", \"context\": {\"weather\": \"rain\", \"temperature\": 4.5, \"sale\": true}")))
                .startsWith("wt-liked", "wt-jacket");
        assertThat(skus(decide("", ", \"context\": {\"weather\": \"rain\"}"))).doesNotHaveDuplicates();
        assertThat(skus(decide(", \"segments\": [\"vip\"]", ""))).startsWith("wt-new", "wt-liked");
    }

    @Test
    void aSentCandidateBringsItsOwnWords() {
        JsonNode answer = read(json().body(
                        """
                        {"placement": "home-page", "limit": 3, "visit": {"id": "wt-sent", "device": "mobile", "country": "DE",
                           "language": "de"}, "candidates": [
                          {"sku": "wt-heavy", "score": 0.9},
                          {"sku": "wt-own", "score": 0.5, "price": 3,
                           "attributes": {"material": "steel", "weight": 0.2}},
                          {"sku": "wt-back", "score": 0.7, "price": 3, "returnRate": 0.5, "rating": 2, "reviews": 7}]}""")
                .post("/decisions")
                .then()
                .statusCode(200)
                .extract()
                .asString());
        assertThat(skus(answer)).containsExactly("wt-own", "wt-heavy");
        String id = answer.get("decisionId").textValue();
        given().get("/decisions/" + id)
                .then()
                .statusCode(200)
                .body("facts.visit.device", equalTo("mobile"))
                .body("facts.candidates.find { it.sku == 'wt-own' }.attributes.weight", equalTo("0.2"))
                .body("facts.candidates.find { it.sku == 'wt-back' }.returnRate", equalTo(0.5f));
        json().body(Map.of("decisionId", id, "files", List.of()))
                .post("/rulebook/preview")
                .then()
                .statusCode(200)
                .body("live.answer.items.sku", contains("wt-own", "wt-heavy"));
    }

    @Test
    void importedSegmentsCountBesideSentOnesUntilTheShopperIsErased() {
        json().body(
                        """
                        {"segments": [{"shopper": "wt-anna", "segments": ["vip", "cyclist"]},
                                      {"shopper": "wt-bert", "segments": [" "]}, {"shopper": "wt-carl"}]}""")
                .post("/segments")
                .then()
                .statusCode(200)
                .body("results.status", contains("stored", "refused", "refused"))
                .body("results[1].problem.field", equalTo("segments[1].segments[0]"))
                .body("results[2].problem.field", equalTo("segments[2].segments"));
        String anna = ", \"shopper\": \"wt-anna\", \"segments\": [\"early\"]";
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(skus(decide(anna, ""))).startsWith("wt-new"));
        JsonNode decided = decide(anna, "");
        given().get("/decisions/" + decided.get("decisionId").textValue())
                .then()
                .statusCode(200)
                .body("facts.shopper.segments.sort()", contains("cyclist", "early", "vip"));
        given().get("/shoppers/wt-anna")
                .then()
                .statusCode(200)
                .body("history.segments.names.sort()", contains("cyclist", "vip"));
        given().get("/audit?thing=segments")
                .then()
                .statusCode(200)
                .body("entries.action", everyItem(equalTo("segments-changed")));
        given().delete("/shoppers/wt-anna").then().statusCode(204);
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(skus(decide(anna, ""))).startsWith("wt-liked"));
        given().get("/shoppers/wt-anna").then().statusCode(200).body("history", nullValue());
    }

    @Test
    void aNewListReplacesTheSegmentsOfBefore() {
        String dora = ", \"shopper\": \"wt-dora\"";
        segments("wt-dora", "\"vip\"");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(skus(decide(dora, ""))).startsWith("wt-new"));
        segments("wt-dora", "\"staff\"");
        assertThat(skus(decide(dora, ""))).startsWith("wt-liked");
    }

    @Test
    void whatAnotherInstanceHasStoredCountsWithinSeconds() {
        String emma = ", \"shopper\": \"wt-emma\"";
        segments("wt-emma", "\"staff\"");
        assertThat(skus(decide(emma, ""))).startsWith("wt-liked");
        sql.run("update shopper set history = history || '{\"version\": 100, \"segments\": {\"names\": [\"vip\"],"
                + " \"at\": \"2026-11-29T12:00:00Z\"}}', segments_at = clock_timestamp() where id = 'wt-emma'");
        await().atMost(DEADLINE)
                .untilAsserted(() -> assertThat(skus(decide(emma, ""))).startsWith("wt-new"));
    }

    private static void segments(String shopper, String names) {
        json().body("{\"segments\": [{\"shopper\": \"%s\", \"segments\": [%s]}]}".formatted(shopper, names))
                .post("/segments")
                .then()
                .statusCode(200)
                .body("results.status", contains("stored"));
    }

    @Test
    void aCampaignsBenefitIsReadByRules() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        json().body(
                        """
                        {"id": "wt-ten", "name": "Ten off", "theme": "season", "mode": "promo", "benefit": "10 %% off", "startsAt": "%s",
                         "endsAt": "%s", "tags": ["nothing-has-it"]}"""
                                .formatted(now.minusSeconds(60), now.plus(1, ChronoUnit.HOURS)))
                .post("/campaigns")
                .then()
                .statusCode(201)
                .body("benefit", equalTo("10 % off"));
        JsonNode answer = decide("", "");
        assertThat(skus(answer)).first().isEqualTo("wt-plain");
        assertThat(answer.at("/campaign/benefit").textValue()).isEqualTo("10 % off");
        given().post("/campaigns/wt-ten/end").then().statusCode(200);
        assertThat(decide("", "").has("campaign")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                ", \"device\": \"watch\" ~ '' ~ visit.device ~ mobile, tablet, desktop, unknown",
                ", \"country\": \"UK\" ~ '' ~ visit.country ~ GB",
                ", \"country\": \"DEU\" ~ '' ~ visit.country ~ at most 2",
                ", \"language\": \"de,en;q=0.8\" ~ '' ~ visit.language ~ BCP 47",
                ", \"segments\": [\"vip\", \"\"] ~ '' ~ visit.segments[1] ~ blank",
                "'' ~ , \"context\": {\"weather\": {\"now\": \"rain\"}} ~ context.weather ~ a text, a number, true or false",
                "'' ~ , \"context\": {\"weather\": [1]} ~ context.weather ~ a text, a number, true or false",
                "'' ~ , \"context\": {\"weather\": null} ~ context.weather ~ is required",
                "'' ~ , \"context\": \"rain\" ~ context ~ object",
                "'' ~ , \"context\": {\"big\": 1e300} ~ context.big ~ to 1000000000000000",
            })
    void aBadValueIsRefusedByTheNameOfItsField(String visit, String more, String field, String detail) {
        post(visit, more).statusCode(400).body("field", equalTo(field)).body("detail", containsString(detail));
    }

    @Test
    void limitsAreNamed() {
        StringBuilder many = new StringBuilder("\"k0\": 1");
        for (int i = 1; i <= 50; i++) {
            many.append(", \"k").append(i).append("\": 1");
        }
        post("", ", \"context\": {" + many + "}")
                .statusCode(400)
                .body("field", equalTo("context"))
                .body("detail", containsString("at most 50"));
        post("", ", \"context\": {\"note\": \"" + "x".repeat(257) + "\"}")
                .statusCode(400)
                .body("field", equalTo("context.note"))
                .body("detail", containsString("at most 256"));
        json().body(
                        """
                        {"placement": "home-page", "visit": {"id": "v"}, "candidates": [
                          {"sku": "a", "score": 1, "price": 1, "attributes": {"size": []}}]}""")
                .post("/decisions")
                .then()
                .statusCode(400)
                .body("field", equalTo("candidates[0].attributes.size"));
        json().body(
                        """
                        {"placement": "home-page", "visit": {"id": "v"}, "candidates": [
                          {"sku": "a", "score": 1, "price": 1, "rating": 6}]}""")
                .post("/decisions")
                .then()
                .statusCode(400)
                .body("field", equalTo("candidates[0].rating"));
    }
}
