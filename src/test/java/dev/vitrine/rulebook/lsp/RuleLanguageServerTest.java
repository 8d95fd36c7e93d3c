package dev.vitrine.rulebook.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.vitrine.problem.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.eclipse.lsp4j.CodeAction;
import org.eclipse.lsp4j.CompletionItem;
import org.eclipse.lsp4j.CreateFile;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.InitializeResult;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;
import org.eclipse.lsp4j.jsonrpc.Launcher;
import org.eclipse.lsp4j.services.LanguageClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The language server and an editor on both ends of two pipes. */
class RuleLanguageServerTest {
    private static final String RULE =
            """
            rule "Yoga first"
                @owner( "Ines" )
            when
                $c : Candidate( within( "sport/yoga" ) )
            then
                shelf.boost( $c, 1.5 );
            end
            """;
    private static final String EXAMPLES =
            """
            "Yoga first":
              fires:
                - case: a mat
                  candidates: [ { sku: a, category: sport/yoga } ]
              does-not-fire:
                - case: nothing
            """;

    @TempDir
    Path folder;

    private RuleLanguageServer server;
    private RecordingEditor editor;
    private InitializeResult begun;
    private Future<Void> serving;
    private Path rules;

    @BeforeEach
    void begin() throws Exception {
        Files.writeString(folder.resolve("vocabulary.drl"), "// here are the rules");
        rules = Files.createDirectory(folder.resolve("shelf")).resolve("yoga.drl");
        begin(null);
    }

    private void begin(RunningShop service) throws Exception {
        PipedInputStream toServer = new PipedInputStream(1 << 16);
        PipedInputStream toEditor = new PipedInputStream(1 << 16);
        // before anybody listens
        PipedOutputStream fromEditor = new PipedOutputStream(toServer);
        PipedOutputStream fromServer = new PipedOutputStream(toEditor);
        server = new RuleLanguageServer(service, ZoneOffset.UTC);
        Launcher<LanguageClient> launcher = EditorConnection.of(server, toServer, fromServer);
        server.connect(launcher.getRemoteProxy());
        serving = launcher.startListening();
        server.endWith(serving);
        editor = new RecordingEditor(toEditor, fromEditor);
        begun = editor.start();
    }

    @AfterEach
    void end() {
        editor.hangUp();
        serving.cancel(true);
        server.close();
    }

    private Path examples() {
        return rules.resolveSibling("yoga.examples.yaml");
    }

    @Test
    void itSaysWhatItCanDo() throws Exception {
        var can = begun.getCapabilities();
        assertThat(can.getPositionEncoding()).isEqualTo("utf-16");
        assertThat(can.getCompletionProvider().getTriggerCharacters()).contains("(", "\"");
        assertThat(can.getHoverProvider().getLeft()).isTrue();
        assertThat(can.getCodeActionProvider().isRight()).isTrue();
    }

    @Test
    void aFileWithoutFaultsIsTold() throws Exception {
        Files.writeString(examples(), EXAMPLES);
        editor.open(rules, RULE);
        assertThat(editor.problems(rules, found -> true)).isEmpty();
    }

    @Test
    void aFaultIsShownAtItsWordAndIsGoneWhenItIsMended() throws Exception {
        Files.writeString(examples(), EXAMPLES);
        editor.open(rules, RULE.replace("within(", "wihin("));
        Diagnostic fault = editor.problems(rules, found -> !found.isEmpty()).get(0);
        assertThat(fault.getSeverity()).isEqualTo(DiagnosticSeverity.Error);
        assertThat(fault.getRange()).isEqualTo(new Range(new Position(3, 20), new Position(3, 25)));
        CodeAction fix = editor.fixes(rules, fault).get(0);
        assertThat(fix.getTitle()).isEqualTo("Write within");
        assertThat(fix.getEdit().getChanges())
                .isEqualTo(Map.of(RecordingEditor.uri(rules), List.of(new TextEdit(fault.getRange(), "within"))));
        editor.change(rules, 2, RULE);
        editor.problems(rules, List::isEmpty);
    }

