package dev.vitrine.decision.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.privacy.ErasedShoppers;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Records decisions after they are answered, and reads them back. They wait in memory, as bytes, for a thread that writes
 * them to the database in batches. While the database is away, or does not follow, another thread moves them to the disk,
 * from where they are recorded later. What neither takes is lost, and counted.
 */
@Singleton
@Priority(DecisionListener.MEMORY)
public final class DecisionRecorder implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(DecisionRecorder.class);
    /** Some eighty decisions on two hundred candidates: a transaction of a few hundredths of a second. */
    private static final long BATCH_BYTES = 1 << 20;
    /** A crash loses the explanations of the last tenth of a second. */
    private static final long GATHER_MILLIS = 100;
    /** While the database is away, it loses those of the last five seconds. A short outage leaves the disk alone. */
    private static final long SPOOL_MILLIS = 5_000;

    private static final long RETRY_MILLIS = 1_000;
    private static final long STOP_SECONDS_MAX = 10;

    private final DecisionRepository repository;
    private final DecisionJson json;
    private final Transactions transactions;
    private final DatabaseState database;
    private final LostDecisions lost;
    private final ErasedShoppers erased;
    private final WaitingDecisions waiting;
    private final DecisionSpool spool;
    private final Thread recorder = new Thread(this::recordSteadily, "decision-recorder");
    private final Thread spooler = new Thread(this::spoolSteadily, "decision-spool");
    private volatile boolean closed;
    /** Why the last batch did not get to the disk; null where it did. */
    private volatile String spoolFailure;

    @Inject
    DecisionRecorder(
            DecisionRepository repository,
            DecisionJson json,
            Transactions transactions,
            DatabaseState database,
            DecisionConfig config,
            LostDecisions lost,
            ErasedShoppers erased,
            MeterRegistry meters,
            @ConfigProperty(name = "vitrine.data") Path data) {
        this.repository = repository;
        this.json = json;
        this.transactions = transactions;
        this.database = database;
        this.lost = lost;
        this.erased = erased;
        this.waiting = new WaitingDecisions(config.unrecordedMaxBytes().asLongValue());
        this.spool = new DecisionSpool(
                data.resolve("decision-spool"), config.spoolMaxBytes().asLongValue(), lost);
        meters.gauge("vitrine.decisions.unrecorded", this, self -> self.waitingInMemory() + self.waitingOnDisk());
        meters.gauge("vitrine.decisions.on.disk.bytes", spool, DecisionSpool::bytes);
    }

    void start(@Observes StartupEvent started) {
        for (Thread thread : List.of(recorder, spooler)) {
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** What the database does not take in time goes to the disk. */
    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        closed = true;
        waiting.close();
        recorder.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        spooler.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS_MAX));
        waiting.unclaimAll();
        while (spoolBatch()) {
            // until none wait
        }
        if (waiting.count() > 0) {
            lost.add(waiting.count(), "the service stops, and " + whyNot());
        }
    }

    @Override
    public void answered(AnsweredDecision decision) {
        try {
            int discarded = waiting.add(json.row(decision));
            if (discarded > 0) {
                lost.add(discarded, whyNot());
            }
        } catch (IOException | RuntimeException e) {
            lost.add(1, "decision " + decision.answer().decisionId() + " cannot be written: " + e);
        }
    }

    private boolean mayGoToDisk() {
        return waiting.isHalfFull() || !database.up();
    }

    private String whyNot() {
        String failure = spoolFailure;
        return (database.up() ? "the database is too slow" : "the database is away") + ", and "
                + (failure == null ? "so is the disk" : failure);
    }

    /** @throws DatabaseUnavailableException when it does not wait here, and stored ones cannot be read */
    public Optional<JsonNode> explanation(String id) {
        return waiting(id)
                .map(json::entity)
                .or(() -> transactions.call(() -> repository.findByIdOptional(id)))
                .map(json::explanation);
    }

    /** Empty where there is no such decision, or it can no longer be read; throws as {@link #explanation} does. */
    public Optional<ReplayInput> replayInput(String id) {
        Optional<DecisionRow> row = waiting(id);
        return row.isPresent()
                ? row.flatMap(json::replayInput)
                : transactions.call(() -> repository.stored(id)).flatMap(json::replayInput);
    }

    /** In the order in which decisions move, so that none is missed that moves meanwhile. */
    private Optional<DecisionRow> waiting(String id) {
        return waiting.find(id).or(() -> spool.find(id));
    }

    /** The last stored decisions, of one placement or, where that is null, of all. */
    public RecordedDecisions last(int max, String placement) {
        return new RecordedDecisions(
                transactions.call(() -> repository.count(max, placement)),
                (at, id, limit) -> transactions.call(() -> repository.before(at, id, placement, limit)),
                json);
    }

    int waitingInMemory() {
        return waiting.count();
    }

    int waitingOnDisk() {
        return spool.count();
    }

    private interface Step {
        void run() throws InterruptedException;
    }

    private void untilClosed(Step step) {
        try {
            while (!closed) {
                try {
                    step.run();
                } catch (RuntimeException | OutOfMemoryError e) {
                    // a thread that ended would end all recording
                    LOG.error("Recording decisions failed; it goes on", e);
                    TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void recordSteadily() {
        untilClosed(() -> {
            TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
            recordAll();
        });
        recordAll();
    }

    /** Records all that waits, in memory first, because there is less room. */
    void recordAll() {
        try {
            while (database.up() && (recordBatch() || !closed && spool.drainOldest(this::recordFromDisk))) {
                // until none wait
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Decisions wait for the database");
        }
    }

    private boolean recordBatch() {
        List<DecisionRow> batch = waiting.claim(BATCH_BYTES);
        try {
            recordOrRefuse(batch);
            waiting.remove(batch);
        } finally {
            waiting.putBack(batch);
        }
        return !batch.isEmpty();
    }

    /** What waited on the disk may be of somebody who was erased meanwhile. */
    private void recordFromDisk(List<DecisionRow> rows) {
        recordOrRefuse(rows);
        for (Erasure erasure : erased.all()) {
            transactions.run(() -> repository.eraseLate(erasure));
        }
    }

    private void recordOrRefuse(List<DecisionRow> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try {
            transactions.run(() -> repository.insert(rows));
        } catch (DatabaseUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            recordOthers(rows, e);
        }
    }

    /** One that is stored already, or that the database does not take, must not cost the others. */
    private void recordOthers(List<DecisionRow> rows, RuntimeException failure) {
        Set<String> known = transactions.call(
                () -> repository.known(rows.stream().map(DecisionRow::id).toList()));
        if (!known.isEmpty()) {
            recordOrRefuse(
                    rows.stream().filter(row -> !known.contains(row.id())).toList());
        } else if (rows.size() == 1) {
            lost.add(1, "the database refuses decision " + rows.get(0).id() + ": " + FailureLog.reason(failure));
        } else {
            recordOrRefuse(rows.subList(0, rows.size() / 2));
            recordOrRefuse(rows.subList(rows.size() / 2, rows.size()));
        }
    }

    private void spoolSteadily() {
        untilClosed(() -> {
            waiting.awaitHalfFull(SPOOL_MILLIS);
            while (!closed && mayGoToDisk() && spoolBatch()) {
                // until enough is on disk
            }
            if (spoolFailure != null) {
                TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
            }
        });
    }

    /** Moves a batch to the disk; false where none waits, or the disk does not take it. */
    boolean spoolBatch() {
        List<DecisionRow> batch = waiting.claim(BATCH_BYTES);
        if (batch.isEmpty()) {
            return false;
        }
        try {
            spool.append(batch);
            waiting.remove(batch);
            spoolFailure = null;
            return true;
        } catch (IOException e) {
            if (spoolFailure == null) {
                LOG.warnf("Decisions that wait for the database cannot go to the disk: %s", e);
            }
            spoolFailure = "the disk does not take them: " + e.getMessage();
            return false;
        } finally {
            waiting.putBack(batch);
        }
    }
}
