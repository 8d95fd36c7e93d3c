package dev.vitrine.storage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A service in which nothing happens by itself, with few rules: for tests that build what they test by hand from the
 * service's repositories, several instances on one database among them.
 */
public final class QuietService implements QuarkusTestResourceLifecycleManager {
    private final TestDatabase database = new TestDatabase();
    private Path rules;

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        try {
            rules = Files.createTempDirectory("vitrine-quiet");
            Path shelf = Files.createDirectories(rules.resolve("shelf"));
            for (String shipped : List.of("housekeeping.drl", "housekeeping.examples.yaml")) {
                Files.copy(Path.of("rules/shelf", shipped), shelf.resolve(shipped));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("vitrine.rules", rules.toString());
        settings.put("quarkus.scheduler.enabled", "false");
        return settings;
    }

    @Override
    public void stop() {
        database.stop();
        TestFolder.delete(rules);
    }
}
