package dev.vitrine.rulebook.publish;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.startsWith;

import dev.vitrine.problem.Problem;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule files as they are, sent by a program such as curl. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class RuleFormTest {
    private static final String RULES = "forms/plain.drl";
    private static final String EXAMPLES = "forms/plain.examples.yaml";
    private static final String NAME = "What costs less than a form is hidden";
    private static final String BOUNDARY = "----a-boundary-of-tests";

    @Inject
    Rulebook rulebook;

    /** A form, byte by byte as it is sent. */
    private static final class Form {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        Form field(String name, String value) {
            return part(
                    "Content-Disposition: form-data; name=\"" + name + "\"", value.getBytes(StandardCharsets.UTF_8));
        }

        Form file(String name, String fileName, String text) {
            return file(name, fileName, text.getBytes(StandardCharsets.UTF_8));
        }

        Form file(String name, String fileName, byte[] content) {
            return part(
                    "Content-Disposition: form-data; name=\"" + name + "\"; filename=\"" + fileName
                            + "\"\r\nContent-Type: application/octet-stream",
                    content);
        }

        Form part(String headers, byte[] content) {
            raw("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
            bytes.writeBytes(content);
            return raw("\r\n");
        }

        Form raw(String text) {
            bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
            return this;
        }

        ValidatableResponse to(String call) {
            return raw("--" + BOUNDARY + "--\r\n").unfinishedTo(call);
        }

        ValidatableResponse unfinishedTo(String call) {
            return as("multipart/form-data; boundary=" + BOUNDARY, call);
        }

        ValidatableResponse as(String type, String call) {
            return given().header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                    .header("Content-Type", type)
                    .body(bytes.toByteArray())
                    .post(call)
                    .then();
        }
    }

    private static String rule(int price) {
        return """
                // Ä comment of more than ASCII
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
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 1 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 300 } ] } ]
                """
                .formatted(NAME);
    }

    private static Form form() {
        return new Form();
    }

    private static Form both(int price) {
        return form().file(RULES, "plain.drl", rule(price)).file(EXAMPLES, "plain.examples.yaml", examples());
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    @AfterEach
    void leaveTheRulesAsTheyWere() {
        if (live(RULES) != null) {
            form().field("deleted", RULES)
                    .field("deleted", EXAMPLES)
                    .to("/rulebook/publish")
                    .statusCode(200);
        }
        assertThat(live(RULES)).isNull();
        assertThat(live(EXAMPLES)).isNull();
    }

    @Test
    void filesAreCheckedAndPublishedWithTheirNoteAndBase() {
        int before = rulebook.live().number();
        both(3).to("/rulebook/check").statusCode(200).body("problems.findAll { it.severity == 'error' }", empty());
        assertThat(rulebook.live().number()).isEqualTo(before);
        both(3).field("note", "forms are plain, 3 < 4")
                .field("base", Integer.toString(before))
                .to("/rulebook/publish")
                .statusCode(200)
                .body("edition", greaterThan(before));
        assertThat(live(RULES)).isEqualTo(rule(3));
        assertThat(live(EXAMPLES)).isEqualTo(examples());
        assertThat(rulebook.live().note()).isEqualTo("forms are plain, 3 < 4");
        both(4).field("base", Integer.toString(before))
                .to("/rulebook/publish")
                .statusCode(409)
                .body("changes[0].path", equalTo(RULES))
                .body("changes[0].live", equalTo(rule(3)));
    }

    @Test
    void textFieldsAreFilesTooAndSoAreNamesWithTheirFolder() {
        form().field(RULES, rule(3))
                .file("files", EXAMPLES, examples())
                .to("/rulebook/publish")
                .statusCode(200);
        assertThat(live(RULES)).isEqualTo(rule(3));
        assertThat(live(EXAMPLES)).isEqualTo(examples());
    }

    @Test
    void faultsAreTheSameAsThoseOfJson() {
        form().file(RULES, "plain.drl", rule(3).replace("price", "prise"))
                .to("/rulebook/check")
                .statusCode(200)
                .body("problems[0].file", equalTo(RULES))
                .body("problems[0].line", equalTo(5))
                .body("problems[0].cure", equalTo("Did you mean 'price'?"));
        form().file(RULES, "plain.drl", rule(3).replace("price", "prise"))
                .to("/rulebook/publish")
                .statusCode(422)
                .contentType(Problem.MEDIA_TYPE)
                .body("problems[0].message", equalTo("Candidate has no 'prise'."));
        form().file(RULES, "plain.drl", " ".repeat(RuleFile.BYTES_MAX + 1))
                .to("/rulebook/check")
                .statusCode(200)
                .body("problems[0].message", containsString("at most 262144 are allowed"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() {
        form().file(RULES, "plain.drl", "\uFEFF" + rule(3))
                .file(EXAMPLES, "plain.examples.yaml", examples())
                .to("/rulebook/publish")
                .statusCode(200);
        assertThat(live(RULES)).isEqualTo(rule(3));
    }

    @Test
    void aNameWithoutItsFolderIsNotGuessed() {
        String known = rulebook.live().files().stream()
                .map(RuleFile::path)
                .filter(path -> path.equals("shelf/cart.drl"))
                .findFirst()
                .orElseThrow();
        form().file("files", "cart.drl", "rule")
                .to("/rulebook/check")
                .statusCode(400)
                .body("field", equalTo("files"))
                .body(
                        "detail",
                        equalTo("has the file 'cart.drl' without its folder; if you mean " + known
                                + ", name the part so: -F 'shelf/cart.drl=@…'"));
        form().file("files", "none.drl", "rule")
                .to("/rulebook/check")
                .statusCode(400)
                .body("detail", endsWith("such as curl -F 'margin/core.drl=@rules/margin/core.drl'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.drl",
                "/etc/evil.drl",
                "a/../../evil.drl",
                ".hidden.drl",
                "a/.git/b.drl",
                "a//b.drl",
                "a\\b.drl",
                "c:a.drl",
                "CON.drl",
                " /a.drl",
                "a/b/c/d/e/f/g/h/i.drl"
            })
    void aPathThatLeavesTheFolderIsRefused(String path) {
        form().file(path, "a.drl", rule(3))
                .to("/rulebook/publish")
                .statusCode(400)
                .body("field", equalTo(path));
        form().file("files", "x/" + path, rule(3)).to("/rulebook/publish").statusCode(400);
        form().field("deleted", path).to("/rulebook/publish").statusCode(400).body("field", equalTo("deleted"));
    }

    @Test
    void aFileThatIsNotThereIsNotDeleted() {
        both(3).to("/rulebook/publish").statusCode(200);
        form().field("deleted", "forms/plan.drl")
                .to("/rulebook/publish")
                .statusCode(422)
                .body("field", equalTo("deleted"))
                .body("detail", endsWith("; did you mean 'forms/plain.drl'?"));
    }

    @Test
    void aPathAsGitHasItIsNotASecondFile() {
        form().file("rules/" + RULES, "plain.drl", rule(3))
                .to("/rulebook/publish")
                .statusCode(400)
                .body("field", equalTo("rules/" + RULES))
                .body(
                        "detail",
                        equalTo("begins with the folder of rules; paths are within the folder of rules: say " + RULES));
        form().field("deleted", "rules/" + RULES)
                .to("/rulebook/publish")
                .statusCode(400)
                .body("field", equalTo("deleted"));
    }

    @Test
    void aFileWithoutItsFolderIsNotASecondFile() {
        both(3).to("/rulebook/publish").statusCode(200);
        form().file("plain.drl", "plain.drl", rule(4))
                .to("/rulebook/publish")
                .statusCode(400)
                .body("field", equalTo("plain.drl"))
                .body("detail", startsWith("is in no folder, and there is forms/plain.drl: name the part so,"));
        assertThat(live("plain.drl")).isNull();
    }

    @Test
    void aNewFileMayStandOutsideOfAllFolders() {
        form().file("a-form.drl", "a-form.drl", rule(3))
                .file("a-form.examples.yaml", "a-form.examples.yaml", examples())
                .to("/rulebook/check")
                .statusCode(200)
                .body("problems.findAll { it.severity == 'fault' }", empty());
    }

    @Test
    void whatIsAskedForAmissIsToldWithItsField() {
        refused(form().file("notes.txt", "notes.txt", "x"), "notes.txt");
        refused(both(3).field("nota", "x"), "nota");
        refused(both(3).field("note", "x").field("note", "y"), "note");
        refused(both(3).field("base", "twelve"), "base");
        refused(both(3).field("base", "1.5"), "base");
        refused(both(3).field("base", ""), "base");
        refused(both(3).field("base", "1e999999999"), "base");
        refused(both(3).field("base", "0"), "base");
        refused(both(3).field("note", "x".repeat(501)), "note");
        refused(both(3).file(RULES, "plain.drl", rule(4)), RULES);
        refused(both(3).field("deleted", RULES), "deleted");
        refused(form().file(RULES, "plain.drl", ""), RULES);
        refused(form().field("note", "nothing else"), "files");
        refused(form().file(RULES, "plain.drl", new byte[] {'r', (byte) 0xE4, 'x'}), RULES);
        refused(
                form().part(
                                "Content-Disposition: form-data; name=\"" + RULES
                                        + "\"\r\nContent-Type: text/plain; charset=ISO-8859-1",
                                new byte[] {'x'}),
                RULES);
        refused(form().part("Content-Disposition: form-data", new byte[] {'x'}), null);
        refused(form().part("Content-Type: text/plain", new byte[] {'x'}), null);
        refused(form(), "files");
    }

    private static void refused(Form form, String field) {
        form.to("/rulebook/publish")
                .statusCode(400)
                .contentType(Problem.MEDIA_TYPE)
                .body("field", equalTo(field));
    }

    @Test
    void aFormThatIsNotWholeIsRefused() {
        both(3).unfinishedTo("/rulebook/publish").statusCode(400).contentType(Problem.MEDIA_TYPE);
        both(3).raw("--" + BOUNDARY + "\r\nContent-Dispo")
                .unfinishedTo("/rulebook/publish")
                .statusCode(400);
        form().raw("no form at all").unfinishedTo("/rulebook/publish").statusCode(400);
        form().unfinishedTo("/rulebook/publish").statusCode(400);
        both(3).raw("--" + BOUNDARY + "--\r\n")
                .as("multipart/form-data", "/rulebook/publish")
                .statusCode(400)
                .body("detail", containsString("boundary"));
        both(3).as("multipart/mixed; boundary=" + BOUNDARY, "/rulebook/publish").statusCode(415);
    }

    @Test
    void manyPartsAndLargeBodiesAreRefused() {
        Form many = form();
        for (int i = 0; i < 10_000; i++) {
            many.raw("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"a" + i + ".drl\"\r\n\r\nx\r\n");
        }
        // a little less than 1 MiB
        many.to("/rulebook/check").statusCode(400).body("detail", startsWith("the form has more than "));
        form().file(RULES, "plain.drl", "x".repeat(1 << 20))
                .to("/rulebook/check")
                .statusCode(413);
    }

    @Test
    void nothingOfAFormIsWrittenToADisk() throws Exception {
        Path uploads = Path.of(System.getProperty("java.io.tmpdir"));
        Set<String> before = files(uploads);
        both(3).to("/rulebook/check").statusCode(200);
        both(3).unfinishedTo("/rulebook/check").statusCode(400);
        Set<String> after = files(uploads);
        after.removeAll(before);
        assertThat(after).noneMatch(name -> name.contains("upload") || name.contains("plain"));
    }

    private static Set<String> files(Path folder) throws Exception {
        try (Stream<Path> found = Files.list(folder)) {
            return found.map(Path::getFileName).map(Path::toString).collect(Collectors.toCollection(HashSet::new));
        }
    }

    @Test
    void otherCallsThatTakeADraftTakeFormsToo() {
        both(3).field("request", "{\"placement\": \"home-page\", \"visit\": {\"id\": \"form-1\"}}")
                .to("/rulebook/preview")
                .statusCode(200)
                .body("placement", equalTo("home-page"));
        both(3).field("request", "{\"placemen\": \"home-page\"}")
                .to("/rulebook/preview")
                .statusCode(400)
                .body("field", equalTo("request.placemen"));
        both(3).field("request", "{").to("/rulebook/preview").statusCode(400).body("field", startsWith("request"));
        both(3).field("share", "2").to("/rulebook/staged").statusCode(400).body("field", equalTo("share"));
        both(3).field("share", "2").to("/rulebook/shadow").statusCode(400).body("field", equalTo("share"));
        both(3).field("decisions", "0")
                .to("/rulebook/backtests")
                .statusCode(400)
                .body("field", equalTo("decisions"));
        both(3).field("from", "2020-01-01T00:00:00Z")
                .to("/rulebook/scheduled")
                .statusCode(400)
                .body("field", equalTo("from"));
        both(3).field("from", "tomorrow")
                .to("/rulebook/scheduled")
                .statusCode(400)
                .body("field", equalTo("from"));
        // and those that take none do not
        form().field("share", "0.5").to("/rulebook/staged/share").statusCode(415);
    }

    @Test
    void aPreviewWithoutAFileIsOfTheLiveEdition() {
        String request = "{\"placement\": \"home-page\", \"visit\": {\"id\": \"form-2\"}}";
        form().field("request", request)
                .field("at", "2090-01-01T20:00:00Z")
                .to("/rulebook/preview")
                .statusCode(400)
                .body("field", equalTo("at"));
        form().field("request", request)
                .to("/rulebook/preview")
                .statusCode(200)
                .body("placement", equalTo("home-page"))
                .body("overlap", equalTo(1.0f));
        form().field("files", "[]")
                .field("request", request)
                .to("/rulebook/preview")
                .statusCode(200)
                .body("overlap", equalTo(1.0f));
        form().field("files", "[]").to("/rulebook/check").statusCode(200);
        form().field("files", "[{}]").to("/rulebook/check").statusCode(400).body("field", equalTo("files"));
        refused(form().field("files", "[]"), "files");
    }

    @Test
    void theDescriptionNamesTheForm() {
        given().header("Accept", "application/json")
                .get("/q/openapi")
                .then()
                .statusCode(200)
                .body("paths.'/rulebook/publish'.post.requestBody.content.keySet()", hasItem("multipart/form-data"))
                .body(
                        "paths.'/rulebook/check'.post.requestBody.content.'multipart/form-data'.schema.description",
                        startsWith("Rule files as they are"));
    }
}
