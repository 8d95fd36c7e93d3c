package dev.vitrine.rulebook;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A database, and a rules folder that a test may spoil. */
public final class TemporaryRules implements QuarkusTestResourceLifecycleManager {
    private final TestDatabase database = new TestDatabase();
    private Path home;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        try {
            home = Files.createTempDirectory("vitrine-rules");
            settings.put("vitrine.rules", copy(home.resolve("rules")).toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    /** Copies the shipped rules of one intention: fewer rules compile faster. */
    private static Path copy(Path to) throws IOException {
        Path from = Path.of("rules/shelf");
        Files.createDirectories(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(
                        file, to.resolve("shelf").resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    @Override
    public void stop() {
        database.stop();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
