package dev.vitrine.decision.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.decision.PlainFacts;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionModule;
import dev.vitrine.decision.context.Settings;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.privacy.ErasedShoppers;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.QuietService;
import dev.vitrine.storage.Sql;
import dev.vitrine.storage.TestClock;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Decisions between memory, disk and database, without the threads that usually move them. */
@QuarkusTest
@WithTestResource(QuietService.class)
class DecisionRecorderTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    /** Room for three of these small decisions. */
    private static final Map<String, String> SMALL = Map.of("vitrine.decision.unrecorded-max-bytes", "4500");

    @Inject
    DecisionRepository repository;

    @Inject
    DecisionJson json;

    @Inject
    DataSource database;

    private final ErasedShoppers erased = new ErasedShoppers();

    @Inject
    Sql sql;

    @TempDir
    Path data;

    private final TestClock clock = new TestClock();
    private SimpleMeterRegistry meters;
    private DatabaseState state;
    private LostDecisions lost;
    private DecisionRecorder recorder;

    @BeforeEach
    void start() {
        sql.run("truncate decision");
        startWith(SMALL);
    }

    /** A new process on the same data folder. */
    private void startWith(Map<String, String> settings) {
        meters = new SimpleMeterRegistry();
        state = new DatabaseState(database, clock);
        lost = new LostDecisions(clock, meters);
        recorder = new DecisionRecorder(
                repository, json, new Transactions(state), state, Settings.of(settings), lost, erased, meters, data);
    }

    private void databaseAway() {
        state.failed(new SQLException("gone", "08006"));
    }

    private void answeredTo(String visit, String id) {
        recorder.answered(decision(visit, id));
    }

    private static AnsweredDecision decision(String visit, String id) {
        Facts facts = PlainFacts.of("home-page", List.of());
        DecisionAnswer answer = new DecisionAnswer(
                id,
                1,
                "rules",
                DecisionModule.ranking(List.of()),
                List.of(),
                List.of(),
                null,
                null,
                null,
                null,
                7,
                null);
        SettlementResult settlement =
                new SettlementResult(Display.RANKING, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
        return new AnsweredDecision(
                new DecisionContext(visit, null, NOON, facts, List.of()), null, settlement, List.of(), answer);
    }

    /** What a decision takes while it waits. */
    private int sizeOfOne() throws IOException {
        return json.row(decision("v", "d-1")).bytes().length + 256;
    }

    private void answered(String... ids) {
        for (String id : ids) {
            answeredTo("v", id);
        }
    }

    private List<String> stored() {
        return sql.column("select id from decision order by id");
    }

    private Path onlyFile() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("decision-spool"))) {
            return files.findAny().orElseThrow();
        }
    }

    private HealthCheckResponse health() {
        return new RecordingHealth(lost, recorder).call();
    }

    private double letGo() {
        return meters.get("vitrine.decisions.let.go").counter().count();
    }

    @Test
    void aDecisionReadsTheSameFromMemoryFromTheDiskAndFromTheDatabase() throws Exception {
        answered("d-1");
        String fromMemory = recorder.explanation("d-1").orElseThrow().toString();
        assertThat(recorder.replayInput("d-1").orElseThrow().given().skus()).isEmpty();
        assertThat(recorder.spoolBatch()).isTrue();
        assertThat(recorder.waitingInMemory()).isZero();
        assertThat(recorder.waitingOnDisk()).isEqualTo(1);
        assertThat(recorder.explanation("d-1").orElseThrow()).hasToString(fromMemory);
        assertThat(recorder.replayInput("d-1").orElseThrow().visit()).isEqualTo("v");
        recorder.recordAll();
        assertThat(recorder.waitingOnDisk()).isZero();
        assertThat(recorder.explanation("d-1").orElseThrow().get("at").textValue())
                .isEqualTo(NOON.toString());
        assertThat(recorder.explanation("d-1")).contains(Json.MAPPER.readTree(fromMemory));
        assertThat(recorder.replayInput("d-1").orElseThrow().given().skus()).isEmpty();
        assertThat(recorder.explanation("d-2")).isEmpty();
    }

    @Test
    void withTheDatabaseAwayOnlyWaitingDecisionsCanBeRead() {
        answered("d-1");
        recorder.recordAll();
        databaseAway();
        answered("d-2", "d-3");
        recorder.recordAll();
        assertThat(recorder.explanation("d-2")).isPresent();
        recorder.spoolBatch();
        assertThat(recorder.explanation("d-2")).isPresent();
        assertThatThrownBy(() -> recorder.explanation("d-1")).isInstanceOf(DatabaseUnavailableException.class);
        state.probe();
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-1", "d-2", "d-3");
    }

    @Test
    void whatIsOnDiskSurvivesTheProcessAndIsRecordedOnce() {
        databaseAway();
        answered("d-1", "d-2");
        recorder.spoolBatch();
        answered("d-3");
        recorder.spoolBatch();
        startWith(SMALL);
        assertThat(recorder.waitingOnDisk()).isEqualTo(3);
        assertThat(recorder.explanation("d-3")).isPresent();
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-1", "d-2", "d-3");
        assertThat(data.resolve("decision-spool")).isEmptyDirectory();
        assertThat(health().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
    }

    @Test
    void whatWasRecordedJustBeforeAKillIsNotRecordedTwice() throws Exception {
        answered("d-1", "d-2", "d-3");
        recorder.spoolBatch();
        Path file = onlyFile();
        byte[] before = Files.readAllBytes(file);
        recorder.recordAll();
        sql.run("delete from decision where id = 'd-2'");
        Files.write(file, before);
        startWith(SMALL);
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-1", "d-2", "d-3");
        assertThat(file).doesNotExist();
        assertThat(letGo()).isZero();
    }

    @Test
    void aDecisionThatTheDatabaseRejectsCostsNoOtherAndIsCounted() {
        answered("d-1");
        answeredTo("no\u0000ne", "d-2");
        answered("d-3");
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-1", "d-3");
        assertThat(recorder.waitingInMemory()).isZero();
        assertThat(letGo()).isEqualTo(1);
        assertThat(lost.losses().why()).contains("the database refuses decision d-2");
    }

    @Test
    void theOldestAreLostWhenNeitherMemoryNorDiskHasRoom() throws Exception {
        startWith(Map.of("vitrine.decision.unrecorded-max-bytes", Integer.toString(sizeOfOne() * 7 / 2)));
        Files.createFile(data.resolve("decision-spool"));
        databaseAway();
        assertThat(letGo()).isZero();
        assertThat(health().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        for (int i = 1; i <= 5; i++) {
            answered("d-" + i);
            recorder.spoolBatch();
        }
        assertThat(letGo()).isEqualTo(2);
        assertThat(health().getStatus()).isEqualTo(HealthCheckResponse.Status.DOWN);
        assertThat(health().getData().orElseThrow())
                .containsEntry("lost", 2L)
                .containsEntry("waiting", 3L)
                .containsKeys("lostSince", "lostLast");
        assertThat(lost.losses().why()).startsWith("the database is away, and the disk does not take them");
        state.probe();
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-3", "d-4", "d-5");
        clock.pass(LostDecisions.QUIET.plus(Duration.ofSeconds(1)));
        assertThat(health().getStatus()).isEqualTo(HealthCheckResponse.Status.UP);
        assertThat(health().getData().orElseThrow()).containsEntry("lost", 2L);
    }

    @Test
    void aFullSpoolKeepsWhatItHasAndTheRestWaitsInMemory() {
        startWith(Map.of("vitrine.decision.unrecorded-max-bytes", "6000", "vitrine.decision.spool-max-bytes", "1000"));
        databaseAway();
        answered("d-1");
        assertThat(recorder.spoolBatch()).isTrue();
        answered("d-2");
        assertThat(recorder.spoolBatch()).isFalse();
        assertThat(recorder.waitingOnDisk()).isEqualTo(1);
        assertThat(recorder.waitingInMemory()).isEqualTo(1);
        assertThat(letGo()).isZero();
        state.probe();
        recorder.recordAll();
        assertThat(stored()).containsExactly("d-1", "d-2");
        databaseAway();
        answered("d-3");
        assertThat(recorder.spoolBatch()).as("there is room again").isTrue();
    }

    @Test
    void aDamagedFileCostsOnlyItsOwnDecisions() throws Exception {
        answered("d-1", "d-2");
        recorder.spoolBatch();
        byte[] content = Files.readAllBytes(onlyFile());
        Files.write(onlyFile(), Arrays.copyOf(content, content.length / 2));
        answered("d-3");
        recorder.spoolBatch();
        Files.write(data.resolve("decision-spool/d-9..d-9.1.unfinished"), content);
        startWith(SMALL);
        recorder.recordAll();
        assertThat(stored()).contains("d-3").doesNotContain("d-9");
        assertThat(stored().size() + letGo()).isEqualTo(3);
        assertThat(letGo()).isPositive();
        assertThat(data.resolve("decision-spool")).isEmptyDirectory();
    }

    @Test
    void anOrderlyStopWithTheDatabaseAwayLeavesThemOnDisk() throws Exception {
        databaseAway();
        answered("d-1", "d-2");
        recorder.stop(null);
        startWith(SMALL);
        assertThat(recorder.waitingOnDisk()).isEqualTo(2);
    }

    @Test
    void whatWaitedOnTheDiskForAnErasedShopperIsErasedWhenItIsRecorded() {
        databaseAway();
        answered("d-1");
        answeredTo("another", "d-2");
        recorder.spoolBatch();
        erased.add(List.of(new Erasure("s", Set.of("v"), NOON.plusSeconds(1))));
        state.probe();
        recorder.recordAll();
        assertThat(sql.column("select visit from decision order by id")).containsExactly("", "another");
    }
}
