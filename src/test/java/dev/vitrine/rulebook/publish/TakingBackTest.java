package dev.vitrine.rulebook.publish;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Undo of one edition, and restore of rules and of editions that were never live for all. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class TakingBackTest {
    private static final String RULES = "shelf/back.drl";
    private static final String EXAMPLES = "shelf/back.examples.yaml";
    private static final String CHEAP = "Very cheap things step back";
    private static final String DEAR = "Very dear things step back";

    @Inject
    Rulebook rulebook;

    private int first;

    @BeforeEach
    void twoRulesInOneFile() {
        first = publish(rules(10, 900), examples(CHEAP, DEAR));
    }

    @AfterEach
    void leaveTheRulesAsTheyWere() {
        send("/rulebook/publish", Map.of("files", List.of(deleted(RULES), deleted(EXAMPLES))))
                .statusCode(200);
    }

    private static String rule(String name, String condition) {
        return """
                // Nobody comes for these.
                rule "%s"
                    @owner( "Ines" )
                when
                    $c : Candidate( %s )
                then
                    shelf.bury( $c, 0.5 );
                end
                """
                .formatted(name, condition);
    }

    private static String cheap(int below) {
        return rule(CHEAP, "price < " + below);
    }

    private static String dear(int above) {
        return rule(DEAR, "price > " + above);
    }

    private static String rules(int below, int above) {
        return cheap(below) + "\n" + dear(above);
    }

    private static String examples(String... rules) {
        StringBuilder examples = new StringBuilder();
        for (String rule : rules) {
            examples.append(examples.isEmpty() ? "" : "\n")
                    .append(
                            """
                            "%s":
                              fires: [ { case: so, candidates: [ { sku: a, price: %d } ] } ]
                              does-not-fire: [ { case: not so, candidates: [ { sku: a, price: 100 } ] } ]
                            """
                                    .formatted(rule, rule.equals(CHEAP) ? 2 : 2000));
        }
        return examples.toString();
    }

    private static Map<String, Object> file(String path, String text) {
        return Map.of("path", path, "text", text);
    }

    private static Map<String, Object> deleted(String path) {
        return Map.of("path", path, "deleted", true);
    }

    private static RequestSpecification merchandiser() {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY);
    }

    private static ValidatableResponse send(String path, Object body) {
        return merchandiser().body(body).post(path).then();
    }

    private static ValidatableResponse undo(int number) {
        return merchandiser().post("/rulebook/editions/" + number + "/undo").then();
    }

    private static ValidatableResponse restore(int number, Map<String, ?> body) {
        return send("/rulebook/editions/" + number + "/restore", body);
    }

    private static int publish(String rules, String examples) {
        return send("/rulebook/publish", Map.of("files", List.of(file(RULES, rules), file(EXAMPLES, examples))))
                .statusCode(200)
                .extract()
                .path("edition");
    }

    private static int publish(String rules) {
        return publish(rules, examples(CHEAP, DEAR));
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    private static ValidatableResponse newest(String action) {
        return merchandiser()
                .get("/rulebook/audit?limit=1&action=" + action)
                .then()
                .statusCode(200);
    }

    @Test
    void anEditionIsUndoneWithoutThoseAfterIt() {
        int middle = publish(rules(20, 900));
        int last = publish(rules(20, 800));
        undo(middle).statusCode(200).body("edition", equalTo(last + 1));
        assertThat(live(RULES)).isEqualTo(rules(10, 800));
        given().get("/rulebook/editions/" + (last + 1))
                .then()
                .body("author", equalTo("merchandiser"))
                .body("note", equalTo("edition " + middle + " undone"))
                .body("changes.rule", equalTo(List.of(CHEAP)));
        newest("undone")
                .body("entries[0].who", equalTo("merchandiser"))
                .body("entries[0].edition", equalTo(last + 1))
                .body("entries[0].detail", equalTo("edition " + middle + " undone: changed \"" + CHEAP + "\""));
        undo(middle).statusCode(200).body("unchanged", equalTo(true)).body("edition", equalTo(last + 1));
        send("/rulebook/editions/" + (last + 1) + "/undo", Map.of("note", "it was right"))
                .statusCode(200);
        assertThat(live(RULES)).as("an undo can be undone").isEqualTo(rules(20, 800));
        newest("undone")
                .body(
                        "entries[0].detail",
                        equalTo("edition " + (last + 1) + " undone: it was right: changed \"" + CHEAP + "\""));
    }

    @Test
    void whereTheyTouchBothTextsAreShownAndNothingChanges() {
        int middle = publish(rules(20, 900));
        int last = publish(rules(30, 900));
        undo(middle)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", containsString("\"" + CHEAP + "\" in '" + RULES + "' was changed by edition " + last))
                .body("detail", containsString("(merchandiser)"))
                .body("changes", hasSize(1))
                .body("changes[0].path", equalTo(RULES))
                .body("changes[0].rule", equalTo(CHEAP))
                .body("changes[0].edition", equalTo(last))
                .body("changes[0].author", equalTo("merchandiser"))
                .body("changes[0].base", equalTo(cheap(20).strip()))
                .body("changes[0].live", equalTo(cheap(30).strip()))
                .body("changes[0].before", equalTo(cheap(10).strip()));
        assertThat(rulebook.live().number()).isEqualTo(last);
        newest("refused").body("entries[0].detail", containsString("since edition " + middle));
    }

    @Test
    void anEditionThatAddedFilesIsUndone() {
        undo(first).statusCode(200);
        assertThat(live(RULES)).isNull();
        assertThat(live(EXAMPLES)).isNull();
    }

    @Test
    void anUndoThatLeavesFaultsIsRefused() {
        int gone = publish(cheap(10), examples(CHEAP));
        String twin = "Very DEAR things step back";
        int last = publish(
                rules(10, 900).replace(DEAR, twin), examples(CHEAP, DEAR).replace(DEAR, twin));
        undo(gone).statusCode(422).body("problems[0].message", containsString("looks like"));
        assertThat(rulebook.live().number()).isEqualTo(last);
    }

    @Test
    void thereIsNothingBeforeTheFirstEditionAndNoneOfThatNumber() {
        undo(1).statusCode(409).body("detail", equalTo("edition 1 is the first one; there is nothing to go back to"));
        undo(99_999)
                .statusCode(404)
                .body("field", equalTo("number"))
                .body("detail", equalTo("there is no edition 99999"));
        send("/rulebook/editions/" + first + "/undo", Map.of("note", "x".repeat(501)))
                .statusCode(400)
                .body("field", equalTo("note"));
        send("/rulebook/editions/" + first + "/undo", Map.of("author", "somebody else"))
                .statusCode(400)
                .body("field", equalTo("author"));
    }

    @Test
    void oneRuleIsRestoredWithItsExamples() {
        publish(rules(20, 800));
        int before = rulebook.live().number();
        restore(first, Map.of("rules", List.of(CHEAP))).statusCode(200).body("edition", equalTo(before + 1));
        assertThat(live(RULES)).isEqualTo(rules(10, 800));
        newest("restored")
                .body(
                        "entries[0].detail",
                        equalTo("\"" + CHEAP + "\" restored as in edition " + first + ": changed \"" + CHEAP + "\""));
        restore(first, Map.of("rules", List.of(CHEAP))).statusCode(200).body("unchanged", equalTo(true));
    }

    @Test
    void aDeletedRuleIsRestored() {
        publish(cheap(20), examples(CHEAP));
        restore(first, Map.of("rules", List.of(DEAR), "note", "we miss it")).statusCode(200);
        assertThat(live(RULES)).isEqualTo(rules(20, 900));
        assertThat(live(EXAMPLES)).isEqualTo(examples(CHEAP, DEAR));
    }

    @Test
    void aRuleThatTheEditionDidNotHaveIsNotFound() {
        restore(first, Map.of("rules", List.of(CHEAP, "Very cheap thing steps back")))
                .statusCode(404)
                .body("field", equalTo("rules[1]"))
                .body(
                        "detail",
                        equalTo("edition " + first + " has no rule 'Very cheap thing steps back'; did you mean '"
                                + CHEAP + "'?"));
        restore(first, Map.of("rules", List.of())).statusCode(400).body("field", equalTo("rules"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"rules\": \"x\"}",
                "{\"rules\": [null]}",
                "{\"rules\": [\"\\u0000\"]}",
                "{\"rules\": [1]}",
                "{\"confirm\": \"yes\"}",
                "{\"confirmed\": true}",
                "[]",
                "null",
                "{"
            })
    void whatIsNotAskedForProperlyIsRefused(String body) {
        int before = rulebook.live().number();
        merchandiser()
                .body(body)
                .post("/rulebook/editions/" + first + "/restore")
                .then()
                .statusCode(400);
        assertThat(rulebook.live().number()).isEqualTo(before);
    }

    @Test
    void whatWasNeverLiveForAllIsRestoredOnlyWhenConfirmed() {
        int before = rulebook.live().number();
        int staged = send("/rulebook/staged", Map.of("files", List.of(file(RULES, rules(33, 900))), "share", 0.0001))
                .statusCode(200)
                .extract()
                .path("edition");
        restore(staged, Map.of())
                .statusCode(409)
                .body("field", equalTo("confirm"))
                .body("detail", containsString("is staged for a share of visits"));
        undo(staged).statusCode(409).body("detail", containsString("DELETE /rulebook/staged"));
        merchandiser().delete("/rulebook/staged").then().statusCode(200);
        merchandiser()
                .post("/rulebook/editions/" + staged + "/restore")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("field", equalTo("confirm"))
                .body("detail", startsWith("edition " + staged + " was never live for all"))
                .body("detail", containsString("\"confirm\": true"));
        restore(staged, Map.of("confirm", false, "rules", List.of(CHEAP))).statusCode(409);
        assertThat(rulebook.live().number()).isEqualTo(before);
        undo(staged)
                .statusCode(409)
                .body("detail", equalTo("edition " + staged + " was never live for all, so there is nothing to undo"));
        restore(staged, Map.of("confirm", true)).statusCode(200).body("edition", equalTo(staged + 1));
        assertThat(live(RULES)).isEqualTo(rules(33, 900));
        newest("restored")
                .body("entries[0].detail", startsWith("edition " + staged + " restored, which was never live for all"));
        restore(staged, Map.of()).statusCode(200).body("unchanged", equalTo(true));
    }

    @Test
    void whatWasPromotedWasLiveForAll() {
        int staged = send("/rulebook/staged", Map.of("files", List.of(file(RULES, rules(44, 900))), "share", 0.0001))
                .statusCode(200)
                .extract()
                .path("edition");
        merchandiser().post("/rulebook/staged/promote").then().statusCode(200);
        publish(rules(10, 900));
        restore(staged, Map.of()).statusCode(200);
        assertThat(live(RULES)).isEqualTo(rules(44, 900));
    }
}
