package dev.vitrine.decision.firing;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Fails while many decisions of the last minute were degraded: each was answered, but somebody should look. */
@Wellness
@Singleton
final class DegradationHealth implements HealthCheck {
    private final DegradationMonitor monitor;

    DegradationHealth(DegradationMonitor monitor) {
        this.monitor = monitor;
    }

    @Override
    public HealthCheckResponse call() {
        List<DegradationMonitor.FailingEdition> failing = monitor.failing();
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
