package dev.vitrine.storage;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.Map;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Whether all stored rows can be read. Wellness, not readiness: the others serve. */
@Wellness
@Singleton
final class UnreadableRowsHealth implements HealthCheck {
    private final UnreadableRows rows;

    UnreadableRowsHealth(UnreadableRows rows) {
        this.rows = rows;
    }

    @Override
    public HealthCheckResponse call() {
        Map<String, String> summary = rows.summary();
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named("stored-rows").status(summary.isEmpty());
        summary.forEach(answer::withData);
        return answer.build();
    }
}
