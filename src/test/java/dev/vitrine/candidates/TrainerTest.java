package dev.vitrine.candidates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vitrine.catalog.Catalog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class TrainerTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Catalog catalog = new Catalog();
    private final BuiltInModel model = new BuiltInModel(catalog, CLOCK);
    private final Trainer trainer =
            new Trainer(new TrainingEvents(nobodyListens()), catalog, model, new Defaults(), CLOCK, metrics);

    @AfterEach
    void stop() {
        trainer.stop();
    }

    @Test
    void aFailingTrainingKeepsTheLastModelAndTellsWhy() {
        TrainedModel last = new History(0).trained(NOW.minusSeconds(90), sku -> null);
        model.replace(last);

        assertThatThrownBy(trainer::trainNow).isInstanceOf(IllegalStateException.class);

        assertThat(model.trained()).isSameAs(last);
        assertThat(trainer.training().running()).isFalse();
        assertThat(trainer.problem())
                .startsWith("The training of 2026-03-01T12:00:00Z failed, the model before it goes on: ")
                .contains("refused")
                .doesNotContain("\n");
    }

    @Test
    void theAgeOfTheModelIsAMetric() {
        assertThat(age()).isNaN();
        model.replace(new History(0).trained(NOW.minusSeconds(90), sku -> null));
        assertThat(age()).isEqualTo(90);
    }

    private double age() {
        return metrics.get("vitrine.model.age").gauge().value();
    }

    private static PGSimpleDataSource nobodyListens() {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setServerNames(new String[] {"127.0.0.1"});
        database.setPortNumbers(new int[] {1});
        return database;
    }

    private record Defaults() implements CandidatesConfig {
        @Override
        public Duration trainEvery() {
            return Duration.ofMinutes(15);
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
