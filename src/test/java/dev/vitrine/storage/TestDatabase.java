package dev.vitrine.storage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A real PostgreSQL for the tests of one run. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    /** What tests show where a merchandiser's key is asked for. */
    public static final String MERCHANDISER_KEY = "test-key-of-the-merchandiser";

    private EmbeddedPostgres postgres;
    private Path data;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
            data = Files.createTempDirectory("vitrine-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "vitrine.demo", "false",
                "vitrine.merchandiser.key", MERCHANDISER_KEY,
                "vitrine.data", data.toString(),
                // other tests share the machine; only those of the budget itself mean it
                "vitrine.decision.budget", "10s",
                "vitrine.rules", "rules");
    }

    @Override
    public void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
