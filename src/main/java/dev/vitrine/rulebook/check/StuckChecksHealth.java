package dev.vitrine.rulebook.check;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Fails while a check of rules that timed out keeps its thread. Decisions go on; publishing may not. */
@Wellness
@Singleton
final class StuckChecksHealth implements HealthCheck {
    private final RuleCheck check;

    StuckChecksHealth(RuleCheck check) {
        this.check = check;
    }

    @Override
    public HealthCheckResponse call() {
        int stuck = check.stuck();
        return HealthCheckResponse.named("stuck-checks")
                .status(stuck == 0)
                .withData("threads", stuck)
                .build();
    }
}
