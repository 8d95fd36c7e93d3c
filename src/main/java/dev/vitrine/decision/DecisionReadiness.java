package dev.vitrine.decision;

import dev.vitrine.rulebook.publish.Rulebook;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Tells a load balancer that the service can decide. Without a live edition the service does not start. */
@Readiness
@Singleton
final class DecisionReadiness implements HealthCheck {
    private final Rulebook rulebook;

    DecisionReadiness(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("decisions")
                .up()
                .withData("edition", rulebook.live().number())
                .build();
    }
}
