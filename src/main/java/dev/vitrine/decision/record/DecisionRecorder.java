package dev.vitrine.decision.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
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
 * Records decisions after they are answered, and reads them back. They wait in memory for a moment, and a thread writes
 * them in batches. While the database is away they wait longer, up to a bound. Beyond it the oldest are discarded and
 * counted.
 */
@Singleton
@Priority(DecisionListener.MEMORY)
public final class DecisionRecorder implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(DecisionRecorder.class);
    private static final int BATCH = 200;
    /** A crash loses the explanations of the last tenth of a second. */
    private static final long GATHER_MILLIS = 100;

    private final DecisionRepository repository;
    private final DecisionJson json;
    private final Transactions transactions;
    private final DatabaseState database;
    private final DecisionConfig config;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<String, DecisionRecord> waiting = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "decision-recorder");
    private volatile boolean closed;

    DecisionRecorder(
            DecisionRepository repository,
            DecisionJson json,
            Transactions transactions,
            DatabaseState database,
            DecisionConfig config,
            Clock clock,
            MeterRegistry meters) {
        this.repository = repository;
        this.json = json;
        this.transactions = transactions;
        this.database = database;
        this.config = config;
        this.clock = clock;
        this.meters = meters;
        meters.gauge("vitrine.decisions.unrecorded", this, DecisionRecorder::waitingCount);
    }

    void start(@Observes StartupEvent started) {
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent stopping) throws InterruptedException {
        closed = true;
        thread.join(TimeUnit.SECONDS.toMillis(10));
        int lost = waitingCount();
        if (lost > 0) {
            LOG.warnf("%d decisions could not be recorded, because the database is away; they are lost", lost);
        }
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionRecord record = DecisionRecord.of(decision);
        synchronized (waiting) {
            waiting.put(record.id(), record);
            if (waiting.size() > config.unrecordedMax()) {
                Iterator<String> oldest = waiting.keySet().iterator();
                oldest.next();
                oldest.remove();
                meters.counter("vitrine.decisions.let.go").increment();
            }
        }
    }

    /** @throws DatabaseUnavailableException when it does not wait in memory, and stored ones cannot be read */
    public Optional<JsonNode> explanation(String id) {
        Optional<DecisionRecord> record = waiting(id);
        return record.isPresent()
                ? record.map(json::explanation)
                : transactions.call(() -> repository.findByIdOptional(id)).map(json::explanation);
    }

    /** Empty where there is no such decision, or it can no longer be read; throws as {@link #explanation} does. */
    public Optional<ReplayInput> replayInput(String id) {
        Optional<DecisionRecord> record = waiting(id);
        return record.isPresent()
                ? record.map(DecisionRecord::replayInput)
                : transactions.call(() -> repository.stored(id)).flatMap(json::replayInput);
    }

    /** The last stored decisions, of one placement or, where that is null, of all. */
    public RecordedDecisions last(int max, String placement) {
        return new RecordedDecisions(
                transactions.call(() -> repository.count(max, placement)),
                (at, id, limit) -> transactions.call(() -> repository.before(at, id, placement, limit)),
                json);
    }

    private Optional<DecisionRecord> waiting(String id) {
        synchronized (waiting) {
            return Optional.ofNullable(waiting.get(id));
        }
    }

    private int waitingCount() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private void run() {
        try {
            while (!closed || waitingCount() > 0 && database.up()) {
                if (!closed) {
                    TimeUnit.MILLISECONDS.sleep(GATHER_MILLIS);
                }
                while (database.up() && saveBatch()) {
                    // until none wait
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false when none waited, or the database could not be reached. */
    boolean saveBatch() {
        List<DecisionRecord> batch = new ArrayList<>();
        synchronized (waiting) {
            waiting.values().stream().limit(BATCH).forEach(batch::add);
        }
        if (batch.isEmpty()) {
            return false;
        }
        try {
            saveOrSkip(batch);
        } catch (DatabaseUnavailableException e) {
            return false;
        }
        synchronized (waiting) {
            batch.forEach(record -> waiting.remove(record.id()));
        }
        return true;
    }

    private void saveOrSkip(List<DecisionRecord> batch) {
        try {
            save(batch);
        } catch (DatabaseUnavailableException e) {
            throw e;
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                LOG.errorf(e, "Decision %s cannot be recorded", batch.get(0).id());
            } else {
                // one that the database does not take must not cost the others
                batch.forEach(record -> saveOrSkip(List.of(record)));
            }
        }
    }

    private void save(List<DecisionRecord> batch) {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        batch.forEach(record -> rows.add(json.row(record)));
        transactions.run(() -> repository.save(rows));
    }

    @Scheduled(every = "1h", delayed = "5m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void deleteOld() {
        try {
            while (transactions.call(
                            () -> repository.deleteBefore(clock.instant().minus(config.keep())))
                    > 0) {
                // batch by batch
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Old decisions are deleted once the database is back");
        }
    }
}
