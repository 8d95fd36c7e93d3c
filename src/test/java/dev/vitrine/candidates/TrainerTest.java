package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.search.ProductSearch;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Catalog catalog = new Catalog();
    private final BuiltInModel model = new BuiltInModel(catalog, new ProductSearch(catalog), CLOCK);
    private final Trainer trainer = trainer(new Unreachable());

    @AfterEach
    void stop() {
        trainer.stop();
    }

    @Test
    void aFailingTrainingKeepsTheLastModelAndSaysWhy() {
        TrainedModel last = new History(0, 0).trained(NOW.minusSeconds(90), sku -> null, sku -> null);
        model.replace(last);

        assertThatThrownBy(trainer::trainNow).isInstanceOf(IllegalStateException.class);

        assertThat(model.trained()).isSameAs(last);
        assertThat(trainer.training().running()).isFalse();
        assertThat(trainer.problem())
                .startsWith("The training of 2026-03-01T12:00:00Z failed; the previous model stays in use: ")
                .contains("refused")
                .doesNotContain("\n");
    }

    @Test
    void theAgeOfTheModelIsAMetric() {
        assertThat(age()).isNaN();
        model.replace(new History(0, 0).trained(NOW.minusSeconds(90), sku -> null, sku -> null));
        assertThat(age()).isEqualTo(90);
    }

    @Test
    void theStartWaitsForTheFirstTraining() {
        catalog.markLoaded();
        Trainer reading = trainer(new Slow());
        reading.startFirst(null);
        assertThat(model.trained().trainedAt()).isEqualTo(NOW);
        reading.stop();
    }

    @Test
    void theStartGoesOnWhereTheTrainingFailsOrTheCatalogIsMissing() {
        trainer.startFirst(null);
        assertThat(trainer.problem()).isNull();
        catalog.markLoaded();
        trainer.startFirst(null);
        assertThat(trainer.problem()).contains("refused");
        assertThat(model.trained().trainedAt()).isNull();
    }

    private Trainer trainer(TrainingEventRepository events) {
        return new Trainer(events, new DatabaseState(null, CLOCK), catalog, model, new Defaults(), CLOCK, metrics);
    }

    private double age() {
        return metrics.get("vitrine.model.age").gauge().value();
    }

    /** Events in a database that nobody can connect to. */
    private static final class Unreachable extends TrainingEventRepository {
        Unreachable() {
            super(null, null);
        }

        @Override
        History read(Duration length, int max, LongConsumer expected, LongConsumer progress) {
            throw new DatabaseUnavailableException(
                    new SQLException("Connection to 127.0.0.1:1 refused.\nIs the server running?", "08001"));
        }
    }

    /** A log that takes its time. */
    private static final class Slow extends TrainingEventRepository {
        Slow() {
            super(null, null);
        }

        @Override
        History read(Duration length, int max, LongConsumer expected, LongConsumer progress) {
            try {
                TimeUnit.MILLISECONDS.sleep(200);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new History(0, 0);
        }
    }

    private record Defaults() implements CandidatesConfig {
        @Override
        public Duration trainEvery() {
            return Duration.ofMinutes(15);
        }

        @Override
        public Duration startWait() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Duration history() {
            return Duration.ofDays(90);
        }

        @Override
        public int eventsMax() {
            return 5_000_000;
        }
    }
}
