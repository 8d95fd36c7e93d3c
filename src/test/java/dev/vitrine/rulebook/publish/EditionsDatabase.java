package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.AuditLog;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.folder.FolderStateRepository;
import dev.vitrine.rulebook.rollout.RolloutController;
import dev.vitrine.rulebook.rollout.RolloutRepository;
import dev.vitrine.rulebook.rollout.StagedConfig;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** The editions of a test, and instances of the service on them that are built by hand. */
@Singleton
class EditionsDatabase {
    private final DataSource dataSource;
    private final EditionRepository editions;
    private final FolderStateRepository folders;
    private final RolloutRepository rollouts;
    private final AuditLog auditLog;
    private final Sql sql;

    EditionsDatabase(
            DataSource dataSource,
            EditionRepository editions,
            FolderStateRepository folders,
            RolloutRepository rollouts,
            AuditLog auditLog,
            Sql sql) {
        this.dataSource = dataSource;
        this.editions = editions;
        this.folders = folders;
        this.rollouts = rollouts;
        this.auditLog = auditLog;
        this.sql = sql;
    }

    void empty() {
        sql.run("set vitrine.retention = 'on'; truncate edition, staged, rules_folder, audit; reset vitrine.retention");
    }

    void sql(String statement) {
        sql.run(statement);
    }

    /** Numbers of the editions that are stored. */
    List<Integer> kept() {
        return numbers("select number from edition order by number");
    }

    List<Integer> numbers(String select) {
        return sql.column(select).stream().map(Integer::valueOf).toList();
    }

    /** The way to the database of one instance. */
    DatabaseState state() {
        return new DatabaseState(dataSource, Clock.systemUTC());
    }

    /** The database is away for this instance, until it is probed. */
    static void takeAway(DatabaseState state) {
        state.failed(new SQLException("gone", "08006"));
    }

    /** A rule book that is not opened yet. */
    Rulebook rulebook(DatabaseState state) {
        return new Rulebook(
                editions,
                new Transactions(state),
                check(),
                List.of(),
                auditLog.of(state),
                state,
                Clock.systemUTC(),
                new SimpleMeterRegistry(),
                new FourEyes(() -> false));
    }

    FolderPublisher publisher(Rulebook rulebook, String instance, DatabaseState state) {
        return new FolderPublisher(
                rulebook,
                editions,
                folders,
                new Transactions(state),
                check(),
                state,
                new Instance(Optional.of(instance)),
                Clock.systemUTC());
    }

    private static RuleCheck check() {
        return RuleLab.checkForEmptyShop();
    }

    RolloutController staging(Rulebook rulebook, DatabaseState state, Clock clock) {
        Audit audit = auditLog.of(state);
        return new RolloutController(
                rulebook,
                check(),
                rollouts,
                new Transactions(state),
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

                    @Override
                    public Duration keep() {
                        return Duration.ofDays(400);
                    }
                },
                audit,
                state,
                clock,
                new SimpleMeterRegistry());
    }
}
