package dev.vitrine.rulebook.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What stands between a command and a service. */
class RemoteRulebookTest {
    @TempDir
    Path home;

    private HttpServer server;
    private int status;
    private String answer;
    private String location;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", call -> {
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            if (location != null) {
                call.getResponseHeaders().set("Location", location);
            }
            call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            call.getResponseBody().write(body);
            call.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI address() {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    private CommandFailure failure() {
        return catchThrowableOfType(CommandFailure.class, () -> new RemoteRulebook(address(), "").get("/rulebook"));
    }

    @ParameterizedTest
    @CsvSource({"400, 5", "401, 5", "403, 5", "404, 5", "409, 4", "413, 5", "415, 5", "429, 3", "500, 3", "503, 3"})
    void eachRefusalHasItsExitCode(int refused, int exitCode) {
        status = refused;
        answer = "{\"status\": " + refused + ", \"title\": \"No\", \"detail\": \"because of it\", \"field\": \"note\"}";
        assertThat(failure().exitCode()).isEqualTo(exitCode);
        assertThat(failure()).hasMessageContaining("note: because of it");
    }

    @ParameterizedTest
    @CsvSource({"200, <html>", "200, []", "200, ''", "404, <html>", "302, ''", "502, <html>", "422, {}", "409, {}"})
    void whatIsNoAnswerOfVitrineIsTold(int other, String text) {
        status = other;
        answer = text;
        location = other == 302 ? "/rulebook" : null;
        assertThat(failure().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void whoIsNotThereCannotBeReached() {
        server.stop(0);
        assertThat(failure().exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(failure()).hasMessageContaining("cannot be reached");
    }

    @Test
    void aFileThatWouldLeaveTheFolderIsNotTaken() {
        status = 200;
        answer = "{\"edition\": 3, \"files\": [{\"path\": \"../evil.drl\", \"text\": \"x\"}]}";
        CommandFailure failure =
                catchThrowableOfType(CommandFailure.class, () -> LiveRules.of(new RemoteRulebook(address(), "")));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aKeyThatGoesToAnotherMachineInTheClearIsWarnedOf() throws Exception {
        Path key = Files.writeString(home.resolve("key"), "vitrine_key");
        ServiceOptions options = CommandLine.populateCommand(new ServiceOptions(), "--key-file", key.toString());
        assertThat(warning(options, "http://vitrine.example.org")).contains("without encryption");
        assertThat(warning(options, "https://vitrine.example.org")).isEmpty();
        assertThat(warning(options, "http://localhost:8080")).isEmpty();
    }

    @Test
    void anAddressThatIsNoneIsRefusedAndAPasswordInItIsNotPrinted() {
        for (String url : List.of("ftp://example.org", "http:/example.org", "https://ines:secret@example.org")) {
            ServiceOptions options = new ServiceOptions();
            CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> warning(options, url));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(failure.getMessage()).doesNotContain("secret");
        }
    }

    private static String warning(ServiceOptions options, String url) {
        options.url = URI.create(url);
        StringWriter text = new StringWriter();
        options.service(new PrintWriter(text, true));
        return text.toString();
    }
}
