package dev.vitrine.rulebook.command;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.Vitrine;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.folder.TemporaryRules;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

/** A shop that keeps its rules in a folder of its own, and a service that serves them. */
@QuarkusTest
@WithTestResource(TemporaryRules.class)
class RuleCommandsTest {
    private static final String RULES = "git/cheap.drl";
    private static final String EXAMPLES = "git/cheap.examples.yaml";
    private static final String NAME = "What costs less than a branch is hidden";

    @TempDir
    Path home;

    @Inject
    Rulebook rulebook;

    @TestHTTPResource
    URI service;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path folder;
    private Path key;

    @BeforeEach
    void theFolderSaysWhatIsLive() throws Exception {
        folder = home.resolve("rules");
        key = Files.writeString(home.resolve("key"), TestDatabase.MERCHANDISER_KEY + "\n");
        assertThat(run("pull")).isZero();
        assertThat(said()).contains(" written, no files deleted, no files kept");
    }

    @AfterEach
    void leaveTheRulesAsTheyWere() {
        if (live(RULES) != null) {
            publish(Map.of("path", RULES, "deleted", true), Map.of("path", EXAMPLES, "deleted", true));
        }
    }

    /** Runs a command as the jar does, on the folder and with the key. */
    private int run(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "--rules", folder.toString(), "--no-github"));
        if (command.equals("pull") || !List.of(options).contains("--offline")) {
            arguments.addAll(List.of("--url", service.toString(), "--key-file", key.toString()));
        }
        if (command.equals("publish")) {
            // the tests' rule hides
            arguments.addAll(List.of("--accept", "a test"));
        }
        arguments.addAll(List.of(options));
        return runPlainly(arguments.toArray(new String[0]));
    }

    private int runPlainly(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(Vitrine.class)
                .setColorScheme(Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void whatCannotBeWrittenIsToldAndEndsWithItsCode() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        int code = new CommandLine(Vitrine.class)
                .setOut(new PrintWriter(full))
                .setErr(new PrintWriter(err))
                .execute(
                        "diff",
                        "--rules",
                        folder.toString(),
                        "--url",
                        service.toString(),
                        "--key-file",
                        key.toString());
        assertThat(code).isEqualTo(ExitCode.REFUSED);
        assertThat(complained()).contains("The output cannot be written");
    }

    private String said() {
        return out.toString();
    }

    private String complained() {
        return err.toString();
    }

    private JsonNode json() throws Exception {
        return Json.MAPPER.readTree(said());
    }

    private static String rule(int price) {
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

    private void write(Path rules, int price) throws IOException {
        write(rules, rule(price));
    }

    private static void write(Path rules, String rule) throws IOException {
        Files.createDirectories(rules.resolve("git"));
        Files.writeString(rules.resolve(RULES), rule);
        Files.writeString(
                rules.resolve(EXAMPLES),
                """
                "%s":
                  fires: [ { case: cheap, candidates: [ { sku: a, price: 1 } ] } ]
                  does-not-fire: [ { case: dear, candidates: [ { sku: a, price: 300 } ] } ]
                """
                        .formatted(NAME));
    }

    private String live(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst()
                .orElse(null);
    }

    /** Somebody else publishes, without the commands. */
    private static void publish(Object... files) {
        given().contentType(ContentType.JSON)
                .header("Authorization", "Bearer " + TestDatabase.OPERATOR_KEY)
                .body(Map.of("files", List.of(files), "accept", "a test"))
                .post("/rulebook/publish")
                .then()
                .statusCode(200);
    }

    @Test
    void aChangeIsSeenCheckedAndPublished() throws Exception {
        int before = rulebook.live().number();
        assertThat(run("diff", "--exit-code")).isZero();
        assertThat(said()).contains("changes nothing of edition " + before);

        write(folder, 3);
        assertThat(run("diff")).isZero();
        assertThat(said())
                .contains("added    rule \"" + NAME + "\" (" + RULES + ")")
                .contains("--- /dev/null")
                .contains("+    $c : Candidate( price < 3 )");
        assertThat(run("diff", "--exit-code")).isEqualTo(ExitCode.FAULTS);
        assertThat(run("check")).isZero();
        assertThat(said()).contains("no faults and ").contains(" changes 2 files of edition " + before);
        assertThat(run("publish", "--dry-run")).isZero();
        assertThat(said()).contains("This could be published: ");
        assertThat(rulebook.live().number()).isEqualTo(before);

        assertThat(run("publish", "--note", "Hide what is cheap (#12)")).isZero();
        assertThat(said()).contains("Edition " + (before + 1) + " is live: ");
        assertThat(live(RULES)).isEqualTo(rule(3));
        assertThat(rulebook.live().author()).isEqualTo("merchandiser");
        assertThat(rulebook.live().note()).isEqualTo("Hide what is cheap (#12)");

        assertThat(run("publish")).isZero();
        assertThat(said()).contains("Nothing to publish");
        assertThat(rulebook.live().number()).isEqualTo(before + 1);
    }

    @Test
    void faultsHaveTheirPlaceInTheFolder() throws Exception {
        write(folder, rule(3).replace("price", "prise"));
        String fault = folder + "/" + RULES + ":4:21 fault  \"" + NAME + "\": Candidate has no 'prise'.";
        assertThat(run("check")).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains(fault).contains("    Did you mean 'price'?").contains("1 fault and ");
        assertThat(run("publish")).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains(fault).contains("Not published: 1 fault");
        assertThat(run("publish", "--dry-run")).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains(fault).contains("This could not be published");
        assertThat(run("check", "--offline")).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains(fault);
        assertThat(live(RULES)).isNull();
    }

    @Test
    void warningsAreFaultsWhereThatIsAskedFor() throws Exception {
        write(folder, rule(3).replace("\" )", "\" ) date-expires \"2020-01-01\""));
        Path examples = folder.resolve(EXAMPLES);
        Files.writeString(examples, Files.readString(examples).replace("case:", "at: \"2019-12-01T12:00:00Z\", case:"));
        assertThat(run("check")).as(said()).isZero();
        assertThat(said()).contains(RULES + ":1:1 warning  ").contains("The rule ended on 2020-01-01");
        assertThat(run("check", "--strict")).isEqualTo(ExitCode.FAULTS);
    }

    @Test
    void programsGetOneObject() throws Exception {
        write(folder, 3);
        int before = rulebook.live().number();
        assertThat(run("check", "--json")).isZero();
        assertThat(json().path("faults").asInt()).isZero();
        assertThat(json().path("edition").asInt()).isEqualTo(before);
        assertThat(json().path("changed").size()).isEqualTo(2);
        assertThat(run("diff", "--json")).isZero();
        assertThat(json().path("rules").path(0).path("rule").asText()).isEqualTo(NAME);
        assertThat(run("publish", "--json")).isZero();
        assertThat(json().path("edition").asInt()).isEqualTo(before + 1);
        assertThat(json().path("unchanged").asBoolean()).isFalse();
        assertThat(run("pull", "--json")).isZero();
        assertThat(json().path("written").size()).isZero();
    }

    @Test
    void filesThatTheFolderLacksAreDeletedOnlyWhereThatIsAskedFor() throws Exception {
        write(folder, 3);
        assertThat(run("publish")).isZero();
        Files.delete(folder.resolve(RULES));
        Files.delete(folder.resolve(EXAMPLES));
        assertThat(run("publish")).isZero();
        assertThat(said())
                .contains("Nothing to publish")
                .contains("--delete deletes them")
                .contains(RULES);
        assertThat(live(RULES)).isNotNull();
        assertThat(run("publish", "--delete")).isZero();
        assertThat(said()).contains("deletes 2 files");
        assertThat(live(RULES)).isNull();
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsAConflictWithBothTexts() throws Exception {
        write(folder, 3);
        assertThat(run("publish")).isZero();
        Path before = home.resolve("before");
        write(before, 3);
        publish(Map.of("path", RULES, "text", rule(4)));

        write(folder, 5);
        for (String command : List.of("publish", "check", "diff")) {
            assertThat(run(command, "--before", before.toString())).as(command).isEqualTo(ExitCode.CONFLICT);
            assertThat(said())
                    .contains("-    $c : Candidate( price < 4 )")
                    .contains("+    $c : Candidate( price < 5 )");
            assertThat(complained()).contains("  " + RULES);
        }
        assertThat(run("publish", "--before", before.toString(), "--json")).isEqualTo(ExitCode.CONFLICT);
        assertThat(json().path("conflicts").path(0).path("live").asText()).isEqualTo(rule(4));
        assertThat(live(RULES)).isEqualTo(rule(4));

        // the change did not touch it: theirs stays
        write(folder, 3);
        assertThat(run("publish", "--before", before.toString())).isZero();
        assertThat(said()).contains("not part of this change").contains(RULES);
        assertThat(live(RULES)).isEqualTo(rule(4));
    }

    @Test
    void theServiceRefusesWhatWasChangedSinceTheBase() throws Exception {
        write(folder, 3);
        assertThat(run("publish")).isZero();
        int base = rulebook.live().number();
        publish(Map.of("path", RULES, "text", rule(4)));
        write(folder, 5);
        assertThat(run("publish", "--base", Integer.toString(base))).isEqualTo(ExitCode.CONFLICT);
        assertThat(said()).contains("-    $c : Candidate( price < 4 )").contains("+    $c : Candidate( price < 5 )");
        assertThat(live(RULES)).isEqualTo(rule(4));
    }

    @Test
    void whatWasPublishedElsewhereComesIntoTheFolder() throws Exception {
        write(folder, 3);
        assertThat(run("publish")).isZero();
        publish(Map.of("path", RULES, "text", rule(4)));
        Files.writeString(folder.resolve("git/mine.drl"), "// not published yet\n");

        assertThat(run("pull", "--dry-run")).isZero();
        assertThat(said()).contains("written  " + RULES).contains("kept     git/mine.drl");
        assertThat(folder.resolve(RULES)).hasContent(rule(3));
        assertThat(run("pull")).isZero();
        assertThat(folder.resolve(RULES)).hasContent(rule(4));
        assertThat(folder.resolve("git/mine.drl")).exists();
        assertThat(run("pull", "--delete")).isZero();
        assertThat(folder.resolve("git/mine.drl")).doesNotExist();
        assertThat(run("diff", "--exit-code")).isZero();
    }

    private Path homePage(String visit) throws IOException {
        return Files.writeString(
                home.resolve("page.json"),
                """
                { "placement": "home-page", "visit": { "id": "%s" },
                  "candidates": [ { "sku": "branch-cheap", "score": 0.9, "price": 5 },
                                  { "sku": "branch-dear", "score": 0.5, "price": 50 } ] }
                """
                        .formatted(visit));
    }

    @Test
    void aPreviewShowsBothLists() throws Exception {
        write(folder, 20);
        Path request = homePage("branch-1");
        assertThat(run("preview", "--request", request.toString()))
                .as(complained())
                .isZero();
        assertThat(said())
                .contains("home-page, edition ")
                .containsPattern("1  branch-cheap +branch-dear +↑ from 2")
                .contains("now \"" + NAME + "\": hide");
        assertThat(run("preview", "--request", request.toString(), "--json")).isZero();
        assertThat(json().path("after").path(0).asText()).isEqualTo("branch-dear");

        assertThat(run("preview", "--decision", "none-of-these")).isEqualTo(ExitCode.REFUSED);
        assertThat(complained()).contains("decisionId");
        assertThat(run("preview")).isEqualTo(ExitCode.USAGE);
        assertThat(run("preview", "--request", request + "-not")).isEqualTo(ExitCode.USAGE);
        assertThat(run(
                        "preview",
                        "--request",
                        Files.writeString(home.resolve("half.json"), "{").toString()))
                .isEqualTo(ExitCode.USAGE);
        write(folder, rule(3).replace("price", "prise"));
        assertThat(run("preview", "--request", request.toString())).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains("Candidate has no 'prise'.");
    }

    @Test
    void aPreviewIsMadeForAnotherTimeAndWithACampaignThatIsOnlyTried() throws Exception {
        write(folder, 20);
        Path request = homePage("branch-2");
        Path one = Files.writeString(
                home.resolve("one.json"),
                "{\"name\": \"Branch week\", \"theme\": \"season\", \"skus\": [\"branch-dear\"]}");
        Path two = Files.writeString(home.resolve("two.json"), "{\"name\": \"Twig week\", \"theme\": \"season\"}");
        String[] options = {
            "--request",
            request.toString(),
            "--at",
            "2027-02-05T20:00",
            "--campaign",
            one.toString(),
            "--campaign",
            two.toString()
        };
        assertThat(run("preview", options)).as(complained()).isZero();
        assertThat(said())
                .contains("As of 2027-02-05T20:00:00Z, during ")
                .contains("'Branch week'")
                .contains("'Twig week'")
                .contains("What the campaigns that are tried move, of the list after:");
        List<String> json = new ArrayList<>(List.of(options));
        json.add("--json");
        assertThat(run("preview", json.toArray(new String[0]))).isZero();
        assertThat(json().path("at").asText()).isEqualTo("2027-02-05T20:00:00Z");
        assertThat(json().path("campaigns").size()).isGreaterThanOrEqualTo(2);
        assertThat(json().has("movedByCampaigns")).isTrue();

        assertThat(run("preview", "--request", request.toString(), "--at", "tonight"))
                .isEqualTo(ExitCode.REFUSED);
        assertThat(complained()).contains("at: 'tonight' is not an ISO 8601 time");
        assertThat(run("preview", "--request", request.toString(), "--campaign", home + "/none.json"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(complained()).contains("--campaign " + home + "/none.json cannot be read");
    }

    @Test
    void theFolderAroundTheRulesIsNoFolderOfRules() throws Exception {
        Files.delete(key);
        folder = home;
        for (String command : List.of("check", "publish", "preview", "diff")) {
            List<String> options =
                    command.equals("preview") ? List.of("--decision", "any") : List.of("--before", home.toString());
            assertThat(run(command, options.toArray(new String[0]))).isEqualTo(ExitCode.USAGE);
            assertThat(complained()).contains("say --rules " + home.resolve("rules"));
        }
    }

    @Test
    void aFolderThatCannotBeReadIsSentNowhere() throws Exception {
        Files.write(folder.resolve("latin.drl"), new byte[] {'/', '/', ' ', (byte) 0xE4});
        assertThat(run("publish")).isEqualTo(ExitCode.FAULTS);
        assertThat(said()).contains("latin.drl:1:1 fault  The file is not UTF-8 text.");
        folder = home.resolve("nowhere");
        assertThat(run("publish")).isEqualTo(ExitCode.USAGE);
        assertThat(complained()).contains("there is no folder");
    }

    @Test
    void aKeyThatMayNotPublishIsRefused() throws Exception {
        write(folder, 3);
        Files.writeString(key, "vitrine_wrong");
        assertThat(run("publish")).isEqualTo(ExitCode.REFUSED);
        Files.writeString(key, TestDatabase.STOREFRONT_KEY);
        assertThat(run("publish")).isEqualTo(ExitCode.REFUSED);
        assertThat(complained()).contains("storefront");
        Files.writeString(key, "two\nlines");
        assertThat(run("publish")).isEqualTo(ExitCode.USAGE);
        assertThat(complained()).doesNotContain("lines");
        Files.writeString(key, "\n");
        assertThat(run("publish")).isEqualTo(ExitCode.USAGE);
        assertThat(complained()).contains("--key-file " + key + " is empty");
        Files.delete(key);
        assertThat(run("publish")).isEqualTo(ExitCode.USAGE);
        assertThat(live(RULES)).isNull();
    }

    @Test
    void wrongArgumentsAreNamed() throws Exception {
        assertThat(runPlainly("publish", "--nope")).isEqualTo(ExitCode.USAGE);
        assertThat(runPlainly("publish", "--key", "secret"))
                .as("no key among the arguments")
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("check", "--url", "ftp://example.org")).isEqualTo(ExitCode.USAGE);
        write(folder, 3);
        assertThat(run("publish", "--note", "x".repeat(501))).isEqualTo(ExitCode.REFUSED);
        assertThat(complained()).contains("note: has 501 characters");
    }
}
