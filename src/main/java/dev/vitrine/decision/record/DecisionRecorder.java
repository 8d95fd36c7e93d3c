package dev.vitrine.decision.record;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Keeps decisions behind the answer: they wait in memory for a moment, and are written in batches by a thread of its
 * own. While the database is away they go on waiting, up to a bound; then the oldest are let go, and counted.
 */
@Singleton
@Priority(DecisionListener.MEMORY)
public final class DecisionRecorder implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(DecisionRecorder.class);
    private static final int BATCH = 200;
    /** What a crash can cost: explanations of the last tenth of a second. */
    private static final long GATHER_MILLIS = 100;

    private final DecisionRepository store;
    private final DatabaseState database;
    private final DecisionConfig config;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, DecisionRecord> waiting = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "decisions-behind");
    private volatile boolean closed;

    DecisionRecorder(
            DecisionRepository store,
            DatabaseState database,
            DecisionConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        meters.gauge("vitrine.decisions.unrecorded", this, recorder -> recorder.waiting());
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionRecord record = DecisionRecord.of(decision);
        synchronized (waiting) {
            waiting.put(record.answer().decisionId(), record);
            if (waiting.size() > config.unrecordedMax()) {
                Iterator<String> oldest = waiting.keySet().iterator();
                oldest.next();
                oldest.remove();
                meters.counter("vitrine.decisions.let.go").increment();
            }
        }
    }

    /** The decision, wherever it is by now. */
    public Optional<JsonNode> find(String id) throws SQLException {
        synchronized (waiting) {
            DecisionRecord record = waiting.get(id);
            if (record != null) {
                return Optional.of(store.told(record));
            }
        }
        return store.find(id);
    }

    /** The question that the decision answers, wherever it is by now. */
    public Optional<ReplayInput> question(String id) throws SQLException {
        synchronized (waiting) {
            DecisionRecord record = waiting.get(id);
            if (record != null) {
                return Optional.of(record.replayInput());
            }
        }
        return store.question(id);
    }

    private int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void run() {
        try {
            while (!closed || waiting() > 0 && database.up()) {
                if (!closed) {
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                while (database.up() && save()) {
                    // until nothing waits
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a batch; false when there was none, or it could not be written. */
    private boolean save() {
        List<DecisionRecord> batch = new ArrayList<>();
        synchronized (waiting) {
            waiting.values().stream().limit(BATCH).forEach(batch::add);
        }
        if (batch.isEmpty()) {
            return false;
        }
        try {
            store.save(batch);
        } catch (SQLException e) {
            database.failed(e);
            if (DatabaseState.unavailable(e)) {
                return false;
            }
            batch.forEach(this::saveAlone);
        } catch (RuntimeException e) {
            LOG.errorf(e, "%d decisions cannot be kept", batch.size());
        }
        synchronized (waiting) {
            batch.forEach(record -> waiting.remove(record.answer().decisionId()));
        }
        return true;
    }

    /** One decision that the database will never take must not cost the others of its batch. */
    private void saveAlone(DecisionRecord record) {
        try {
            store.save(List.of(record));
        } catch (SQLException e) {
            LOG.errorf("Decision %s cannot be kept: %s", record.answer().decisionId(), e.getMessage());
        }
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void forget() {
        try {
            while (store.deleteBefore(clock.instant().minus(config.keep())) > 0) {
                // batch by batch, so that no long lock is held
            }
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Cannot delete old decisions: %s", e.getMessage());
        }
    }
}
