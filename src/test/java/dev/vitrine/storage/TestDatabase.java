package dev.vitrine.storage;

import static java.util.Map.entry;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    private EmbeddedPostgres postgres;
    private Path data;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().start();
            keepTheStorefrontsKey();
            data = Files.createTempDirectory("vitrine-test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.ofEntries(
                entry("quarkus.datasource.jdbc.url", postgres.getJdbcUrl("postgres", "postgres")),
                entry("quarkus.datasource.username", "postgres"),
                entry("quarkus.datasource.password", "postgres"),
                entry("vitrine.demo", "false"),
                entry("vitrine.merchandiser.key", MERCHANDISER_KEY),
                entry("vitrine.analyst.key", ANALYST_KEY),
                entry("vitrine.operator.key", OPERATOR_KEY),
                entry("vitrine.access.open-on-loopback", "true"),
                // tests ask faster than people; only those of the limits themselves mean them
                entry("vitrine.access.limits.management-per-second", "1000000"),
                entry("vitrine.access.limits.anonymous-per-second", "1000000"),
                entry("vitrine.data", data.toString()),
                // other tests share the machine; only those of the budget itself mean it
                entry("vitrine.decision.budget", "10s"),
                entry("vitrine.rules", "rules"));
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
