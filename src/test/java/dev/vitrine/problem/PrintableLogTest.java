package dev.vitrine.problem;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.jboss.logmanager.handlers.FileHandler;
import org.junit.jupiter.api.Test;

/** What stands in the log after somebody tried to write there. */
@QuarkusTest
@WithTestResource(LoggedShop.class)
class PrintableLogTest {
    private static final Logger LOG = Logger.getLogger(PrintableLogTest.class);
    private static final String FORGED = "2026-11-28 12:00:00,000 INFO  [forged]";

    @TestHTTPResource
    URI service;

    @ConfigProperty(name = "vitrine.data")
    Path data;

    private List<String> log() throws IOException {
        return Files.readString(data.resolve(LoggedShop.FILE), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    @Test
    void noTextForgesALineOrColoursATerminal() throws Exception {
        String hostile = "x\r\n" + FORGED + " \u001B[31m \u009B0m \u202Etxt \u2066 \uDB40\uDC41";
        LOG.warnf("The name is '%s'", hostile);
        LOG.warn("Told at once: " + hostile);
        LOG.error("It failed", new IllegalStateException(hostile, new IllegalArgumentException(hostile)));
        LOG.error("The end");
        assertThat(log())
                .anyMatch(line -> line.contains("The name is 'x\\r\\n" + FORGED + " \\u001B[31m \\u009B0m \\u202Etxt"))
                .anyMatch(line -> line.contains("Told at once: x\\r\\n" + FORGED))
                .anyMatch(line -> line.startsWith("Caused by: java.lang.IllegalArgumentException: x\\r\\n"))
                .anyMatch(line -> line.startsWith("\tat "))
                .noneMatch(line -> line.startsWith(FORGED))
                .noneMatch(line -> line.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c)))
                .noneMatch(line -> line.contains("\u202E") || line.contains("\u2066") || line.contains("\uDB40"));
    }

    @Test
    void whatARequestBringsIsLoggedInItsLine() throws Exception {
        given().contentType("application/json")
                .body("{\"placement\": \"home-page\", \"visit\": {\"id\": \"v\"}, \"x\\n" + FORGED + "\": 1}")
                .post("/decisions");
        given().urlEncodingEnabled(false)
                .get("/x%0A" + FORGED.replace(" ", "%20").replace("[", "%5B").replace("]", "%5D"));
        assertThat(log()).noneMatch(line -> line.startsWith(FORGED));
    }

    @Test
    void whatIsNoProperRequestIsAnsweredAsAProblemAndNotLogged() throws Exception {
        for (String request : List.of(
                "GET /model HTTP/1.1\r\nConnection: close\r\n\r\n", "GET * HTTP/1.1\r\nConnection: close\r\n\r\n")) {
            try (Socket socket = new Socket(service.getHost(), service.getPort())) {
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 400")
                        .contains("application/problem+json");
            }
        }
        assertThat(log()).noneMatch(line -> line.contains("QuarkusErrorHandler"));
    }

    @Test
    void eachHandlerHasTheFilter() {
        assertThat(handlers(LogContext.getLogContext().getLogger("").getHandlers()))
                .filteredOn(handler -> handler instanceof ConsoleHandler || handler instanceof FileHandler)
                .hasSizeGreaterThanOrEqualTo(2)
                .allSatisfy(handler -> {
                    ExtLogRecord entry = new ExtLogRecord(Level.WARNING, "a\nb", "");
                    assertThat(handler.getFilter().isLoggable(entry)).isTrue();
                    assertThat(entry.getFormattedMessage()).isEqualTo("a\\nb");
                });
    }

    /** Quarkus keeps its handlers within another one. */
    private static Stream<Handler> handlers(Handler... all) {
        return Arrays.stream(all)
                .flatMap(handler -> handler instanceof ExtHandler outer && outer.getHandlers().length > 0
                        ? handlers(outer.getHandlers())
                        : Stream.of(handler));
    }
}
