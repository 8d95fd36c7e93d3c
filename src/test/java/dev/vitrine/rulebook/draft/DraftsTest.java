package dev.vitrine.rulebook.draft;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.access.Caller;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.FourEyes;
import dev.vitrine.rulebook.publish.RemovedRules;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ines, whose key is the merchandiser's, and Karim, whose key is the operator's, prepare a change together. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class DraftsTest {
    private static final String INES = TestDatabase.MERCHANDISER_KEY;
    private static final String KARIM = TestDatabase.OPERATOR_KEY;
    private static final String RULES = "shelf/drafted.drl";
    private static final String EXAMPLES = "shelf/drafted.examples.yaml";
    private static final String RULE = "Drafted things step back";
    private static final String NAME = "Fewer drafted things";

    @ConfigProperty(name = "vitrine.rules")
    Path folder;

    @Inject
    Rulebook rulebook;

    @Inject
    SharedDrafts drafts;

    @Inject
    DataSource database;

    @AfterEach
    void leaveNothing() throws Exception {
        System.clearProperty(FourEyes.SETTING);
        // what is live leaves the folder by itself; deleted by hand as well, the next test's file could seem to be
        // deleted, too
        if (rulebook.live().files().stream().noneMatch(file -> file.path().equals(RULES))) {
            Files.deleteIfExists(folder.resolve(RULES));
            Files.deleteIfExists(folder.resolve(EXAMPLES));
        }
        RemovedRules.remove(RULES, EXAMPLES);
        Await.until(() -> rulebook.problems().isEmpty()
                && !Files.exists(folder.resolve(RULES))
                && !Files.exists(folder.resolve(EXAMPLES)));
        sql("delete from draft");
    }

    private static void askForFourEyes() {
        System.setProperty(FourEyes.SETTING, "true");
    }

    private void sql(String statement) throws Exception {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    private static RequestSpecification as(String key) {
        return given().contentType(ContentType.JSON).header("Authorization", "Bearer " + key);
    }

    private static String rule(int below) {
        return """
                // Nobody comes for these.
                rule "%s"
                    @owner( "Ines" )
                when
                    $c : Candidate( price < %d )
                then
                    shelf.bury( $c, 0.5 );
                end
                """
                .formatted(RULE, below);
    }

    private static List<Map<String, String>> files(int below) {
        return List.of(
                Map.of("path", RULES, "text", rule(below)),
                Map.of(
                        "path",
                        EXAMPLES,
                        "text",
                        """
                        "%s":
                          fires: [ { case: cheap, candidates: [ { sku: a, price: 2 } ] } ]
                          does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 300 } ] } ]
                        """
                                .formatted(RULE)));
    }

    private static Map<String, Object> wish(String name, int below) {
        return new HashMap<>(Map.of("name", name, "note", "they cost us", "files", files(below)));
    }

    private static long create(String key, int below) {
        return as(key).body(wish(NAME, below))
                .post("/rulebook/drafts")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
    }

    private static ValidatableResponse edit(String key, long id, int version, int below) {
        Map<String, Object> wish = wish(NAME, below);
        wish.put("version", version);
        return as(key).body(wish).put("/rulebook/drafts/" + id).then();
    }

    private static ValidatableResponse approve(String key, long id, int version) {
        return as(key).body(Map.of("version", version))
                .post("/rulebook/drafts/" + id + "/approve")
                .then();
    }

    private static ValidatableResponse publish(String key, long id) {
        return as(key).post("/rulebook/drafts/" + id + "/publish").then();
    }

    private static ValidatableResponse draft(long id) {
        return as(INES).get("/rulebook/drafts/" + id).then();
    }

    private static ValidatableResponse newest(String action) {
        return as(INES).get("/rulebook/audit?limit=1&action=" + action).then().statusCode(200);
    }

    private String live() {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(RULES))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    @Test
    void aDraftIsKeptForAll() {
        long id = create(INES, 10);
        as(KARIM)
                .get("/rulebook/drafts/" + id)
                .then()
                .statusCode(200)
                .body("name", equalTo(NAME))
                .body("note", equalTo("they cost us"))
                .body("state", equalTo("open"))
                .body("version", equalTo(1))
                .body("base", equalTo(rulebook.live().number()))
                .body("authors", equalTo(List.of("merchandiser")))
                .body("editedBy", equalTo("merchandiser"))
                .body("approval", equalTo(null))
                .body("comments", equalTo(List.of()))
                .body("files.find { it.path == '" + RULES + "' }.text", equalTo(rule(10)));
        as(KARIM)
                .get("/rulebook/drafts")
                .then()
                .statusCode(200)
                .body("drafts", hasSize(1))
                .body("drafts[0].id", equalTo((int) id))
                .body("drafts[0].paths", equalTo(List.of(RULES, EXAMPLES)))
                .body("drafts[0].files", equalTo(null));
        newest("draft-created")
                .body("entries[0].who", equalTo("merchandiser"))
                .body("entries[0].thing", equalTo("draft " + id))
                .body("entries[0].after.name", equalTo(NAME));
        assertThat(live()).as("it serves nobody").isNull();
    }

    @Test
    void itsAddressIsInLocation() {
        as(INES).body(wish(NAME, 10))
                .post("/rulebook/drafts")
                .then()
                .statusCode(201)
                .header("Location", containsString("/rulebook/drafts/"));
    }

    @Test
    void twoEditorsDoNotOverwriteEachOther() {
        long id = create(INES, 10);
        edit(KARIM, id, 99, 20)
                .statusCode(400)
                .body("field", equalTo("version"))
                .body("detail", startsWith("is 99; draft " + id))
                .body("detail", endsWith(" is at version 1, and there is no later one"));
        edit(KARIM, id, 1, 20)
                .statusCode(200)
                .body("version", equalTo(2))
                .body("authors", equalTo(List.of("merchandiser", "operator")));
        edit(INES, id, 1, 30)
                .statusCode(409)
                .contentType("application/problem+json")
                .body("detail", startsWith("'operator' edited draft " + id))
                .body("version", equalTo(2))
                .body("changes", hasSize(1))
                .body("changes[0].path", equalTo(RULES))
                .body("changes[0].yours", equalTo(rule(30)))
                .body("changes[0].theirs", equalTo(rule(20)));
        draft(id).body("version", equalTo(2));
        edit(INES, id, 2, 20).statusCode(200).body("version", equalTo(2)).body("editedBy", equalTo("operator"));
        newest("draft-edited").body("entries[0].who", equalTo("operator"));
    }

    @Test
    void ofTwoEditsAtOnceOneWins() throws Exception {
        long id = create(INES, 10);
        ExecutorService both = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Integer>> edits = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int below = 20 + i;
                edits.add(() -> edit(INES, id, 1, below).extract().statusCode());
            }
            List<Integer> answers = new ArrayList<>();
            for (var answer : both.invokeAll(edits)) {
                answers.add(answer.get());
            }
            assertThat(answers).containsExactlyInAnyOrder(200, 409);
        } finally {
            both.shutdownNow();
        }
        draft(id).body("version", equalTo(2));
    }

    @Test
    void peopleTalkAboutALineOfIt() {
        long id = create(INES, 10);
        approve(KARIM, id, 1).statusCode(200);
        as(KARIM)
                .body(Map.of("text", "Why ten?\nTwelve would do.", "file", RULES, "line", 5))
                .post("/rulebook/drafts/" + id + "/comments")
                .then()
                .statusCode(201)
                .body("who", equalTo("operator"))
                .body("version", equalTo(1));
        draft(id)
                .body("comments.text", equalTo(List.of("Why ten?\nTwelve would do.")))
                .body("comments[0].line", equalTo(5))
                .body("approval.by", equalTo("operator"));
        as(INES).get("/rulebook/drafts").then().body("drafts[0].commentCount", equalTo(1));
        as(INES).body(Map.of("text", "x", "file", "shelf/drafte.drl"))
                .post("/rulebook/drafts/" + id + "/comments")
                .then()
                .statusCode(400)
                .body("field", equalTo("file"))
                .body("detail", containsString("did you mean '" + RULES + "'?"));
    }

    @Test
    void aCommentOnALineThatIsNotThereIsRefused() {
        long id = create(INES, 10);
        int lines = (int) rule(10).lines().count();
        for (int line : List.of(lines + 1, 9999)) {
            as(KARIM)
                    .body(Map.of("text", "Why?", "file", RULES, "line", line))
                    .post("/rulebook/drafts/" + id + "/comments")
                    .then()
                    .statusCode(400)
                    .body("field", equalTo("line"))
                    .body("detail", equalTo("is " + line + "; the file has " + lines + " lines"));
        }
        as(KARIM)
                .body(Map.of("text", "Why?", "file", RULES, "line", lines))
                .post("/rulebook/drafts/" + id + "/comments")
                .then()
                .statusCode(201);
    }

    @Test
    void aDraftThatDeletesAFileThatIsNotThereIsRefused() {
        as(INES).body(Map.of(
                        "name", "A slip", "files", List.of(Map.of("path", "shelf/not-there.drl", "deleted", true))))
                .post("/rulebook/drafts")
                .then()
                .statusCode(422)
                .body("field", equalTo("files[0].path"))
                .body("detail", startsWith("there is no file 'shelf/not-there.drl' to delete"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|text",
                "{\"text\": \" \"}|text",
                "{\"text\": \"a\", \"line\": 3}|file",
                "{\"text\": \"a\", \"file\": \"shelf/drafted.drl\", \"line\": 0}|line",
                "{\"text\": \"a\", \"who\": \"somebody else\"}|who"
            })
    void aCommentThatIsNoneIsRefused(String body, String field) {
        long id = create(INES, 10);
        as(INES).body(body)
                .post("/rulebook/drafts/" + id + "/comments")
                .then()
                .statusCode(400)
                .body("field", equalTo(field));
        as(INES).body(Map.of("text", "x".repeat(2001)))
                .post("/rulebook/drafts/" + id + "/comments")
                .then()
                .statusCode(400)
                .body("field", equalTo("text"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"files\": []}|name|400",
                "{\"name\": \" \", \"files\": []}|name|400",
                "{\"name\": \"a\\u200bb\", \"files\": []}|name|400",
                "{\"name\": \"a\"}|files|400",
                "{\"name\": \"a\", \"files\": [null]}|files[0]|400",
                "{\"name\": \"a\", \"files\": [{\"path\": \"../a.drl\", \"text\": \"\"}]}|files[0].path|400",
                "{\"name\": \"a\", \"files\": [], \"base\": 0}|base|400",
                "{\"name\": \"a\", \"files\": [], \"base\": 99999}|base|400",
                "{\"name\": \"a\", \"files\": [], \"author\": \"Ines\"}|author|400",
                "{\"name\": \"a\", \"files\": [{\"path\": \"a.drl\", \"text\": \"a\\u0000\"}]}||422",
                "{\"name\": \"a\", \"files\": [{\"path\": \"a.drl\", \"text\": \"\\ud800\"}]}||422"
            })
    void whatIsNoDraftIsRefused(String body, String field, int status) {
        as(INES).body(body)
                .post("/rulebook/drafts")
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("field", equalTo(field));
    }

    @Test
    void whatIsNotKeptSaysNothingOfPublishing() {
        as(INES).body(Map.of("name", "a", "files", List.of(Map.of("path", "a.drl", "text", "a\u0000"))))
                .post("/rulebook/drafts")
                .then()
                .statusCode(422)
                .body("detail", equalTo("The draft was not kept: one fault in its files"))
                .body("problems", hasSize(1));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        as(INES).get("/rulebook/drafts/99999").then().statusCode(404).body("field", equalTo("id"));
        edit(INES, 99_999, 1, 10).statusCode(404);
        edit(INES, 99_999, 0, 10).statusCode(400).body("field", equalTo("version"));
        approve(INES, 99_999, 1).statusCode(404);
        publish(INES, 99_999).statusCode(404);
        as(INES).delete("/rulebook/drafts/99999").then().statusCode(404);
        as(INES).delete("/rulebook/drafts/99999/approval").then().statusCode(404);
        as(INES).get("/rulebook/drafts?state=shut").then().statusCode(400).body("field", equalTo("state"));
        as(TestDatabase.STOREFRONT_KEY).get("/rulebook/drafts").then().statusCode(403);
    }

    @Test
    void namesAreToldApart() {
        long id = create(INES, 10);
        as(KARIM)
                .body(wish(NAME, 20))
                .post("/rulebook/drafts")
                .then()
                .statusCode(409)
                .body("field", equalTo("name"));
        as(KARIM)
                .body(wish("fewer drafted  things", 20))
                .post("/rulebook/drafts")
                .then()
                .statusCode(409)
                .body("detail", containsString("looks like '" + NAME + "'"));
        as(INES).delete("/rulebook/drafts/" + id).then().statusCode(204);
        newest("draft-deleted").body("entries[0].before.name", equalTo(NAME));
        as(KARIM)
                .body(wish("fewer drafted  things", 20))
                .post("/rulebook/drafts")
                .then()
                .statusCode(201);
    }

    @Test
    void thereAreNotMoreThanPeopleRemember() throws Exception {
        sql(
                """
                insert into draft (state, version, name, note, base, edits, paths, authors, created_at, edited_at, edited_by)
                select 'OPEN', 1, 'Draft number ' || i, '', 1, '[]', '[]', '["Ines"]', now(), now(), 'Ines'
                from generate_series(1, 200) i""");
        as(INES).body(wish(NAME, 10))
                .post("/rulebook/drafts")
                .then()
                .statusCode(409)
                .body("detail", containsString("there are 200 open drafts already"));
        as(INES).get("/rulebook/drafts").then().statusCode(200).body("drafts", hasSize(200));
    }

    @Test
    void aDraftIsPublishedAndThenStaysAsItIs() {
        long id = create(INES, 10);
        int edition = publish(KARIM, id).statusCode(200).extract().path("edition");
        assertThat(live()).isEqualTo(rule(10));
        as(INES).get("/rulebook/editions/" + edition)
                .then()
                .body("author", equalTo("operator"))
                .body("note", equalTo(NAME + ": they cost us"));
        draft(id).body("state", equalTo("published")).body("edition", equalTo(edition));
        as(INES).get("/rulebook/drafts").then().body("drafts", equalTo(List.of()));
        as(INES).get("/rulebook/drafts?state=published").then().body("drafts.id", equalTo(List.of((int) id)));
        newest("draft-published")
                .body("entries[0].who", equalTo("operator"))
                .body("entries[0].edition", equalTo(edition))
                .body("entries[0].detail", equalTo(NAME + ": by merchandiser"));
        edit(INES, id, 1, 30).statusCode(409).body("detail", containsString("was published as edition " + edition));
        publish(INES, id).statusCode(409);
        approve(KARIM, id, 1).statusCode(409);
        as(INES).delete("/rulebook/drafts/" + id).then().statusCode(409);
    }

    @Test
    void aDraftThatIsLiveAlreadyIsDoneToo() {
        publish(INES, create(INES, 10)).statusCode(200);
        long again = create(INES, 10);
        publish(INES, again).statusCode(200).body("unchanged", equalTo(true));
        draft(again).body("state", equalTo("published"));
    }

    @Test
    void whatSomebodyChangedSinceItsBaseIsNotOverwritten() {
        publish(INES, create(INES, 10)).statusCode(200);
        long id = create(INES, 20);
        as(KARIM)
                .body(Map.of("files", files(30)))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
        publish(INES, id)
                .statusCode(409)
                .body("changes[0].path", equalTo(RULES))
                .body("changes[0].author", equalTo("operator"))
                .body("changes[0].base", equalTo(rule(10)))
                .body("changes[0].live", equalTo(rule(30)));
        draft(id).body("state", equalTo("open"));
        Map<String, Object> wish = wish(NAME, 20);
        wish.put("version", 1);
        wish.put("base", rulebook.live().number());
        as(INES).body(wish).put("/rulebook/drafts/" + id).then().statusCode(200).body("version", equalTo(2));
        publish(INES, id).statusCode(200);
        assertThat(live()).isEqualTo(rule(20));
    }

    @Test
    void aDraftMayHaveFaultsAndIsNotPublishedWithThem() {
        long id = as(INES).body(Map.of("name", NAME, "files", List.of(Map.of("path", RULES, "text", "rule \"Half"))))
                .post("/rulebook/drafts")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath()
                .getLong("id");
        publish(INES, id).statusCode(422).body("problems.file", hasItem(RULES));
        as(INES).body(Map.of("draft", id))
                .post("/rulebook/check")
                .then()
                .statusCode(200)
                .body("problems.file", hasItem(RULES));
        draft(id).body("state", equalTo("open"));
    }

    @Test
    void anEditTakesTheApprovalAway() {
        long id = create(INES, 10);
        approve(INES, id, 1).statusCode(403).body("detail", startsWith("'merchandiser' has edited draft " + id));
        approve(KARIM, id, 2).statusCode(409).body("field", equalTo("version"));
        approve(KARIM, id, 1).statusCode(200).body("approval.by", equalTo("operator"));
        newest("draft-approved").body("entries[0].detail", equalTo(NAME + ": version 1"));
        edit(INES, id, 1, 10).statusCode(200).body("approval.by", equalTo("operator"));
        edit(INES, id, 1, 20).statusCode(200).body("approval", equalTo(null));
        newest("draft-edited").body("entries[0].detail", endsWith("no longer approved by operator"));
        approve(KARIM, id, 2).statusCode(200);
        as(INES).delete("/rulebook/drafts/" + id + "/approval")
                .then()
                .statusCode(200)
                .body("approval", equalTo(null));
        newest("draft-approval-withdrawn").body("entries[0].who", equalTo("merchandiser"));
        edit(KARIM, id, 2, 30).statusCode(200);
        approve(KARIM, id, 3).statusCode(403);
        as(INES).body("{}").post("/rulebook/drafts/" + id + "/approve").then().statusCode(400);
    }

    @Test
    void whereTwoPeopleAreAskedForOneAloneChangesNothing() throws Exception {
        askForFourEyes();
        int before = rulebook.live().number();
        Map<String, Object> change = Map.of("files", files(10));
        for (String call : List.of("/rulebook/publish", "/rulebook/staged", "/rulebook/scheduled")) {
            Map<String, Object> body = new HashMap<>(change);
            if (call.endsWith("staged")) {
                body.put("share", 0.5);
            } else if (call.endsWith("scheduled")) {
                body.put("from", "2027-01-01T00:00:00Z");
            }
            as(INES).body(body)
                    .post(call)
                    .then()
                    .statusCode(403)
                    .body("field", equalTo("files"))
                    .body("detail", containsString("POST /rulebook/drafts"));
        }
        long id = create(INES, 10);
        publish(KARIM, id).statusCode(403).body("detail", containsString("somebody other than merchandiser"));
        as(INES).body(Map.of("draft", id, "share", 0.5))
                .post("/rulebook/staged")
                .then()
                .statusCode(403)
                .body("field", equalTo("draft"));
        assertThat(rulebook.live().number()).isEqualTo(before);
        approve(KARIM, id, 1).statusCode(200);
        publish(INES, id).statusCode(200);
        assertThat(live()).isEqualTo(rule(10));
        newest("draft-published").body("entries[0].detail", equalTo(NAME + ": by merchandiser, approved by operator"));
        as(INES).post("/rulebook/editions/" + (before + 1) + "/undo").then().statusCode(200);
        assertThat(live()).as("going back needs nobody else").isNull();
    }

    @Test
    void whereTwoPeopleAreAskedForTheFolderDoesNotPublish() throws Exception {
        askForFourEyes();
        for (Map<String, String> file : files(10)) {
            Path path = folder.resolve(file.get("path"));
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.get("text"));
        }
        Await.until(() -> rulebook.problems().stream()
                .anyMatch(problem -> problem.file().equals(RULES)
                        && problem.message().startsWith("Nobody else has approved this change")));
        assertThat(live()).isNull();
        long id = create(INES, 10);
        approve(KARIM, id, 1).statusCode(200);
        publish(INES, id).statusCode(200);
        Await.until(() -> rulebook.problems().isEmpty() && rulebook.conflicts().isEmpty());
    }

    /** The one who publishes waits for another publication; meanwhile the draft is edited. */
    @Test
    void whatIsEditedWhileItIsPublishedIsNotPublished() throws Exception {
        askForFourEyes();
        long id = create(INES, 10);
        approve(KARIM, id, 1).statusCode(200);
        int before = rulebook.live().number();
        Caller ines = new Caller() {
            @Override
            public String name() {
                return "merchandiser";
            }
        };
        FutureTask<Object> publishing = new FutureTask<>(() -> drafts.publish(id, null, null, null, ines));
        Thread publisher = new Thread(publishing);
        synchronized (rulebook) {
            publisher.start();
            Await.until(() -> publisher.getState() == Thread.State.BLOCKED);
            edit(INES, id, 1, 99).statusCode(200);
        }
        assertThatThrownBy(publishing::get)
                .hasCauseInstanceOf(ProblemException.class)
                .hasMessageContaining("nothing was published");
        assertThat(rulebook.live().number()).isEqualTo(before);
        draft(id).body("state", equalTo("open")).body("version", equalTo(2));
    }

    @Test
    void aDraftStandsForItsFilesInOtherCalls() {
        long id = create(INES, 10);
        as(INES).body(Map.of("draft", id, "files", List.of()))
                .post("/rulebook/check")
                .then()
                .statusCode(400)
                .body("field", equalTo("files"));
        as(INES).body(Map.of("draft", 99_999))
                .post("/rulebook/check")
                .then()
                .statusCode(404)
                .body("field", equalTo("draft"));
        as(INES).body(Map.of("draft", id)).post("/rulebook/check").then().statusCode(200);
        as(INES).body(Map.of(
                        "draft", id, "request", Map.of("placement", "home-page", "visit", Map.of("id", "v-draft"))))
                .post("/rulebook/preview")
                .then()
                .statusCode(200);
        int staged = as(INES).body(Map.of("draft", id, "share", 0.0001))
                .post("/rulebook/staged")
                .then()
                .statusCode(200)
                .extract()
                .path("edition");
        as(INES).delete("/rulebook/staged").then().statusCode(200);
        as(INES).get("/rulebook/editions/" + staged)
                .then()
                .body("files.find { it.path == '" + RULES + "' }.text", equalTo(rule(10)));
        long planned = as(INES).body(Map.of("draft", id, "from", "2027-01-01T00:00:00Z"))
                .post("/rulebook/scheduled")
                .then()
                .statusCode(200)
                .body("paths", hasItem(RULES))
                .extract()
                .jsonPath()
                .getLong("id");
        as(INES).delete("/rulebook/scheduled/" + planned).then().statusCode(200);
    }

    @Test
    void whatADraftChangesIsToldByRuleAndByWord() {
        publish(INES, create(INES, 10)).statusCode(200);
        long id = create(INES, 20);
        as(INES).get("/rulebook/changes?draft=" + id)
                .then()
                .statusCode(200)
                .body("edition", equalTo(rulebook.live().number()))
                .body("files", equalTo(List.of(RULES)))
                .body("rules", hasSize(1))
                .body("rules[0].rule", equalTo(RULE))
                .body("rules[0].change", equalTo("changed"))
                .body("rules[0].words.findAll { it.fate != 'kept' }.fate", equalTo(List.of("removed", "added")))
                .body("rules[0].words.findAll { it.fate != 'kept' }.text", equalTo(List.of("10", "20")))
                .body("rules[0].says", equalTo(List.of()));
        as(INES).body(Map.of(
                        "files",
                        List.of(Map.of(
                                "path",
                                RULES,
                                "text",
                                rule(10).replace("\"Ines\" )", "\"Karim\" )\n    enabled false")))))
                .post("/rulebook/changes")
                .then()
                .statusCode(200)
                .body("rules[0].says", equalTo(List.of("is paused", "belongs to Karim, not Ines")));
        as(INES).get("/rulebook/changes").then().statusCode(400).body("field", equalTo("draft"));
        as(INES).get("/rulebook/changes?draft=99999").then().statusCode(404);
        as(INES).body("{}").post("/rulebook/changes").then().statusCode(400).body("field", equalTo("files"));
        as(INES).get("/rulebook/editions/" + rulebook.live().number() + "/changes")
                .then()
                .body("rules[0].words.fate", equalTo(List.of("added")))
                .body("rules[0].after", not(equalTo(null)));
    }
}
