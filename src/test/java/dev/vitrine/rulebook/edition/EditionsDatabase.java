package dev.vitrine.rulebook.edition;

import dev.vitrine.access.Audit;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.folder.FolderState;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.rollout.RolloutController;
import dev.vitrine.rulebook.rollout.RolloutRepository;
import dev.vitrine.rulebook.rollout.StagedConfig;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Instance;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalPropertiesReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** A real database of a test's own, and instances on it that are made by hand. */
public final class EditionsDatabase implements AutoCloseable {
    private final EmbeddedPostgres postgres;
    private final AgroalDataSource database;

    public EditionsDatabase() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        database = AgroalDataSource.from(new AgroalPropertiesReader()
                .readProperties(Map.of(
                        "jdbcUrl",
                        postgres.getJdbcUrl("postgres", "postgres"),
                        "principal",
                        "postgres",
                        "credential",
                        "postgres",
                        "maxSize",
                        "4",
                        "acquisitionTimeout_s",
                        "2"))
                .get());
        Flyway.configure().dataSource(database).load().migrate();
    }

    @Override
    public void close() throws IOException {
        database.close();
        postgres.close();
    }

    public void empty() throws SQLException {
        sql("truncate edition, staged, rules_folder, audit");
    }

    public void sql(String statement) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        }
    }

    /** Numbers of the editions that are kept. */
    public List<Integer> kept() throws SQLException {
        return numbers("select number from edition order by number");
    }

    public List<Integer> numbers(String select) throws SQLException {
        List<Integer> numbers = new ArrayList<>();
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row = query.executeQuery(select)) {
            while (row.next()) {
                numbers.add(row.getInt(1));
            }
        }
        return numbers;
    }

    public DatabaseState state() {
        return new DatabaseState(database, Clock.systemUTC());
    }

    private Audit audit(DatabaseState state) {
        throw new IllegalStateException("not converted yet: " + state);
    }

    private static RuleCheck check() {
        return RuleLab.checkForEmptyShop();
    }

    /** A rule book that is not opened yet. */
    public Rulebook rulebook(String instance, DatabaseState state) {
        Audit audit = audit(state);
        return new Rulebook(
                new EditionRepository(database, audit),
                new FolderState(database, new Instance(Optional.of(instance))),
                check(),
                audit,
                state,
                Clock.systemUTC(),
                new SimpleMeterRegistry());
    }

    public RolloutController staging(Rulebook rulebook, DatabaseState state, Clock clock) {
        Audit audit = audit(state);
        return new RolloutController(
                rulebook,
                check(),
                new RolloutRepository(database, new EditionRepository(database, audit), audit),
                new StagedConfig() {
                    @Override
                    public int decisions() {
                        return 20;
                    }

                    @Override
                    public double errors() {
                        return 0.01;
                    }

                    @Override
                    public double emptyLists() {
                        return 0.02;
                    }

                    @Override
                    public double slower() {
                        return 2;
                    }

                    @Override
                    public Duration fastEnough() {
                        return Duration.ofMinutes(1);
                    }
                },
                audit,
                state,
                clock,
                new SimpleMeterRegistry());
    }
}
