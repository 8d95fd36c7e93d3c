package dev.vitrine.storage;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** A real PostgreSQL for the tests of one run. */
public final class TestDatabase implements QuarkusTestResourceLifecycleManager {
    /** What tests show where a merchandiser's key is asked for. */
    public static final String MERCHANDISER_KEY = "test-key-of-the-merchandiser";

    public static final String ANALYST_KEY = "test-key-of-the-analyst";

    /** May do everything; {@link dev.vitrine.access.OperatorByDefault} sends it where a test sends none. */
    public static final String OPERATOR_KEY = "test-key-of-the-operator";

    /** A key that opens nothing of the merchandiser's; kept before the service starts. */
    public static final String STOREFRONT_KEY = "test-key-of-the-storefront";

    /** The keys; and limits that no test meets, because tests ask faster than people. */
    public static final Map<String, String> ACCESS = Map.of(
            "vitrine.merchandiser.key",
            MERCHANDISER_KEY,
            "vitrine.analyst.key",
            ANALYST_KEY,
            "vitrine.operator.key",
            OPERATOR_KEY,
            "vitrine.access.open-on-loopback",
            "true",
            "vitrine.access.limits.management-per-second",
            "1000000",
            "vitrine.access.limits.anonymous-per-second",
            "1000000");

    private EmbeddedPostgres postgres;
    private Path data;

    @Override
    public Map<String, String> start() {
        try {
            // a busy machine takes longer than the ten seconds that it has by default
            postgres = EmbeddedPostgres.builder()
                    .setPGStartupWait(Duration.ofMinutes(1))
                    .start();
            keepTheStorefrontsKey();
            data = Files.createTempDirectory("vitrine-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        Map<String, String> settings = new HashMap<>(ACCESS);
        settings.putAll(Map.of(
                "quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres"),
                "quarkus.datasource.username", "postgres",
                "quarkus.datasource.password", "postgres",
                "vitrine.demo", "false",
                "vitrine.data", data.toString(),
                // other tests share the machine; only those of the budget itself mean it
                "vitrine.decision.budget", "10s",
                "vitrine.rules", "rules"));
        return settings;
    }

    private void keepTheStorefrontsKey() throws SQLException {
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement insert = connection.createStatement()) {
            insert.execute(
                    "insert into access_key (name, role, hash, created_at) values ('a shop', 'STOREFRONT', encode("
                            + "sha256('" + STOREFRONT_KEY + "'::bytea), 'hex'), now())");
        }
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
