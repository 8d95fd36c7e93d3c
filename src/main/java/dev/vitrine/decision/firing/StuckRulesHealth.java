package dev.vitrine.decision.firing;

import dev.vitrine.rulebook.publish.Rulebook;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Fails while decisions leave out rules that hang, and when more threads hang than are replaced: only a restart helps. */
@Wellness
@Singleton
final class StuckRulesHealth implements HealthCheck {
    private final StuckRules stuckRules;
    private final Rulebook rulebook;

    StuckRulesHealth(StuckRules stuckRules, Rulebook rulebook) {
        this.stuckRules = stuckRules;
        this.rulebook = rulebook;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> problems = stuckRules.problems(rulebook.deciding());
        int hung = stuckRules.hungThreads();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("stuck-rules")
                .status(problems.isEmpty() && hung <= RuleThreads.REPLACEMENTS_MAX)
                .withData("lostThreads", hung);
        return (problems.isEmpty() ? answer : answer.withData("problems", String.join("\n", problems))).build();
    }
}
