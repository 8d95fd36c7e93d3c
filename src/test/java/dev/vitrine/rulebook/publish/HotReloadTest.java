package dev.vitrine.rulebook.publish;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.Await;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A merchandiser at work in the rules folder while the shop is open. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class HotReloadTest {
    /** Two seconds are promised; a machine that builds other things meanwhile gets more. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private static final String RULES = "shelf/spotlight.drl";
    private static final String EXAMPLES = "shelf/spotlight.examples.yaml";
    private static final int SKUS = 20;
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @ConfigProperty(name = "vitrine.rules")
    Path folder;

    @TestHTTPResource
    URI service;

    @Inject
    Rulebook rulebook;

    /** Who is in the spotlight of each edition; what the answers are held against. */
    private final Map<Integer, String> spotlights = new ConcurrentHashMap<>();

    @BeforeEach
    void spotlightOnOne() throws Exception {
        save(
                EXAMPLES,
                """
                "The spotlight is on one product":
                  fires: [ { case: it is there, candidates: [ { sku: example } ], proposes: [ pin to 1 example ] } ]
                  does-not-fire: [ { case: it is not, candidates: [ { sku: other } ] } ]
                """);
        save(RULES, spotlight("spot-1"));
        Await.until(() -> rulebook.problems().isEmpty() && live(RULES).equals(spotlight("spot-1")));
    }

    private static String spotlight(String sku) {
        return """
                rule "The spotlight is on one product"
                    @owner( "Ines" )
                when
                    $c : Candidate( sku == "%s" || sku == "example" )
                then
                    shelf.pin( $c, 1 );
                end
                """
                .formatted(sku);
    }

    private void save(String path, String text) throws IOException {
        Files.writeString(folder.resolve(path), text);
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse("");
    }

    private static String question() {
        return IntStream.rangeClosed(1, SKUS)
                .mapToObj(i -> "{\"sku\": \"spot-%d\", \"price\": 10, \"score\": %d}".formatted(i, -i))
                .collect(Collectors.joining(
                        ",",
                        // a small shop does not repeat itself within a visit
                        "{\"placement\": \"home-page\", \"visit\": {\"id\": \"" + UUID.randomUUID()
                                + "\"}, \"candidates\": [",
                        "]}"));
    }

    private JsonNode decide() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("decisions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(question()))
                .build();
        HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.MAPPER.readTree(answer.body());
    }

    private static int edition(JsonNode answer) {
        return answer.get("edition").intValue();
    }

    private static String spotlighted(JsonNode answer) {
        return answer.at("/items/0/sku").textValue();
    }

    /** The change is not published: it is told where {@code file} has what is wrong, and the last edition continues to serve. */
    private RuleProblem awaitRefused(int edition, String file) throws Exception {
        Await.until(() -> !rulebook.problems().isEmpty());
        RuleProblem problem = rulebook.problems().get(0);
        assertThat(problem.file()).isEqualTo(file);
        JsonNode answer = decide();
        assertThat(edition(answer)).isEqualTo(edition);
        assertThat(spotlighted(answer)).isEqualTo("spot-1");
        given().get("/rulebook")
                .then()
                .statusCode(200)
                .body("edition", equalTo(edition))
                .body("problems[0].file", equalTo(file))
                .body("problems[0].line", equalTo(problem.line()));
        assertThat(given().get("/q/health").then().extract().asString())
                .contains("problemsSince")
                .contains(
                        file.endsWith(RuleFile.RULES) || file.endsWith(RuleFile.EXAMPLES)
                                ? file + ":" + problem.line()
                                : file);
        return problem;
    }

    private void awaitRepaired(int edition) throws Exception {
        Await.until(() -> rulebook.problems().isEmpty());
        assertThat(rulebook.live().number()).isEqualTo(edition);
        assertThat(given().get("/q/health").then().extract().asString()).doesNotContain("problemsSince");
        assertThat(given().get("/rulebook").jsonPath().getList("problems")).isEmpty();
    }

    @Test
    void aSavedChangeIsTheNextEdition() throws Exception {
        int before = rulebook.live().number();
        assertThat(spotlighted(decide())).isEqualTo("spot-1");
        save(RULES, spotlight("spot-7"));
        Await.until(() -> edition(decide()) != before);
        JsonNode answer = decide();
        assertThat(edition(answer)).isEqualTo(before + 1);
        assertThat(spotlighted(answer)).isEqualTo("spot-7");
        given().get("/rulebook")
                .then()
                .body("edition", equalTo(before + 1))
                .body("files.find { it.path == '" + RULES + "' }.text", equalTo(spotlight("spot-7")));
    }

    @Test
    void aFileThatDoesNotCompileLeavesTheLastEditionServingUntilItIsRepaired() throws Exception {
        int edition = rulebook.live().number();
        save(RULES, spotlight("spot-2").replace("sku ==", "sko =="));
        RuleProblem problem = awaitRefused(edition, RULES);
        assertThat(problem.line()).isEqualTo(4);
        assertThat(problem.cure()).isEqualTo("Did you mean 'sku'?");
        save(RULES, spotlight("spot-1"));
        awaitRepaired(edition);
    }

    @Test
    void anExampleThatFailsLeavesTheLastEditionServing() throws Exception {
        int edition = rulebook.live().number();
        save(RULES, spotlight("spot-2").replace("$c, 1", "$c, 2"));
        RuleProblem problem = awaitRefused(edition, EXAMPLES);
        assertThat(problem.line()).isEqualTo(2);
        assertThat(problem.message()).contains("expected: pin to 1 example", "got: pin to 2 example");
        save(RULES, spotlight("spot-2"));
        awaitRepaired(edition + 1);
        assertThat(spotlighted(decide())).isEqualTo("spot-2");
    }

    @Test
    void aHalfWrittenFileWaitsForItsOtherHalf() throws Exception {
        int edition = rulebook.live().number();
        String whole = spotlight("spot-3");
        save(RULES, whole.substring(0, whole.length() / 2));
        awaitRefused(edition, RULES);
        save(RULES, whole);
        awaitRepaired(edition + 1);
        assertThat(spotlighted(decide())).isEqualTo("spot-3");
    }

    @Test
    void aDeletedFileTakesItsRulesAlong() throws Exception {
        int edition = rulebook.live().number();
        Files.delete(folder.resolve(RULES));
        RuleProblem problem = awaitRefused(edition, EXAMPLES);
        assertThat(problem.message()).startsWith("There is no rule of this name");
        Files.delete(folder.resolve(EXAMPLES));
        awaitRepaired(edition + 1);
        assertThat(decide().at("/items/0/reasons/0/rule").textValue()).isEqualTo("model");
    }

    @Test
    void whatIsNoTextOrTooLargeOrElsewhereLeavesTheLastEditionServing() throws Exception {
        int edition = rulebook.live().number();
        Path file = folder.resolve("shelf/extra.drl");
        Files.write(file, "// für".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(awaitRefused(edition, "shelf/extra.drl").message()).contains("UTF-8");
        Files.writeString(file, "// " + "x".repeat(5 << 20));
        Await.until(() -> rulebook.problems().toString().contains("262144"));
        Files.delete(file);
        Path outside = Files.writeString(folder.resolveSibling("outside.drl"), spotlight("spot-4"));
        Files.createSymbolicLink(file, outside);
        Await.until(() -> rulebook.problems().toString().contains("leaves the rules folder"));
        awaitRefused(edition, "shelf/extra.drl");
        Files.delete(file);
        awaitRepaired(edition);
    }

    @Test
    void aFolderThatIsNamedAsARuleFileIsWarnedOf() throws Exception {
        Path odd = Files.createDirectory(folder.resolve("shelf/odd.drl"));
        Await.until(() -> warnings().contains("shelf/odd.drl"));
        assertThat(rulebook.problems()).isEmpty();
        Files.delete(odd);
        Await.until(() -> !warnings().contains("shelf/odd.drl"));
    }

    private static List<String> warnings() {
        return given().get("/rulebook").then().statusCode(200).extract().path("warnings.file");
    }

    @Test
    void aFolderThatIsMovedAwayAndBackIsNoNewEdition() throws Exception {
        int edition = rulebook.live().number();
        Path away = folder.resolveSibling("away");
        Files.move(folder, away);
        awaitRefused(edition, folder.toString());
        Files.move(away, folder);
        awaitRepaired(edition);
    }

    @Test
    void aFileThatOverwhelmsTheParserDoesNotEndTheWatch() throws Exception {
        int edition = rulebook.live().number();
        save(RULES, spotlight("spot-1").replace("sku ==", "(".repeat(20_000) + "sku =="));
        awaitRefused(edition, RULES);
        save(RULES, spotlight("spot-9"));
        awaitRepaired(edition + 1);
    }

    @Test
    void underLoadNoRequestFailsAndEachAnswerIsOfOneEdition() throws Exception {
        spotlights.put(rulebook.live().number(), "spot-1");
        AtomicBoolean done = new AtomicBoolean();
        Queue<JsonNode> answers = new ConcurrentLinkedQueue<>();
        ExecutorService shoppers = Executors.newFixedThreadPool(4);
        List<Future<?>> shopping = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                shopping.add(shoppers.submit(() -> {
                    while (!done.get()) {
                        answers.add(decide());
                        // a busy shop, not an attack: the machine must have room for the compiler
                        LockSupport.parkNanos(PAUSE.toNanos());
                    }
                    return null;
                }));
            }
            for (int save = 1; save <= 10; save++) {
                good("spot-" + (save + 1));
                bad(save);
            }
        } finally {
            done.set(true);
            shoppers.shutdown();
        }
        for (Future<?> shopper : shopping) {
            shopper.get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        }
        assertThat(answers).hasSizeGreaterThan(20).allSatisfy(answer -> {
            assertThat(spotlighted(answer)).isEqualTo(spotlights.get(edition(answer)));
            assertThat(answer.has("degraded")).isFalse();
            assertThat(answer.get("items")).hasSize(10);
        });
        assertThat(answers.stream().map(answer -> edition(answer)).distinct()).hasSizeGreaterThan(5);
    }

    private void good(String sku) throws Exception {
        int next = rulebook.live().number() + 1;
        spotlights.put(next, sku);
        // as most editors save: written aside, then moved into place
        Path aside = Files.writeString(folder.resolve("shelf/.spotlight.drl.tmp"), spotlight(sku));
        Files.move(aside, folder.resolve(RULES), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Await.until(
                () -> rulebook.live().number() == next && rulebook.problems().isEmpty());
    }

    private void bad(int save) throws Exception {
        int edition = rulebook.live().number();
        String broken = spotlight("spot-" + SKUS);
        save(
                RULES,
                switch (save % 4) {
                    case 0 -> broken.substring(0, broken.length() / 2);
                    case 1 -> broken.replace("Candidate(", "Candidat(");
                    case 2 -> broken.replace("shelf.pin( $c, 1 )", "shelf.hide( $c )");
                    default -> "";
                });
        Await.until(() -> !rulebook.problems().isEmpty());
        assertThat(rulebook.live().number()).isEqualTo(edition);
    }
}
