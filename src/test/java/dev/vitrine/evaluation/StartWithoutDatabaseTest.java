package dev.vitrine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.evaluation.Backtest.BacktestState;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Transactions;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was stored before the start is read or marked as soon as the database is there. */
@QuarkusTest
@WithTestResource(QuietService.class)
class StartWithoutDatabaseTest {
    @Inject
    DatabaseState state;

    @Inject
    Transactions transactions;

    @Inject
    BacktestRepository repository;

    @Inject
    DryRuns dryRuns;

    @Inject
    PurchaseRepository purchases;

    @Inject
    Rulebook rulebook;

    @BeforeEach
    void databaseIsThere() {
        state.probe();
    }

    @AfterEach
    void databaseIsBack() {
        state.probe();
    }

    private void databaseAway() {
        state.failed(new SQLException("gone", "08006"));
    }

    private Backtests start() {
        Backtests backtests = new Backtests(dryRuns, purchases, repository, transactions, rulebook, Clock.systemUTC());
        backtests.start(null);
        return backtests;
    }

    private long running() {
        BacktestEntity row = new BacktestEntity();
        row.startedAt = Instant.now();
        row.author = "a test";
        row.note = "";
        row.edition = 1;
        row.total = 100;
        row.files = List.of();
        transactions.run(() -> repository.persist(row));
        return row.id;
    }

    @Test
    void aBacktestOfAnEarlierRunIsStopped() {
        long id = running();
        Backtest backtest = start().find(id).orElseThrow();
        assertThat(backtest.state()).isEqualTo(BacktestState.STOPPED);
        assertThat(backtest.detail()).isEqualTo("the service was restarted");
        assertThat(backtest.endedAt()).isNotNull();
        assertThat(backtest.report()).isNull();
        assertThat(backtest.files()).isEmpty();
    }

    @Test
    void aBacktestOfAnEarlierRunIsStoppedOnceTheDatabaseIsThere() {
        long id = running();
        databaseAway();
        Backtests backtests = start();
        backtests.stopLeftovers();
        state.probe();
        assertThat(backtests.find(id).orElseThrow().state()).isEqualTo(BacktestState.RUNNING);
        backtests.stopLeftovers();
        assertThat(backtests.find(id).orElseThrow().state()).isEqualTo(BacktestState.STOPPED);
    }

    @Test
    void recordedDecisionsAreReadOnceTheDatabaseIsThere() {
        RecentQuestions recent = new RecentQuestions(dryRuns, new Catalog());
        databaseAway();
        assertThat(recent.fill()).isFalse();
        state.probe();
        assertThat(recent.fill()).isTrue();
    }
}
