package dev.vitrine.rulebook.folder;

import dev.vitrine.storage.TestDatabase;
import dev.vitrine.storage.TestFolder;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A database, and a rules folder that a test may spoil. */
public class TemporaryRules implements QuarkusTestResourceLifecycleManager {
    private final TestDatabase database = new TestDatabase();
    private final Path shipped;
    private final boolean demo;
    private Path home;

    /** With the shipped rules of one intention: fewer rules compile faster. */
    public TemporaryRules() {
        this(Path.of("rules/shelf"), false);
    }

    /**
     * @param shipped what is copied of the shipped rules
     * @param demo whether the demo shop is loaded
     */
    protected TemporaryRules(Path shipped, boolean demo) {
        this.shipped = shipped;
        this.demo = demo;
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>(database.start());
        try {
            home = Files.createTempDirectory("vitrine-rules");
            TestFolder.copy(shipped, home.resolve(shipped));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        settings.put("vitrine.rules", home.resolve("rules").toString());
        settings.put("vitrine.demo", Boolean.toString(demo));
        return settings;
    }

    @Override
    public void stop() {
        database.stop();
        TestFolder.delete(home);
    }
}
