package dev.vitrine.rulebook.publish;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.access.OperatorByDefault;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.Await;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A merchandiser at the console, and another at the folder. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class PublishingTest {
    private static final String RULES = "shelf/cheap.drl";
    private static final String EXAMPLES = "shelf/cheap.examples.yaml";
    private static final String NAME = "Cheap things are hidden";

    @ConfigProperty(name = "vitrine.rules")
    Path folder;

    @Inject
    Rulebook rulebook;

    @Inject
    DataSource database;

    @BeforeEach
    void cheapIsBelowTen() throws Exception {
        if (!rulebook.live().files().contains(new RuleFile(RULES, cheap(10)))) {
            publish(Map.of("files", List.of(file(RULES, cheap(10)), file(EXAMPLES, examples()))))
                    .statusCode(200);
        }
        Await.until(() -> inStep(RULES) && inStep(EXAMPLES));
    }

    @AfterEach
    void leaveTheFolderAsItWas() throws Exception {
        publish(Map.of("files", List.of(deleted(RULES), deleted(EXAMPLES)))).statusCode(200);
        Await.until(() -> !Files.exists(folder.resolve(RULES)) && !Files.exists(folder.resolve(EXAMPLES)));
    }

    private static String cheap(int price) {
        return """
                rule "%s"
                    @owner( "Ines" )
                when
                    $c : Candidate( price < %d )
                then
                    shelf.hide( $c );
                end
                """
                .formatted(NAME, price);
    }

    private static String examples() {
        return """
                "%s":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 30 } ] } ]
                """
                .formatted(NAME);
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

    private static ValidatableResponse publish(Map<String, Object> asked) {
        return merchandiser().body(asked).post("/rulebook/publish").then();
    }

    private static ValidatableResponse publish(String text) {
        return publish(Map.of("files", List.of(file(RULES, text)), "note", "a test"));
    }

    private static ValidatableResponse check(Object... files) {
        return given().contentType(ContentType.JSON)
                .body(Map.of("files", List.of(files)))
                .post("/rulebook/check")
                .then();
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    private boolean inStep(String path) throws Exception {
        return Files.exists(folder.resolve(path))
                && Files.readString(folder.resolve(path)).equals(live(path));
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /rulebook/publish",
                "POST /rulebook/editions/1/restore",
                "POST /rulebook/editions/1/undo",
                "GET /rulebook/audit"
            })
    void whoShowsNoKeyOrAWrongOneIsNotLetIn(String call) {
        String method = call.substring(0, call.indexOf(' '));
        String path = call.substring(call.indexOf(' ') + 1);
        for (String shown : List.of("", "Bearer", "Bearer wrong", "Basic " + TestDatabase.MERCHANDISER_KEY)) {
            RequestSpecification asking =
                    given().noFiltersOfType(OperatorByDefault.class).contentType(ContentType.JSON);
            (shown.isEmpty() ? asking : asking.header("Authorization", shown))
                    .request(method, path)
                    .then()
                    .statusCode(401)
                    .contentType("application/problem+json")
                    .header("WWW-Authenticate", "Bearer")
                    .body("detail", containsString("key"));
        }
    }

    @Test
    void aKeyOfAnotherRoleDoesNotPublish() throws Exception {
        given().contentType(ContentType.JSON)
                .header("Authorization", "bearer " + TestDatabase.MERCHANDISER_KEY)
                .get("/rulebook/audit")
                .then()
                .statusCode(200);
        given().header("Authorization", "Bearer " + TestDatabase.STOREFRONT_KEY)
                .get("/rulebook/audit")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body(
                        "detail",
                        equalTo("This key is a storefront's; the call needs a merchandiser's or an operator's"));
    }

    @Test
    void aCheckTellsEverythingAndChangesNothing() {
        int before = rulebook.live().number();
        check(file(RULES, cheap(10).replace("price", "prise")), file("shelf/broken.drl", "rule \"Broken\" when"))
                .statusCode(200)
                .body("problems.file", hasItem(RULES))
                .body("problems.file", hasItem("shelf/broken.drl"))
                .body("problems.find { it.file == '" + RULES + "' }.severity", equalTo("fault"))
                .body("problems.find { it.file == '" + RULES + "' }.line", equalTo(4))
                .body("problems.find { it.file == '" + RULES + "' }.column", equalTo(21))
                .body("problems.find { it.file == '" + RULES + "' }.rule", equalTo(NAME))
                .body("problems.find { it.file == '" + RULES + "' }.cure", equalTo("Did you mean 'price'?"));
        check().statusCode(200).body("problems", equalTo(List.of()));
        check(deleted(RULES))
                .statusCode(200)
                .body("problems[0].message", startsWith("There is no rule of this name"))
                .body("problems[0].cure", endsWith("If the rule was deleted, delete its examples, too."));
        assertThat(rulebook.live().number()).isEqualTo(before);
    }

    @Test
    void whatIsPublishedIsLiveKeptAndWrittenIntoTheFolder() throws Exception {
        int before = rulebook.live().number();
        publish(Map.of("files", List.of(file(RULES, cheap(12))), "note", "prices went up"))
                .statusCode(200)
                .body("edition", equalTo(before + 1))
                .body("warnings", equalTo(List.of()));
        assertThat(live(RULES)).isEqualTo(cheap(12));
        given().get("/rulebook/editions?limit=1")
                .then()
                .statusCode(200)
                .body("editions.size()", equalTo(1))
                .body("editions[0].edition", equalTo(before + 1))
                .body("editions[0].live", equalTo(true))
                .body("editions[0].author", equalTo("merchandiser"))
                .body("editions[0].note", equalTo("prices went up"))
                .body("editions[0].hash", equalTo(rulebook.live().hash()))
                .body("editions[0].changes[0].rule", equalTo(NAME))
                .body("editions[0].changes[0].change", equalTo("changed"))
                .body("editions[0].files", equalTo(null));
        given().get("/rulebook/editions?limit=1&before=" + (before + 1))
                .then()
                .body("editions[0].edition", equalTo(before));
        given().get("/rulebook/editions/" + (before + 1))
                .then()
                .statusCode(200)
                .body("files.find { it.path == '" + RULES + "' }.text", equalTo(cheap(12)));
        given().get("/rulebook/editions/" + (before + 1) + "/changes")
                .then()
                .statusCode(200)
                .body("since", equalTo(before))
                .body("rules.size()", equalTo(1))
                .body("rules[0].before", equalTo(cheap(10).strip()))
                .body("rules[0].after", equalTo(cheap(12).strip()))
                .body("files", contains(RULES));
        merchandiser()
                .get("/rulebook/audit?limit=1&action=published")
                .then()
                .statusCode(200)
                .body("entries[0].who", equalTo("merchandiser"))
                .body("entries[0].action", equalTo("published"))
                .body("entries[0].edition", equalTo(before + 1))
                .body("entries[0].origin", equalTo("127.0.0.1"))
                .body("entries[0].detail", containsString("prices went up"));
        Await.until(() -> inStep(RULES));
        assertThat(rulebook.live().number())
                .as("written back, it is no new edition")
                .isEqualTo(before + 1);
    }

    @Test
    void theSameOnceMoreIsNoNewEdition() {
        int before = rulebook.live().number();
        publish(cheap(10)).statusCode(200).body("edition", equalTo(before)).body("unchanged", equalTo(true));
    }

    @Test
    void whatHasFaultsIsRefusedWithAllOfThem() {
        int before = rulebook.live().number();
        publish(cheap(10).replace("price", "prise"))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("problems[0].file", equalTo(RULES))
                .body("problems[0].message", equalTo("Candidate has no 'prise'."))
                .body("changes", equalTo(null));
        assertThat(rulebook.live().number()).isEqualTo(before);
        assertThat(rulebook.problems()).as("the folder is fine").isEmpty();
        merchandiser()
                .get("/rulebook/audit?limit=1&action=refused")
                .then()
                .body("entries[0].action", equalTo("refused"))
                .body("entries[0].who", equalTo("merchandiser"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.drl",
                "/etc/evil.drl",
                "a/../../evil.drl",
                "./a.drl",
                ".hidden.drl",
                "a/.git/b.drl",
                "a//b.drl",
                "a\\b.drl",
                "a.txt",
                "README.md",
                "",
                " /a.drl",
                "a/b/c/d/e/f/g/h/i.drl",
                "c:a.drl",
                "a\u0000.drl"
            })
    void aPathThatLeavesTheFolderOrIsNoRuleFileIsRefused(String path) {
        publish(Map.of("files", List.of(file(path, cheap(10)))))
                .statusCode(400)
                .body("field", equalTo("files[0].path"));
        check(file(path, cheap(10))).statusCode(400);
    }

    @Test
    void aFileThatIsNotThereIsNotDeleted() {
        int before = rulebook.live().number();
        for (String call : List.of("/rulebook/publish", "/rulebook/check", "/rulebook/changes")) {
            merchandiser()
                    .body(Map.of("files", List.of(file(RULES, cheap(11)), deleted("shelf/chep.drl"))))
                    .post(call)
                    .then()
                    .statusCode(422)
                    .body("field", equalTo("files[1].path"))
                    .body(
                            "detail",
                            equalTo("there is no file 'shelf/chep.drl' to delete; did you mean 'shelf/cheap.drl'?"));
        }
        merchandiser()
                .body(Map.of("files", List.of(deleted("shelf/chep.drl")), "share", 0.5))
                .post("/rulebook/staged")
                .then()
                .statusCode(422)
                .body("field", equalTo("files[0].path"));
        assertThat(rulebook.live().number()).isEqualTo(before);
    }

    @Test
    void aFileThatIsDeletedAlreadyMayBeDeletedAgain() {
        Map<String, Object> both = Map.of("files", List.of(deleted(RULES), deleted(EXAMPLES)));
        publish(both).statusCode(200).body("unchanged", not(equalTo(true)));
        publish(both).statusCode(200).body("unchanged", equalTo(true));
    }

    @Test
    void whatIsAskedForAmissIsToldWithItsField() {
        publish(Map.of("files", List.of())).statusCode(400).body("field", equalTo("files"));
        publish(Map.of("note", "n")).statusCode(400).body("field", equalTo("files"));
        publish(Map.of("files", List.of(Map.of("path", RULES))))
                .statusCode(400)
                .body("field", equalTo("files[0].text"));
        publish(Map.of("files", List.of(Map.of("path", RULES, "text", "", "deleted", true))))
                .statusCode(400);
        publish(Map.of("files", List.of(deleted(RULES), deleted(RULES))))
                .statusCode(400)
                .body("field", equalTo("files[1].path"));
        Map<String, Object> asked = new HashMap<>(Map.of("files", List.of(deleted(RULES))));
        asked.put("note", "x".repeat(501));
        publish(asked).statusCode(400).body("field", equalTo("note"));
        asked.remove("note");
        asked.put("accept", "x".repeat(501));
        publish(asked).statusCode(400).body("field", equalTo("accept"));
        merchandiser()
                .body(asked)
                .post("/rulebook/check")
                .then()
                .statusCode(400)
                .body("field", equalTo("accept"));
        asked.remove("accept");
        asked.put("base", 0);
        publish(asked).statusCode(400).body("field", equalTo("base"));
        asked.put("base", 99_999);
        publish(asked)
                .statusCode(400)
                .body("field", equalTo("base"))
                .body("detail", equalTo("there is no edition 99999"));
        merchandiser().body("null").post("/rulebook/publish").then().statusCode(400);
        given().get("/rulebook/editions/99999").then().statusCode(404);
        given().get("/rulebook/editions/99999/changes").then().statusCode(404);
        given().get("/rulebook/editions?limit=101").then().statusCode(400).body("field", equalTo("limit"));
        merchandiser().get("/rulebook/audit?limit=0").then().statusCode(400).body("field", equalTo("limit"));
        merchandiser().post("/rulebook/editions/99999/restore").then().statusCode(404);
    }

    @Test
    void whatIsTooLargeIsRefused() {
        publish("// " + "x".repeat(1 << 20)).statusCode(413);
        publish("// " + "x".repeat(RuleFile.BYTES_MAX))
                .statusCode(422)
                .body("problems[0].message", containsString("262144"));
        publish("// a\u0000b").statusCode(422).body("problems[0].message", containsString("U+0000"));
    }

    @Test
    void whoBeganWithAnEarlierEditionOverwritesNobody() {
        int base = rulebook.live().number();
        publish(Map.of("files", List.of(file(RULES, cheap(11))))).statusCode(200);
        Map<String, Object> late = Map.of("files", List.of(file(RULES, cheap(13))), "base", base);
        publish(late)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("changes[0].path", equalTo(RULES))
                .body("changes[0].edition", equalTo(base + 1))
                .body("changes[0].author", equalTo("merchandiser"))
                .body("changes[0].base", equalTo(cheap(10)))
                .body("changes[0].live", equalTo(cheap(11)));
        assertThat(live(RULES)).isEqualTo(cheap(11));
        publish(Map.of("files", List.of(file(EXAMPLES, examples() + "# more\n")), "base", base))
                .statusCode(200)
                .body("edition", equalTo(base + 2));
        publish(Map.of("files", List.of(file(RULES, cheap(11))), "base", base))
                .statusCode(200)
                .body("unchanged", equalTo(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/rulebook/publish",
                "/rulebook/staged",
                "/rulebook/scheduled",
                "/rulebook/editions/1/restore",
            })
    void nobodyChangesRulesUnderAnotherName(String path) {
        int before = rulebook.live().number();
        merchandiser()
                .body(Map.of("note", "was it the operator?", "author", "operator"))
                .post(path)
                .then()
                .statusCode(400)
                .body("field", equalTo("author"));
        assertThat(rulebook.live().number()).isEqualTo(before);
        merchandiser()
                .get("/rulebook/audit?who=operator")
                .then()
                .body("entries.detail", not(hasItem(containsString("was it the operator?"))));
    }

    @Test
    void publishesAtTheSameTimeComeOneAfterTheOther() throws Exception {
        int before = rulebook.live().number();
        ExecutorService editors = Executors.newFixedThreadPool(4);
        List<Future<Integer>> published = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String text = cheap(20 + i);
            published.add(
                    editors.submit(() -> publish(text).statusCode(200).extract().path("edition")));
        }
        List<Integer> numbers = new ArrayList<>();
        for (Future<Integer> one : published) {
            numbers.add(one.get(60, TimeUnit.SECONDS));
        }
        editors.shutdown();
        assertThat(numbers).containsExactlyInAnyOrder(before + 1, before + 2, before + 3, before + 4);
        assertThat(rulebook.live().number()).isEqualTo(before + 4);
    }

    @Test
    void whileTheDatabaseIsAwayNothingIsPublishedByCall() throws Exception {
        int before = rulebook.live().number();
        sql("alter table edition rename to away");
        try {
            publish(cheap(14))
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .header("Retry-After", not(equalTo(null)))
                    .body("detail", containsString("nothing was published; edition " + before + " continues to serve"));
            given().get("/rulebook/editions").then().statusCode(503);
            check(file(RULES, cheap(14))).statusCode(200).body("problems", equalTo(List.of()));
            assertThat(live(RULES)).isEqualTo(cheap(10));
            assertThat(Files.readString(folder.resolve(RULES))).isEqualTo(cheap(10));
        } finally {
            sql("alter table away rename to edition");
        }
        publish(cheap(14)).statusCode(200).body("edition", equalTo(before + 1));
    }

    @Test
    void anEarlierEditionIsRestoredAsTheNext() throws Exception {
        int before = rulebook.live().number();
        publish(cheap(15)).statusCode(200);
        merchandiser()
                .post("/rulebook/editions/" + before + "/restore")
                .then()
                .statusCode(200)
                .body("edition", equalTo(before + 2));
        assertThat(live(RULES)).isEqualTo(cheap(10));
        assertThat(rulebook.live().note()).isEqualTo("edition " + before + " restored");
        merchandiser()
                .body(Map.of("note", "no, rather not"))
                .post("/rulebook/editions/" + (before + 1) + "/restore")
                .then()
                .statusCode(200);
        assertThat(live(RULES)).isEqualTo(cheap(15));
        assertThat(rulebook.live().author()).isEqualTo("merchandiser");
        merchandiser()
                .get("/rulebook/audit?limit=2&action=restored")
                .then()
                .body("entries.action", contains("restored", "restored"))
                .body("entries[0].id", greaterThan(0));
        Await.until(() -> inStep(RULES));
    }

    @Test
    void aFileChangedOnBothSidesLosesNothing() throws Exception {
        // broken, it waits in the folder
        Files.writeString(folder.resolve(RULES), cheap(16).replace("price", "prise"));
        Await.until(() -> !rulebook.problems().isEmpty());
        publish(cheap(17)).statusCode(200);
        Await.until(() -> !rulebook.conflicts().isEmpty());
        Path beside = folder.resolve(rulebook.conflicts().get(0).beside());
        assertThat(Files.readString(folder.resolve(RULES))).contains("prise < 16");
        assertThat(Files.readString(beside)).isEqualTo(cheap(17));
        assertThat(live(RULES)).isEqualTo(cheap(17));
        given().get("/rulebook")
                .then()
                .body("conflicts[0].path", equalTo(RULES))
                .body("conflicts[0].edition", equalTo(rulebook.live().number()))
                .body("conflicts[0].message", containsString("save '" + RULES + "' again"));
        assertThat(given().get("/q/health").asString()).contains("conflicts").contains(RULES);

        Files.writeString(folder.resolve(RULES), cheap(16));
        Await.until(() -> cheap(16).equals(live(RULES)));
        Await.until(() -> rulebook.conflicts().isEmpty() && rulebook.problems().isEmpty() && !Files.exists(beside));
        merchandiser().get("/rulebook/audit").then().body("entries.action", hasItem("conflict-ended"));
    }
}
