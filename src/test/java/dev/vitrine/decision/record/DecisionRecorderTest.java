package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.decision.PlainFacts;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.context.Settings;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Decisions between memory and database, without the thread that usually writes them. */
@QuarkusTest
@WithTestResource(QuietService.class)
class DecisionRecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final DecisionConfig CONFIG = Settings.of(Map.of("vitrine.decision.unrecorded-max", "3"));

    @Inject
    DecisionRepository repository;

    @Inject
    DecisionJson json;

    @Inject
    DataSource database;

    @Inject
    Sql sql;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private DatabaseState state;
    private DecisionRecorder recorder;

    @BeforeEach
    void start() {
        sql.run("truncate decision");
        state = new DatabaseState(database, Clock.systemUTC());
        recorder = new DecisionRecorder(
                repository, json, new Transactions(state), state, CONFIG, Clock.systemUTC(), meters);
    }

    private void databaseAway() {
        state.failed(new SQLException("gone", "08006"));
    }

    private void answered(String id, String visit) {
        Facts facts = PlainFacts.of("home-page", List.of());
        DecisionAnswer answer = new DecisionAnswer(
                id, 1, "rules", DecisionModule.ranking(List.of()), List.of(), List.of(), null, null, null, null, 7);
        SettlementResult settlement =
                new SettlementResult(Display.RANKING, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        recorder.answered(new AnsweredDecision(
                new DecisionContext(visit, null, NOON, facts, List.of()), null, settlement, List.of(), answer));
    }

    private List<String> stored() {
        return sql.column("select id from decision order by id");
    }

    @Test
    void aDecisionReadsTheSameFromMemoryAndFromTheDatabase() throws Exception {
        answered("d-1", "v");
        String fromMemory = recorder.explanation("d-1").orElseThrow().toString();
        assertThat(recorder.saveBatch()).isTrue();
        assertThat(recorder.saveBatch()).as("none wait").isFalse();
        assertThat(recorder.explanation("d-1").orElseThrow().get("at").textValue())
                .isEqualTo(NOON.toString());
        assertThat(recorder.explanation("d-1")).contains(Json.MAPPER.readTree(fromMemory));
        assertThat(recorder.replayInput("d-1").orElseThrow().given().skus()).isEmpty();
        assertThat(recorder.explanation("d-2")).isEmpty();
    }

    @Test
    void withTheDatabaseAwayOnlyWaitingDecisionsCanBeRead() {
        answered("d-1", "v");
        recorder.saveBatch();
        databaseAway();
        answered("d-2", "v");
        assertThat(recorder.saveBatch()).isFalse();
        assertThat(recorder.explanation("d-2")).isPresent();
        assertThatThrownBy(() -> recorder.explanation("d-1")).isInstanceOf(DatabaseUnavailableException.class);
        state.probe();
        assertThat(recorder.saveBatch()).isTrue();
        assertThat(stored()).containsExactly("d-1", "d-2");
    }

    @Test
    void aDecisionThatTheDatabaseRejectsCostsNoOther() {
        answered("d-1", "v");
        answered("d-2", "no\u0000ne");
        answered("d-3", "v");
        assertThat(recorder.saveBatch()).isTrue();
        assertThat(stored()).containsExactly("d-1", "d-3");
        assertThat(recorder.saveBatch()).isFalse();
    }

    @Test
    void theOldestAreDiscardedAndCountedWhenTooManyWait() {
        databaseAway();
        for (int i = 1; i <= 5; i++) {
            answered("d-" + i, "v");
        }
        state.probe();
        recorder.saveBatch();
        assertThat(stored()).containsExactly("d-3", "d-4", "d-5");
        assertThat(meters.counter("vitrine.decisions.let.go").count()).isEqualTo(2);
    }
}
