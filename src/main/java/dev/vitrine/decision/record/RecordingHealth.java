package dev.vitrine.decision.record;

import dev.vitrine.decision.record.LostDecisions.Losses;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Fails while decisions are lost instead of recorded, and for a while after the last one. What waits is not lost. */
@Wellness
@Singleton
final class RecordingHealth implements HealthCheck {
    private final LostDecisions lost;
    private final DecisionRecorder recorder;

    RecordingHealth(LostDecisions lost, DecisionRecorder recorder) {
        this.lost = lost;
        this.recorder = recorder;
    }

    @Override
    public HealthCheckResponse call() {
        Losses losses = lost.losses();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("recording")
                .status(!lost.recently())
                .withData("waiting", recorder.waitingInMemory())
                .withData("onDisk", recorder.waitingOnDisk())
                .withData("lost", losses.count());
        if (losses.count() > 0) {
            answer.withData("lostSince", losses.first().toString())
                    .withData("lostLast", losses.last().toString())
                    .withData("cause", losses.why());
        }
        return answer.build();
    }
}
