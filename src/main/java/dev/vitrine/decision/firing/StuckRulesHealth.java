package dev.vitrine.decision.firing;

import dev.vitrine.rulebook.publish.Rulebook;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * Whether rules that decide now are left out, because they did not come back from a decision; and whether so many did not
 * that threads are missing, which only a restart mends.
 */
@Wellness
@Singleton
final class StuckRulesHealth implements HealthCheck {
    private final StuckRules stuck;
    private final Rulebook rulebook;

    StuckRulesHealth(StuckRules stuck, Rulebook rulebook) {
        this.stuck = stuck;
        this.rulebook = rulebook;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> told = stuck.told(rulebook.deciding());
        int lost = stuck.lost();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("stuck-rules")
                .status(told.isEmpty() && lost <= RuleThreads.STAND_INS_MAX)
                .withData("lostThreads", lost);
        return (told.isEmpty() ? answer : answer.withData("problems", String.join("\n", told))).build();
    }
}
