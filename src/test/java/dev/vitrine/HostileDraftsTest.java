package dev.vitrine;

import static dev.vitrine.HostileDrafts.CANDIDATES;
import static dev.vitrine.HostileDrafts.EXAMPLES;
import static dev.vitrine.HostileDrafts.NAME;
import static dev.vitrine.HostileDrafts.RULES;
import static dev.vitrine.HostileDrafts.request;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.vitrine.HostileDrafts.Draft;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Drafts that once filled the heap or kept a processor busy for ever, in each place where a rule can be handed in. Either they are
 * refused, or what they do is bounded: their rule is left out, and the service decides as before.
 */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class HostileDraftsTest {
    /** What a test, a class loader or a cache may keep; each of these drafts kept hundreds of megabytes. */
    private static final long KEPT_MAX = 200L << 20;

    /** On a busy machine, what is bounded otherwise is refused already. */
    private static final String TOO_SLOW = "cannot be settled within";

    private static final int PLACES_APART = Place.values().length / 2;

    private static final String MEANT = "an attack";

    private static long usedAtFirst;

    @Inject
    Rulebook rulebook;

    @ConfigProperty(name = "vitrine.rules")
    Path folder;

    private enum Place {
        CHECK,
        PUBLISH,
        PREVIEW,
        STAGED,
        SCHEDULED,
        SHADOW,
        BACKTEST,
        FOLDER
    }

    /** Each draft at two places and each place with several drafts; with {@code LONG_PROOFS=true}, each draft at each place. */
    static Stream<Arguments> draftsAtPlaces() {
        List<Draft> drafts = HostileDrafts.all();
        return IntStream.range(0, drafts.size()).boxed().flatMap(i -> Arrays.stream(Place.values())
                .filter(place -> LongProofs.ALL || (place.ordinal() - i) % PLACES_APART == 0)
                .map(place -> Arguments.of(drafts.get(i), place)));
    }

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static ValidatableResponse decide(int candidates) {
        return given().contentType(ContentType.JSON)
                .body(request(candidates))
                .post("/decisions")
                .then()
                .statusCode(200);
    }

    private static Map<String, Object> with(Draft draft, Object... more) {
        Map<String, Object> body = new HashMap<>(Map.of("files", draft.files()));
        for (int i = 0; i < more.length; i += 2) {
            body.put((String) more[i], more[i + 1]);
        }
        return body;
    }

    @AfterEach
    void theServiceDecidesAsBefore() throws IOException {
        if (isLive()) {
            List<Map<String, Object>> deleted =
                    List.of(Map.of("path", RULES, "deleted", true), Map.of("path", EXAMPLES, "deleted", true));
            merchandiser()
                    .body(Map.of("files", deleted))
                    .post("/rulebook/publish")
                    .then()
                    .statusCode(200);
        } else {
            Files.deleteIfExists(folder.resolve(RULES));
            Files.deleteIfExists(folder.resolve(EXAMPLES));
        }
        Await.until(() -> rulebook.problems().isEmpty() && !isLive() && !Files.exists(folder.resolve(RULES)));
        merchandiser().delete("/rulebook/staged");
        merchandiser().delete("/rulebook/shadow");
        decide(3).body("items.sku", equalTo(List.of("sku-0", "sku-1", "sku-2"))).body("degraded", nullValue());
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        usedAtFirst = usedAtFirst == 0 ? used : usedAtFirst;
        assertThat(used).as("live heap").isLessThan(usedAtFirst + KEPT_MAX);
    }

    private boolean isHarmful() {
        return rulebook.problems().stream()
                .anyMatch(problem -> problem.message().startsWith("The change leaves")
                        || problem.message().contains(TOO_SLOW));
    }

    private boolean isLive() {
        return rulebook.live().files().stream().map(RuleFile::path).anyMatch(RULES::equals);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("draftsAtPlaces")
    void aHostileDraftIsRefusedOrBounded(Draft draft, Place place) throws IOException {
        if (place == Place.FOLDER) {
            saved(draft);
            return;
        }
        if (place == Place.CHECK) {
            ValidatableResponse checked = merchandiser()
                    .body(with(draft))
                    .post("/rulebook/check")
                    .then()
                    .statusCode(200);
            checked.body(
                    "problems.findAll { it.severity == 'fault' }.message",
                    draft.refused() == null
                            ? everyItem(containsString(TOO_SLOW))
                            : hasItem(containsString(draft.refused())));
            return;
        }
        ValidatableResponse answer = handedIn(draft, place);
        if (draft.refused() != null) {
            answer.statusCode(422).body("problems.message", hasItem(containsString(draft.refused())));
            return;
        }
        if (answer.extract().asString().contains(TOO_SLOW)) {
            answer.statusCode(422);
            return;
        }
        answer.statusCode(place == Place.BACKTEST ? 202 : 200);
        switch (place) {
            case PREVIEW -> answer.body("draft.answer.degraded.rules", hasItem(NAME));
            case PUBLISH, STAGED -> isLeftOut();
            case SHADOW -> decide(CANDIDATES).body("degraded", nullValue());
            case SCHEDULED ->
                merchandiser()
                        .delete("/rulebook/scheduled/" + answer.extract().path("id"))
                        .then()
                        .statusCode(200);
            default ->
                Await.until(() -> !"running"
                        .equals(merchandiser()
                                .get("/rulebook/backtests/" + answer.extract().path("id"))
                                .path("state")));
        }
    }

    private static ValidatableResponse handedIn(Draft draft, Place place) {
        return switch (place) {
            case PUBLISH ->
                merchandiser()
                        .body(with(draft, "accept", MEANT))
                        .post("/rulebook/publish")
                        .then();
            case PREVIEW ->
                merchandiser()
                        .body(with(draft, "request", request(CANDIDATES)))
                        .post("/rulebook/preview")
                        .then();
            case STAGED ->
                merchandiser()
                        .body(with(draft, "share", 1, "accept", MEANT))
                        .post("/rulebook/staged")
                        .then();
            case SCHEDULED ->
                merchandiser()
                        .body(with(draft, "from", "2027-06-01T00:00:00Z", "accept", MEANT))
                        .post("/rulebook/scheduled")
                        .then();
            case SHADOW ->
                merchandiser()
                        .body(with(draft, "share", 1, "minutes", 1))
                        .post("/rulebook/shadow")
                        .then();
            default ->
                merchandiser()
                        .body(with(draft, "decisions", 10))
                        .post("/rulebook/backtests")
                        .then();
        };
    }

    private static void isLeftOut() {
        decide(CANDIDATES).body("degraded.cause", equalTo("rule-failed")).body("degraded.rules", hasItem(NAME));
    }

    private void saved(Draft draft) throws IOException {
        Files.createDirectories(folder.resolve(RULES).getParent());
        Files.writeString(folder.resolve(EXAMPLES), draft.examples());
        Files.writeString(folder.resolve(RULES), draft.rules());
        if (draft.refused() == null) {
            // the folder can give no reason for rules that fail on too many lists
            Await.until(() -> isLive() || isHarmful());
            if (isLive()) {
                isLeftOut();
            }
        } else {
            Await.until(() -> rulebook.problems().stream()
                    .anyMatch(problem -> problem.message().contains(draft.refused())));
            decide(CANDIDATES).body("degraded", nullValue());
        }
    }
}
