package dev.vitrine.candidates;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/** Trains the built-in model beside the requests, one training at a time. A failing one leaves the last model serving. */
@Singleton
public final class Trainer {
    private static final Logger LOG = Logger.getLogger(Trainer.class);

    private final TrainingEvents events;
    private final Catalog catalog;
    private final BuiltInModel model;
    private final CandidatesConfig config;
    private final Clock clock;
    private final ExecutorService aside =
            Executors.newSingleThreadExecutor(work -> new Thread(work, "vitrine-training"));
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile Training training = Training.NONE;
    private volatile String problem;
    private volatile boolean stopping;

    Trainer(
            TrainingEvents events,
            Catalog catalog,
            BuiltInModel model,
            CandidatesConfig config,
            Clock clock,
            MeterRegistry metrics) {
        this.events = events;
        this.catalog = catalog;
        this.model = model;
        this.config = config;
        this.clock = clock;
        Gauge.builder("vitrine.model.age", this::ageSeconds)
                .baseUnit("seconds")
                .description("Time since the model's training began; NaN before the first")
                .register(metrics);
    }

    private double ageSeconds() {
        Instant trainedAt = model.trained().trainedAt();
        return trainedAt == null
                ? Double.NaN
                : Duration.between(trainedAt, clock.instant()).toMillis() / 1000.0;
    }

    Training training() {
        return training;
    }

    /** Why the last training failed, null where it did not. */
    public String problem() {
        return problem;
    }

    /** Has a training begin soon; where one is asked for already, that one will do. */
    @Scheduled(every = "${vitrine.candidates.train-every}")
    void start() {
        if (asked.compareAndSet(false, true)) {
            aside.execute(() -> {
                asked.set(false);
                try {
                    trainNow();
                } catch (IllegalStateException e) {
                    // told in the log and in GET /model
                }
            });
        }
    }

    /**
     * Trains and waits for it, after one that is under way. Every event that was stored before the call counts.
     *
     * @throws IllegalStateException where it failed; then the last model goes on
     */
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
        } catch (SQLException | RuntimeException | OutOfMemoryError e) {
            // out of memory too: what the training gathered is garbage now, and the shop must go on
            String failure = "The training of " + startedAt + " failed, the model before it goes on: " + oneLine(e);
            if (!stopping) {
                problem = failure;
                LOG.error(failure);
            }
            throw new IllegalStateException(failure, e);
        } finally {
            training = Training.NONE;
        }
    }

    private TrainedModel train(Instant startedAt) throws SQLException {
        AtomicLong expected = new AtomicLong();
        History history = events.read(config.history(), config.eventsMax(), expected::set, read -> {
            if (stopping) {
                throw new IllegalStateException("the service stops");
            }
            training = training.read(read, expected.get());
        });
        return history.trained(startedAt, sku -> {
            Product product = catalog.product(sku);
            return product == null ? null : product.category();
        });
    }

    private static String oneLine(Throwable e) {
        return String.valueOf(e.getMessage())
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
    }

    @PreDestroy
    void stop() {
        stopping = true;
        aside.shutdownNow();
    }
}
