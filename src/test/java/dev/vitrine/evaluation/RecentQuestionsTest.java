package dev.vitrine.evaluation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.decision.PlainFacts;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.record.StoredDecisions;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.rulebook.check.ExampleSituation;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Drafts are tried on recent decisions. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class RecentQuestionsTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Inject
    RecentQuestions recent;

    @Inject
    DryRuns dryRuns;

    @Inject
    StoredDecisions storedDecisions;

    private RecentQuestions empty() {
        return new RecentQuestions(dryRuns, new Catalog());
    }

    // --- which decisions are kept ---

    private static DecisionContext context(String visit, String placement, Instant at, List<Candidate> candidates) {
        Facts facts = PlainFacts.of(placement, candidates);
        return new DecisionContext(visit, null, at, facts, List.of());
    }

    private static DecisionContext context(String visit, String placement, Instant at) {
        return context(visit, placement, at, List.of());
    }

    private static List<String> visits(RecentQuestions questions) {
        return questions.newestFirst(Set.of()).map(ExampleSituation::about).toList();
    }

    @Test
    void aVisitWithManyDecisionsHasOnePlaceForEachPlacement() {
        RecentQuestions questions = empty();
        for (int i = 0; i < 500; i++) {
            questions.add(context("chatty", "home-page", NOON.plusSeconds(i)));
        }
        questions.add(context("chatty", "cart", NOON.plusSeconds(500)));
        assertThat(questions.newestFirst(Set.of()))
                .extracting(ExampleSituation::at)
                .containsExactly(NOON.plusSeconds(500), NOON.plusSeconds(499));
    }

    @Test
    void newDecisionsAreKeptAndComeFirst() {
        RecentQuestions questions = empty();
        for (int i = 0; i < 2000; i++) {
            questions.add(context("visit " + i, "home-page", NOON.plusSeconds(i)));
        }
        assertThat(visits(questions)).hasSizeBetween(200, 256).startsWith("visit 1999");
        assertThat(questions.newestFirst(Set.of()).map(ExampleSituation::at).toList())
                .isSortedAccordingTo((one, other) -> other.compareTo(one));
    }

    @Test
    void largeDecisionsStayWithinTheMemoryLimit() {
        String name = "n".repeat(500);
        List<Candidate> candidates = IntStream.range(0, 1000)
                .mapToObj(i -> candidate("sku-" + i, name))
                .toList();
        RecentQuestions questions = empty();
        for (int i = 0; i < 300; i++) {
            questions.add(context("visit " + i, "home-page", NOON.plusSeconds(i), candidates));
        }
        // a name alone takes a thousand bytes
        assertThat(visits(questions))
                .hasSizeBetween(10, RecentQuestions.BYTES_MAX / (1000 * 1000))
                .startsWith("visit 299");
        for (int i = 0; i < 2000; i++) {
            questions.add(context("small " + i, "home-page", NOON.plusSeconds(1000 + i)));
        }
        assertThat(visits(questions)).as("there is room again").hasSizeGreaterThan(200);
    }

    @Test
    void attributesThatCandidatesBringCountTowardsTheLimit() {
        Map<String, String> attributes = Map.of("note", "n".repeat(500));
        List<Candidate> candidates = IntStream.range(0, 1000)
                .mapToObj(i ->
                        new Candidate.Builder("sku-" + i).attributes(attributes).build())
                .toList();
        RecentQuestions questions = empty();
        for (int i = 0; i < 300; i++) {
            questions.add(context("visit " + i, "home-page", NOON.plusSeconds(i), candidates));
        }
        assertThat(visits(questions)).hasSizeBetween(10, RecentQuestions.BYTES_MAX / (1000 * 1000));
    }

    private static Candidate candidate(String sku, String name) {
        return new Candidate.Builder(sku)
                .name(name)
                .category("a/b")
                .brand("x")
                .price(10)
                .margin(0.5)
                .stock(3)
                .tags(Set.of("core"))
                .daysSinceLaunch(1)
                .score(1)
                .rank(1)
                .relevance(1)
                .sellerRank(1)
                .build();
    }

    @Test
    void skusThatADraftNamesBecomeCandidates() {
        String sku = "named-" + UUID.randomUUID();
        anybody()
                .body(Map.of(
                        "products",
                        List.of(Map.of(
                                "sku",
                                sku,
                                "kind",
                                "product",
                                "name",
                                "Named",
                                "category",
                                "a/b",
                                "price",
                                5,
                                "currency",
                                "EUR",
                                "stock",
                                5))))
                .post("/products")
                .then()
                .statusCode(200)
                .body("results[0].status", equalTo("stored"));
        RecentQuestions questions = empty();
        questions.add(context("visit", "home-page", NOON, List.of(candidate("other", "Other"))));
        assertThat(candidates(questions, Set.of())).containsExactly("other");
        assertThat(candidates(questions, Set.of(sku, "unknown"))).containsExactly("other", sku);
    }

    private static List<String> candidates(RecentQuestions questions, Set<String> named) {
        return questions
                .newestFirst(named)
                .flatMap(situation -> situation.facts().candidates().stream())
                .map(Candidate::sku)
                .toList();
    }

    // --- through the service ---

    private static RequestSpecification anybody() {
        return given().contentType("application/json");
    }

    private static RequestSpecification merchandiser() {
        return anybody().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static Map<String, Object> request(String visit) {
        return Map.of(
                "placement",
                "category-page",
                "visit",
                Map.of("id", visit),
                "candidates",
                List.of(
                        Map.of("sku", "dear", "score", 0.9, "price", 30, "category", "a/b", "stock", 7),
                        Map.of("sku", "cheap", "score", 0.8, "price", 2, "category", "a/c", "stock", 7)));
    }

    private static String decide() {
        String visit = UUID.randomUUID().toString();
        anybody().body(request(visit)).post("/decisions").then().statusCode(200);
        return visit;
    }

    @Test
    void recordedDecisionsAreReadAfterARestart() throws Exception {
        String visit = decide();
        storedDecisions.awaitVisit(visit);
        RecentQuestions restarted = empty();
        restarted.fill();
        assertThat(visits(restarted)).contains(visit);
        assertThat(restarted.newestFirst(Set.of()))
                .filteredOn(situation -> situation.about().equals(visit))
                .flatExtracting(situation -> situation.facts().candidates())
                .extracting(Candidate::sku)
                .containsExactly("dear", "cheap");
    }

    @Test
    void recordedDecisionsDoNotReplaceNewerOnes() throws Exception {
        String visit = decide();
        storedDecisions.awaitVisit(visit);
        RecentQuestions restarted = empty();
        Instant later = Instant.now().plus(Duration.ofHours(1));
        restarted.add(context(visit, "category-page", later));
        restarted.fill();
        assertThat(restarted.newestFirst(Set.of()))
                .filteredOn(situation -> situation.about().equals(visit))
                .extracting(ExampleSituation::at)
                .containsExactly(later);
    }

    @Test
    void aRealDecisionIsKeptAndADryRunIsNot() {
        String visit = decide();
        assertThat(visits(recent)).contains(visit);
        String preview = UUID.randomUUID().toString();
        anybody()
                .body(Map.of("files", DRAFT, "request", request(preview)))
                .post("/rulebook/preview")
                .then()
                .statusCode(200);
        assertThat(visits(recent)).doesNotContain(preview, "warm-up");
    }

    private static String rule(String name, String condition, String verb) {
        return "rule \"%s\"\n    @owner( \"Ines\" )\nwhen\n    $c : Candidate( %s )\nthen\n    shelf.%s;\nend\n"
                .formatted(name, condition, verb);
    }

    private static String examples(String name, String fires) {
        return """
                "%s":
                  fires: [ { case: it does, candidates: [ { sku: a, %s } ] } ]
                  does-not-fire: [ { case: it does not, candidates: [ { sku: b, price: 50, stock: 1 } ] } ]
                """
                .formatted(name, fires);
    }

    private static final List<Map<String, Object>> DRAFT = List.of(
            Map.of(
                    "path",
                    "shelf/drafted.drl",
                    "text",
                    rule("The cheapest go", "price < 3", "hide( $c )")
                            + rule("The seven lead", "stock == 7", "pin( $c, 1 )")
                            + rule("Gold leads", "tagged( \"gold\" ), price > 900", "boost( $c, 3 )")),
            Map.of(
                    "path",
                    "shelf/drafted.examples.yaml",
                    "text",
                    examples("The cheapest go", "price: 2, stock: 1")
                            + examples("The seven lead", "price: 30, stock: 7")
                            + examples("Gold leads", "price: 1000, tags: [ gold ]")));

    private static List<String> problems(Response answer, String list) {
        answer.then().statusCode(200);
        List<Map<String, Object>> problems = answer.path(list);
        return problems.stream()
                .map(problem -> problem.get("rule") + ": " + problem.get("message"))
                .toList();
    }

    @Test
    void aDraftIsTriedOnRecentVisits() {
        for (int i = 0; i < 100; i++) {
            decide();
        }
        List<String> checked = problems(anybody().body(Map.of("files", DRAFT)).post("/rulebook/check"), "problems");
        assertThat(checked)
                .contains("The seven lead: What it pins is hidden by \"The cheapest go\" (shelf/drafted.drl:1) in a"
                        + " recent visit ('cheap').")
                .anyMatch(problem -> problem.startsWith("Gold leads: It fired in none of "));
        List<String> published = problems(
                merchandiser()
                        .body(Map.of("files", DRAFT, "accept", "it hides what it tries"))
                        .post("/rulebook/publish"),
                "warnings");
        try {
            assertThat(published).containsExactlyInAnyOrderElementsOf(checked);
            assertThat(problems(given().get("/rulebook"), "warnings")).isEqualTo(published);
            assertThat(problems(anybody().body(Map.of("files", List.of())).post("/rulebook/check"), "problems"))
                    .as("a live rule that never fires is no news")
                    .noneMatch(problem -> problem.startsWith("Gold leads: It fired"));
        } finally {
            List<Map<String, Object>> gone = DRAFT.stream()
                    .map(file -> Map.of("path", file.get("path"), "deleted", true))
                    .toList();
            merchandiser()
                    .body(Map.of("files", gone))
                    .post("/rulebook/publish")
                    .then()
                    .statusCode(200);
        }
    }
}
