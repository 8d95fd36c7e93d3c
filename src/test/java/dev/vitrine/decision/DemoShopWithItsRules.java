package dev.vitrine.decision;

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

/** The demo shop under a copy of all shipped rules, which a test may change. */
public final class DemoShopWithItsRules implements QuarkusTestResourceLifecycleManager {
    private final TestDatabase database = new TestDatabase();
    private Path home;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        try {
            home = Files.createTempDirectory("vitrine-policy");
            Path rules = Path.of("rules");
            try (Stream<Path> files = Files.walk(rules)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(
                            file,
                            home.resolve("rules").resolve(rules.relativize(file).toString()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("vitrine.rules", home.resolve("rules").toString());
        settings.put("vitrine.demo", "true");
        return settings;
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