    @Test
    void examplesThatAreMissingAreBegunInANewFile() throws Exception {
        editor.open(rules, RULE);
        Diagnostic fault = editor.problems(rules, found -> !found.isEmpty()).get(0);
        CodeAction fix = editor.fixes(rules, fault).get(0);
        var changes = fix.getEdit().getDocumentChanges();
        assertThat(((CreateFile) changes.get(0).getRight()).getUri()).isEqualTo(RecordingEditor.uri(examples()));
        assertThat(changes.get(1).getLeft().getEdits().get(0).getLeft().getNewText())
                .contains("\"Yoga first\":\n  fires:");
    }

    @Test
    void whatWasOpenedLastIsCheckedWithWhatIsSaved() throws Exception {
        Files.writeString(rules, RULE);
        editor.open(examples(), EXAMPLES.replace("sport/yoga }", "sport/chess }"));
        assertThat(editor.problems(examples(), found -> !found.isEmpty())
                        .get(0)
                        .getRange()
                        .getStart()
                        .getLine())
                .isEqualTo(2);
        editor.close(examples());
        editor.problems(examples(), List::isEmpty);
    }

    @Test
    void columnsCountAsEditorsDo() throws Exception {
        Files.writeString(examples(), EXAMPLES);
        // an emoji is two units
        editor.open(
                rules, RULE.replace("within( \"sport/yoga\" )", "name == \"\uD83D\uDE00\", wihin( \"sport/yoga\" )"));
        Diagnostic fault = editor.problems(rules, found -> !found.isEmpty()).get(0);
        assertThat(fault.getRange()).isEqualTo(new Range(new Position(3, 34), new Position(3, 39)));
        assertThat(editor.hover(rules, 3, 22).getContents().getRight().getValue())
                .contains("as the shop shows it");
    }

    @Test
    void aHalfWrittenRuleIsCompleted() throws Exception {
        editor.open(rules, "rule \"A\"\nwhen\n    Visit( pag");
        List<CompletionItem> items = editor.complete(rules, 2, 14);
        assertThat(items).extracting(CompletionItem::getLabel).startsWith("pages");
        assertThat(items.get(0).getTextEdit().getLeft())
                .isEqualTo(new TextEdit(new Range(new Position(2, 11), new Position(2, 14)), "pages"));
        assertThat(items.get(0).getDocumentation().getRight().getValue()).contains("pages looked at");
    }

    @Test
    void examplesAreCompletedWithTheRulesBesideAndExplained() throws Exception {
        Files.writeString(rules, RULE);
        editor.open(examples(), "\"Yo");
        assertThat(editor.complete(examples(), 0, 3))
                .extracting(CompletionItem::getLabel)
                .containsExactly("Yoga first");
        editor.change(examples(), 2, EXAMPLES);
        assertThat(editor.hover(examples(), 0, 4).getContents().getRight().getValue())
                .contains("Owner: Ines");
    }

    @Test
    void otherFilesOfAnEditorAreLeftAlone() throws Exception {
        Path other = folder.resolve("compose.yaml");
        editor.open(other, "ser");
        assertThat(editor.complete(other, 0, 3)).isEmpty();
    }

    @Test
    void whatIsNotOpenIsNotKnown() throws Exception {
        assertThat(editor.complete(rules, 0, 0)).isEmpty();
        assertThat(editor.hover(rules, 0, 0)).isNull();
    }

    @Test
    void itEndsWhenTheEditorSaysSo() throws Exception {
        editor.end();
        try {
            serving.get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.CancellationException ended) {
            // by exit
        }
        assertThat(server.endedInOrder()).isTrue();
    }

