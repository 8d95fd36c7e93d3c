package dev.vitrine.decision;

import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Measures how long decisions take and how they end. */
@Singleton
final class DecisionMetrics implements DecisionListener {
    private final MeterRegistry meters;

    DecisionMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void answered(AnsweredDecision decision) {
        DecisionAnswer answer = decision.answer();
        if (answer.shortfalls() != null) {
            meters.counter("vitrine.shortfalls", "placement", decision.placement())
                    .increment(answer.shortfalls().size());
        }
        Timer.builder("vitrine.decisions")
                .tag("placement", decision.placement())
                .tag(
                        "outcome",
                        answer.degraded() == null
                                ? answer.module().type()
                                : answer.degraded().cause())
                .publishPercentileHistogram()
                .register(meters)
                .record(answer.tookMicros(), TimeUnit.MICROSECONDS);
    }
}
