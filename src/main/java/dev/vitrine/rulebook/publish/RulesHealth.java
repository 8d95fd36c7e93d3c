package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.source.RuleProblem;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Problems of the rules. Wellness, not readiness: with a broken file the last good edition still decides for shoppers. */
@Wellness
@Singleton
final class RulesHealth implements HealthCheck {
    private final Rulebook rulebook;

    RulesHealth(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Override
    public HealthCheckResponse call() {
        Edition edition = rulebook.live();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("rules")
                .status(rulebook.problems().isEmpty() && rulebook.conflicts().isEmpty())
                .withData("edition", edition.number())
                .withData("since", edition.publishedAt().toString())
                .withData("rules", edition.rules().size());
        if (!rulebook.problems().isEmpty()) {
            answer.withData("problemsSince", rulebook.problemsSince().toString());
            answer.withData(
                    "problems",
                    rulebook.problems().stream().map(RuleProblem::toString).collect(Collectors.joining("\n")));
        }
        if (!rulebook.conflicts().isEmpty()) {
            answer.withData(
                    "conflicts",
                    rulebook.conflicts().stream().map(FolderConflict::message).collect(Collectors.joining("\n")));
        }
        return answer.build();
    }
}