    @Test
    void aRunningShopBringsItsValuesAndChecks() throws Exception {
        HttpServer service = service();
        try {
            end();
            begin(new RunningShop(
                    URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/"), "key"));
            editor.open(rules, RULE.replace("sport/yoga", "sport/yog"));
            Diagnostic warning =
                    editor.problems(rules, found -> !found.isEmpty()).get(0);
            assertThat(warning.getSeverity()).isEqualTo(DiagnosticSeverity.Warning);
            assertThat(warning.getMessage().getLeft()).isEqualTo("From the service. Mend it.");
            // it was asked for its values before it checked
            editor.change(rules, 2, "rule \"A\"\nwhen\n    Candidate( tagged( \"");
            assertThat(editor.complete(rules, 2, 24))
                    .extracting(CompletionItem::getLabel)
                    .containsExactly("from-service");
            editor.change(rules, 3, "rule \"A\"\nwhen\n    Candidate( sku == \"yoga m");
            CompletionItem mat = editor.complete(rules, 2, 29).get(0);
            assertThat(mat.getLabel()).isEqualTo("sku-1");
            assertThat(mat.getDocumentation().getRight().getValue()).contains("sport/yoga", "29.90 EUR");
            assertThat(editor.isIncomplete(rules, 2, 29)).isTrue();
            // what an editor matches with the text that is typed
            assertThat(mat.getFilterText()).isEqualTo("yoga m");
        } finally {
            service.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hover||-32602|params is required",
                "hover|, `params`: {}|-32602|textDocument is required",
                "hover|, `params`: {`textDocument`: {}}|-32602|textDocument.uri is required",
                "hover|, `params`: {`textDocument`: {`uri`: `file:///a.drl`}}|-32602|position is required",
                "hover|, `params`: {`textDocument`: {`uri`: `file:///a.drl`}, `position`: {`line`: `x`, `character`: 0}}|-32602"
                        + "|The params of textDocument/hover are not what the protocol says",
                "hover|, `params`: {`textDocument`: {`uri`: `file:///a.drl`}, `position`: {`line`: 1, `character`: 2147483648}}"
                        + "|-32602|The params of textDocument/hover are not what the protocol says",
                "hover|, `params`: {`textDocument`: {`uri`: `file:///a.drl`}, `position`: {`line`: -1, `character`: 0}}"
                        + "|-32602|position.line is -1; the first is 0",
                "completion|, `params`: [1, 2]|-32602|The params of textDocument/completion are not what the protocol says",
                "codeAction|, `params`: {`textDocument`: {`uri`: `file:///a.drl`}}|-32602|range is required"
            })
    void paramsThatAreNoneAreToldInWords(String method, String params, int code, String message) throws Exception {
        String request = "{'jsonrpc': '2.0', 'id': 7, 'method': 'textDocument/" + method + "'"
                + (params == null ? "" : params.replace('`', '\'')) + "}";
        JsonNode error = answers(server, request.replace('\'', '"')).get(0).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).isEqualTo(message);
        assertThat(error.path("data").isMissingNode() || error.path("data").isNull())
                .isTrue();
    }

    /** What the server answers to these messages, in their order. */
    private static List<JsonNode> answers(RuleLanguageServer server, String... messages) throws Exception {
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        for (String message : messages) {
            byte[] body = message.getBytes(StandardCharsets.UTF_8);
            sent.writeBytes(("Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            sent.writeBytes(body);
        }
        ByteArrayOutputStream answered = new ByteArrayOutputStream();
        EditorConnection.of(server, new ByteArrayInputStream(sent.toByteArray()), answered)
                .startListening()
                .get(60, TimeUnit.SECONDS);
        List<JsonNode> answers = new ArrayList<>();
        for (String part : answered.toString(StandardCharsets.UTF_8).split("Content-Length: \\d+\r\n\r\n")) {
            if (!part.isEmpty()) {
                answers.add(Json.MAPPER.readTree(part));
            }
        }
        return answers;
    }

    private static String request(int id, String method) {
        return "{\"jsonrpc\": \"2.0\", \"id\": " + id + ", \"method\": \"" + method + "\", \"params\": {}}";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"textDocument/hover\", \"params\": {",
                "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"textDocument/hover\", \"params\": {\"a\": nonsense!}}",
                "{'jsonrpc': '2.0', 'id': 7, 'method': 'shutdown'}",
                "{\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"shutdown\"} }",
                "{\"jsonrpc\": \"2.0\", \"id\"",
                "nonsense",
                ""
            })
    void whatIsNoJsonIsAParseErrorAndTheNextMessageIsAnswered(String broken) throws Exception {
        List<JsonNode> answers = answers(server, broken, request(8, "shutdown"));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).at("/error/code").asInt()).isEqualTo(-32700);
        assertThat(answers.get(0).at("/error/message").asText()).isEqualTo("The message is not valid JSON");
        assertThat(answers.get(0).get("id").isNull()).isTrue();
        assertThat(answers.get(1).path("id").asInt()).isEqualTo(8);
        assertThat(answers.get(1).has("error")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "7", "\"shutdown\""})
    void whatIsNoObjectIsNoRequest(String body) throws Exception {
        List<JsonNode> answers = answers(server, body, request(8, "shutdown"));
        assertThat(answers).hasSize(2);
        assertThat(answers.get(0).at("/error/code").asInt()).isEqualTo(-32600);
        assertThat(answers.get(1).path("id").asInt()).isEqualTo(8);
    }

