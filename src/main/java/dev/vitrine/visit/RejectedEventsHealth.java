package dev.vitrine.visit;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether events were put aside because nobody could store them. Wellness, not readiness: the others are stored. */
@Wellness
@Singleton
final class RejectedEventsHealth implements HealthCheck {
    private final EventRecorder recorder;

    RejectedEventsHealth(EventRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public HealthCheckResponse call() {
        RejectedEvents rejected = recorder.rejected();
        long count = rejected.count();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("rejected-events").status(count == 0);
        return (count == 0
                        ? answer
                        : answer.withData("events", count)
                                .withData("file", rejected.file().toString())
                                .withData("first", rejected.first()))
                .build();
    }
}
