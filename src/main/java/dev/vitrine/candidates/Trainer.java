package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Trains the built-in model in the background, one training at a time. When one fails, the previous model stays in use. */
@Singleton
public final class Trainer {
    private static final Logger LOG = Logger.getLogger(Trainer.class);
    /** Before the warm-up, which shall run with a trained model. */
    private static final int AFTER_THE_DEMO = 4001;

    private static final long POLL_MILLIS = 20;

    private final TrainingEventRepository events;
    private final DatabaseState database;
    private final Catalog catalog;
    private final BuiltInModel model;
    private final CandidatesConfig config;
    private final Clock clock;
    private final ExecutorService background =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "vitrine-training"));
    private final AtomicBoolean requested = new AtomicBoolean();
    private volatile boolean overdue;
    private volatile Training training = Training.NONE;
    private volatile String problem;
    private volatile boolean stopping;

    Trainer(
            TrainingEventRepository events,
            DatabaseState database,
            Catalog catalog,
            BuiltInModel model,
            CandidatesConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.events = events;
        this.database = database;
        this.catalog = catalog;
        this.model = model;
        this.config = config;
        this.clock = clock;
        Gauge.builder("vitrine.model.age", this::ageSeconds)
                .baseUnit("seconds")
                .description("Time since the model's training began; NaN before the first")
                .register(metrics);
    }

    /**
     * Without a model the first shoppers after a restart would see the shelves of a shop that knows nobody. So the start waits for
     * the first training, within bounds: a large log's takes minutes, and a service that decides poorly is better than none.
     */
    void startFirst(@Observes @Priority(AFTER_THE_DEMO) StartupEvent opened) {
        if (trained()) {
            return;
        }
        start();
        long end = System.nanoTime() + config.startWait().toNanos();
        try {
            while (!trained() && catalog.isLoaded() && problem == null && System.nanoTime() < end) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!trained() && catalog.isLoaded() && problem == null) {
            LOG.infof(
                    "The model is still being trained after %d s; until it is, shelves are those of a shop that nobody has visited",
                    config.startWait().toSeconds());
        }
    }

    private boolean trained() {
        return model.trained().trainedAt() != null;
    }

    private double ageSeconds() {
        Instant trainedAt = model.trained().trainedAt();
        return trainedAt == null
                ? Double.NaN
                : Duration.between(trainedAt, clock.instant()).toMillis() / 1000.0;
    }

    Training training() {
        Training now = training;
        return requested.get() && !now.running() ? begun() : now;
    }

    private Training begun() {
        return new Training(true, clock.instant(), 0, 0);
    }

    public String problem() {
        return problem;
    }

    /** Starts a training soon, unless one is waiting already. */
    @Scheduled(every = "${vitrine.candidates.train-every}", delayed = "${vitrine.candidates.train-every}")
    void start() {
        if (requested.compareAndSet(false, true)) {
            background.execute(() -> {
                // before the request is taken back, so that whoever asked sees it run until it is done
                training = begun();
                requested.set(false);
                trainSoon();
            });
        }
    }

    private void trainSoon() {
        if (!catalog.isLoaded()) {
            // the model needs the products' categories
            overdue = true;
            training = Training.NONE;
            return;
        }
        try {
            trainNow();
        } catch (IllegalStateException e) {
            LOG.debug("The failure is in the log and in GET /model");
        }
    }

    /** Starts the training that found no database or no catalog, once both are there. */
    @Scheduled(every = "1s", identity = "overdue-training", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void startOverdue() {
        if (overdue && database.up() && catalog.isLoaded()) {
            overdue = false;
            start();
        }
    }

    /** Trains on every event stored before the call, and waits; throws when it fails, and the previous model stays. */
    public synchronized TrainedModel trainNow() {
        Instant startedAt = clock.instant();
        long before = System.nanoTime();
        training = new Training(true, startedAt, 0, 0);
        try {
            TrainedModel trained = train(startedAt);
            model.replace(trained);
            problem = null;
            LOG.infof(
                    "Model trained on %d sessions, %d clicks and %d products in %d ms",
                    trained.sessions(), trained.clicks(), trained.products(), (System.nanoTime() - before) / 1_000_000);
            return trained;
        } catch (RuntimeException | OutOfMemoryError e) {
            // out of memory too: what the training gathered is garbage now, and the shop must go on
            String failure = "The training of " + startedAt + " failed; the previous model stays in use: "
                    + FailureLog.reason(e);
            overdue = e instanceof DatabaseUnavailableException;
            if (!stopping) {
                problem = failure;
                LOG.error(failure);
            }
            throw new IllegalStateException(failure, e);
        } finally {
            training = Training.NONE;
        }
    }

    private TrainedModel train(Instant startedAt) {
        AtomicLong expected = new AtomicLong();
        History history = events.read(config.history(), config.eventsMax(), expected::set, read -> {
            requireWanted();
            training = training.read(read, expected.get());
        });
        Function<String, String> categoryOf = sku -> {
            Product product = catalog.product(sku);
            return product == null ? null : product.category();
        };
        Function<String, String> sortOf = model.sorts();
        Chances chances = chances(history, categoryOf, sortOf);
        return history.trained(startedAt, categoryOf, sortOf).with(chances);
    }

    private Chances chances(History history, Function<String, String> categoryOf, Function<String, String> sortOf) {
        List<Moment> moments = history.moments(categoryOf);
        return new ChanceLearner(model.sourcesThen(history.earlier(categoryOf, sortOf))).learned(moments, looked -> {
            requireWanted();
            training = training.learned(looked, moments.size());
        });
    }

    private void requireWanted() {
        if (stopping) {
            throw new IllegalStateException("the service stops");
        }
    }

    @PreDestroy
    void stop() {
        stopping = true;
        background.shutdownNow();
    }
}