    @Test
    void nothingIsAnsweredBeforeInitializeNorAfterShutdown() throws Exception {
        try (RuleLanguageServer fresh = new RuleLanguageServer(null, ZoneOffset.UTC)) {
            List<JsonNode> answers = answers(
                    fresh,
                    request(1, "textDocument/hover"),
                    request(2, "shutdown"),
                    request(3, "no/suchMethod"),
                    request(4, "initialize"),
                    request(5, "initialize"),
                    request(6, "shutdown"),
                    request(7, "textDocument/hover"),
                    request(8, "shutdown"),
                    request(9, "initialize"));
            assertThat(answers)
                    .extracting(answer -> answer.path("id").asInt() + " "
                            + answer.at("/error/code").asInt())
                    .containsExactly(
                            "1 -32002",
                            "2 -32002",
                            "3 -32002",
                            "4 0",
                            "5 -32600",
                            "6 0",
                            "7 -32600",
                            "8 -32600",
                            "9 -32600");
            assertThat(answers.get(0).at("/error/message").asText())
                    .isEqualTo("initialize comes first, not textDocument/hover");
            assertThat(answers.get(6).at("/error/message").asText())
                    .isEqualTo("After shutdown, only exit can follow, not textDocument/hover");
        }
    }

    @Test
    void aKeyIsNoArgument() {
        CommandLine lsp = new CommandLine(new LspCommand()).setErr(new PrintWriter(new StringWriter()));
        assertThat(lsp.execute("--key", "secret")).isEqualTo(2);
        assertThat(lsp.execute(
                        "--url",
                        "http://127.0.0.1:1",
                        "--key-file",
                        folder.resolve("none").toString()))
                .isEqualTo(2);
    }

    @Test
    void withoutItsServiceItChecksByItself() throws Exception {
        HttpServer service = service();
        URI gone = URI.create("http://127.0.0.1:" + service.getAddress().getPort());
        service.stop(0);
        end();
        begin(new RunningShop(gone, ""));
        assertThat(editor.message()).startsWith("Rules are checked without the shop: " + gone + " cannot be reached");
        editor.open(rules, RULE.replace("within(", "wihin("));
        editor.problems(rules, found -> !found.isEmpty());
    }

    private static HttpServer service() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer(
                service,
                "/rulebook/vocabulary",
                """
                {"values": {"tags": [{"value": "from-service", "products": 3}], "categories": [], "brands": [], "attributes": [],
                  "campaigns": [], "segments": [], "contextKeys": [], "countries": [], "languages": [], "sources": [],
                  "placements": [], "newer": []}}""");
        answer(
                service,
                "/rulebook/vocabulary/products",
                """
                {"products": [{"sku": "sku-1", "name": "Yoga mat", "category": "sport/yoga", "price": "29.90 EUR", "newer": 1}]}""");
        answer(
                service,
                "/rulebook/check",
                """
                {"problems": [{"severity": "warning", "file": "shelf/yoga.drl", "line": 4, "column": 29, "rule": "Yoga first",
                  "message": "From the service.", "cure": "Mend it."}]}""");
        service.start();
        return service;
    }

    private static void answer(HttpServer service, String path, String json) {
        service.createContext(path, call -> {
            boolean known = "Bearer key".equals(call.getRequestHeaders().getFirst("Authorization"));
            call.getRequestBody().readAllBytes();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(known ? 200 : 401, body.length);
            call.getResponseBody().write(body);
            call.close();
        });
    }
}
