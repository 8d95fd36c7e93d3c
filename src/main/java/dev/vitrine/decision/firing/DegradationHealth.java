package dev.vitrine.decision.firing;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether an edition fails at many decisions of the last minute: each is answered, and somebody should look at it. */
@Wellness
@Singleton
final class DegradationHealth implements HealthCheck {
    private final DegradationMonitor minute;

    DegradationHealth(DegradationMonitor minute) {
        this.minute = minute;
    }

    @Override
    public HealthCheckResponse call() {
        List<DegradationMonitor.Failing> failing = minute.failing();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("last-minute").status(failing.isEmpty());
        return failing.isEmpty()
                ? answer.build()
                : answer.withData(
                                "problems",
                                failing.stream().map(Object::toString).collect(Collectors.joining("\n")))
                        .build();
    }
}
