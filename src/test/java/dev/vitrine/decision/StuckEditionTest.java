package dev.vitrine.decision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.vitrine.decision.firing.StuckRules;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.EndlessRule;
import dev.vitrine.rulebook.engine.EndlessRule.Part;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A rule that hangs, from the storefront's request to the withdrawal of the staged edition. */
@QuarkusTest
@WithTestResource(ImpatientShop.class)
class StuckEditionTest {
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final String NAME = "At the cart everything sinks";
    private static final RuleFile RULES = new RuleFile(
            "shelf/sinks.drl",
            """
            rule "At the cart everything sinks" @owner( "Ines" )
            when Placement( name == "cart" ) $c : Candidate() then shelf.bury( $c, 0.5 ); end
            """);
    private static final RuleFile EXAMPLES = new RuleFile(
            "shelf/sinks.examples.yaml",
            """
            "At the cart everything sinks":
              fires: [ { case: at the cart, placement: { name: cart }, candidates: [ { sku: a } ] } ]
              does-not-fire: [ { case: elsewhere, candidates: [ { sku: a } ] } ]
            """);
    /** More decisions than it takes to hang. */
    private static final int GUARDED_FROM = 100;

    @Inject
    Rulebook rulebook;

    @Inject
    RuleCompiler compiler;

    @Inject
    StuckRules stuckRules;

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static int stage() {
        List<Map<String, String>> files = List.of(
                Map.of("path", RULES.path(), "text", RULES.text()),
                Map.of("path", EXAMPLES.path(), "text", EXAMPLES.text()));
        return merchandiser()
                .body(Map.of("files", files, "share", 0.5, "guardrails", Map.of("decisions", GUARDED_FROM)))
                .post("/rulebook/staged")
                .then()
                .statusCode(200)
                .extract()
                .path("edition");
    }

    private static ValidatableResponse decide(String placement, String visit) {
        return given().contentType(ContentType.JSON)
                .body("{\"placement\": \"" + placement + "\", \"visit\": {\"id\": \"" + visit + "\"},"
                        + " \"candidates\": [{\"sku\": \"a\", \"score\": 2, \"price\": 5},"
                        + " {\"sku\": \"b\", \"score\": 1, \"price\": 3}]}")
                .post("/decisions")
                .then()
                .statusCode(200)
                .body("items.sku", equalTo(List.of("a", "b")));
    }

    private static ValidatableResponse health(String status, String check) {
        return given().get("/q/health")
                .then()
                .body("checks.find { it.name == '" + check + "' }.status", equalTo(status));
    }

    private String visitOf(int edition) {
        return IntStream.range(0, 1000)
                .mapToObj(i -> "visit-" + i)
                .filter(visit -> rulebook.editionFor(visit).number() == edition)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theRuleIsLeftOutAndTheStagedEditionIsWithdrawn() throws Exception {
        int live = rulebook.live().number();
        try (EndlessRule endless = new EndlessRule(RULES, Part.CONSEQUENCE, compiler)) {
            int edition = stage();
            String mine = visitOf(edition);
            String another = visitOf(live);
            Edition staged = rulebook.editionFor(mine);
            long end = System.nanoTime() + DEADLINE.toNanos();
            endless.begin();
            while (stuckRules.exclusions(staged).rules().isEmpty()
                    || stuckRules.exclusions(staged).wholeEdition()) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(end);
                decide("cart", mine);
                stuckRules.inspect();
            }
            decide("home-page", mine)
                    .body("edition", equalTo(edition))
                    .body("degraded.cause", equalTo("rule-failed"))
                    .body("degraded.rules", equalTo(List.of(NAME)))
                    .body("degraded.detail", containsString("did not come back"));
            decide("home-page", another).body("edition", equalTo(live)).body("degraded", equalTo(null));
            health("DOWN", "stuck-rules")
                    .body(
                            "checks.find { it.name == 'stuck-rules' }.data.problems",
                            containsString("edition " + edition + ", shelf/sinks.drl:1 rule \"" + NAME + "\""));
            given().get("/q/health/ready").then().statusCode(200);

            while (rulebook.deciding().size() > 1) {
                assertThat(System.nanoTime()).as("deadline").isLessThan(end);
                decide("home-page", mine);
            }
            given().get("/rulebook/staged")
                    .then()
                    .body("last.edition", equalTo(edition))
                    .body("last.state", equalTo("withdrawn"))
                    .body("last.outcome", containsString("guardrail 'errors' is broken"));
            decide("home-page", mine).body("edition", equalTo(live)).body("degraded", equalTo(null));
            health("UP", "stuck-rules");
        }
    }
}
