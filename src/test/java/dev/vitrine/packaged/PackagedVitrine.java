package dev.vitrine.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The packaged service as a process of its own, on a port of its own choice. Whatever becomes of the test, closing it
 * leaves no process behind, not even the database of a service that was killed.
 */
final class PackagedVitrine implements AutoCloseable {
    /** The repository's own rules. */
    static final Path RULES = Path.of("rules").toAbsolutePath();

    /** Sent with every call that has no other key. */
    static final String OPERATOR_KEY = "key-of-the-operator-of-tests";

    /** A start takes 6 s on two idle cores; a machine that builds other things besides is much slower. */
    private static final Duration START_MAX = Duration.ofSeconds(180);

    private static final Duration STOP_MAX = Duration.ofSeconds(60);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
    private static final long POLL_MILLIS = 25;
    private static final Pattern LISTENING = Pattern.compile("Listening on: http://0\\.0\\.0\\.0:(\\d+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final Path logFile;
    private final Thread atExit = new Thread(this::leaveNothingBehind, "leave-nothing-behind");
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    /** The databases that this service was seen with; they are nobody's children. */
    private final Set<ProcessHandle> databases = ConcurrentHashMap.newKeySet();

    private int port;

    private PackagedVitrine(Path folder, Map<String, String> settings, List<String> arguments) {
        this.folder = folder;
        Path jar = jar();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + jar.resolveSibling(arguments.isEmpty() ? "jvm.options" : "commands.options"),
                "-jar",
                jar.toString()));
        command.addAll(arguments);
        try {
            Files.createDirectories(folder);
            logFile = Files.createTempFile(folder, "log-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            Map<String, String> environment = builder.environment();
            environment.keySet().removeIf(name -> name.startsWith("VITRINE_") || name.startsWith("QUARKUS_"));
            environment.put("VITRINE_DATA", data().toString());
            environment.put("VITRINE_RULES", RULES.toString());
            environment.put("QUARKUS_HTTP_PORT", "0");
            environment.put("VITRINE_OPERATOR_KEY", OPERATOR_KEY);
            environment.put("VITRINE_KEY", OPERATOR_KEY);
            // a test asks faster than people do
            environment.put("VITRINE_ACCESS_LIMITS_MANAGEMENT_PER_SECOND", "100000");
            // how busy the machine is must not decide what is decided
            environment.put("VITRINE_DECISION_BUDGET", "10s");
            // starts in two thirds of the time; who measures takes it back
            environment.put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1");
            environment.putAll(settings);
            builder.redirectErrorStream(true).redirectOutput(logFile.toFile());
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    private static Path jar() {
        String jar = System.getProperty("jar");
        assertThat(jar).as("system property 'jar'; run by mvn verify").isNotNull();
        assertThat(Path.of(jar)).exists();
        return Path.of(jar).toAbsolutePath();
    }

    /** Starts a service on the folder and waits until it listens. */
    static PackagedVitrine start(Path folder, Map<String, String> settings) {
        PackagedVitrine vitrine = launch(folder, settings);
        try {
            vitrine.awaitListening();
            return vitrine;
        } catch (RuntimeException | Error e) {
            vitrine.close();
            throw e;
        }
    }

    /** The same without the demo shop. */
    static PackagedVitrine startEmpty(Path folder) {
        return start(folder, Map.of("VITRINE_DEMO", "false"));
    }

    /** Starts a service that may well not come up. */
    static PackagedVitrine launch(Path folder, Map<String, String> settings) {
        return new PackagedVitrine(folder, settings, List.of());
    }

    /** Runs a command of the command line to its end. */
    static PackagedVitrine command(Path folder, List<String> arguments) {
        return command(folder, Map.of(), arguments);
    }

    static PackagedVitrine command(Path folder, Map<String, String> settings, List<String> arguments) {
        PackagedVitrine command = new PackagedVitrine(folder, settings, arguments);
        command.exitCode(START_MAX);
        return command;
    }

    private void awaitListening() {
        waitUntil("the service listens", START_MAX, () -> {
            Matcher listening = LISTENING.matcher(log());
            if (listening.find()) {
                port = Integer.parseInt(listening.group(1));
            } else if (!process.isAlive()) {
                throw new IllegalStateException("the service ended with " + process.exitValue() + ":\n" + log());
            }
            return port > 0;
        });
        postgres().ifPresent(databases::add);
    }

    /** Looks again and again until it is so; fails with the log when the time is over. */
    void waitUntil(String what, Duration most, BooleanSupplier isSo) {
        long end = System.nanoTime() + most.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + most.toSeconds() + " s, but not: " + what + "\n" + log());
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    Path data() {
        return folder.resolve("data");
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** All that it has printed so far. */
    String log() {
        try {
            return Files.readString(logFile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end; the exit code. */
    int exitCode(Duration most) {
        waitUntil("the process ends", most, () -> !process.isAlive());
        return process.exitValue();
    }

    /** Kills the service as kill -9 does; its database knows nothing of it. */
    void kill9() {
        postgres().ifPresent(databases::add);
        process.destroyForcibly();
        exitCode(STOP_MAX);
    }

    /** Asks it to stop, by SIGTERM; the exit code. */
    int stop() {
        process.destroy();
        return exitCode(STOP_MAX);
    }

    /** The server of the embedded database, where one runs on this folder. */
    Optional<ProcessHandle> postgres() {
        try {
            return Files.readAllLines(data().resolve("postgres/postmaster.pid")).stream()
                    .findFirst()
                    .filter(pid -> pid.strip().matches("\\d{1,9}"))
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(ProcessHandle::isAlive)
                    // the number may have gone to another process since
                    .filter(server -> server.info().commandLine().orElse("").contains(data().toString()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    HttpResponse<String> get(String path) {
        return call("GET", OPERATOR_KEY, path, "");
    }

    HttpResponse<String> post(String path, String body) {
        return post(OPERATOR_KEY, path, body);
    }

    /** The same by somebody who shows a key. */
    HttpResponse<String> post(String key, String path, String body) {
        return call("POST", key, path, body);
    }

    /** @param headers names and values in turn */
    HttpResponse<String> call(String method, String key, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(ANSWER_MAX)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The body of a successful answer. */
    JsonNode read(String path) {
        return json(get(path));
    }

    JsonNode tell(String path, String body) {
        return json(post(path, body));
    }

    /** One value out of the metrics; 0 where there is none. The name as Prometheus has it, labels and all. */
    double metric(String name) {
        HttpResponse<String> metrics = get("/q/metrics");
        assertThat(metrics.statusCode()).as(metrics.body()).isEqualTo(200);
        return metrics.body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    static JsonNode json(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }

    @Override
    public void close() {
        leaveNothingBehind();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void leaveNothingBehind() {
        if (process.isAlive()) {
            // whatever runs on the folder and is older is another's
            postgres().filter(this::isYounger).ifPresent(databases::add);
        }
        List<ProcessHandle> children = process.descendants().toList();
        process.destroyForcibly().onExit().join();
        Stream.concat(children.stream(), databases.stream().flatMap(PackagedVitrine::withChildren))
                .forEach(left -> {
                    left.destroyForcibly();
                    left.onExit()
                            .orTimeout(STOP_MAX.toSeconds(), TimeUnit.SECONDS)
                            .join();
                });
    }

    private boolean isYounger(ProcessHandle server) {
        Instant begun = process.info().startInstant().orElse(Instant.MIN);
        return !server.info().startInstant().orElse(Instant.MAX).isBefore(begun);
    }

    private static Stream<ProcessHandle> withChildren(ProcessHandle parent) {
        return Stream.concat(Stream.of(parent), parent.descendants().toList().stream());
    }
}
