package dev.vitrine.candidates;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Which model is in use, and why the last training failed if it did. */
@Wellness
@Singleton
final class ModelHealth implements HealthCheck {
    private final BuiltInModel model;
    private final Trainer trainer;

    ModelHealth(BuiltInModel model, Trainer trainer) {
        this.model = model;
        this.trainer = trainer;
    }

    @Override
    public HealthCheckResponse call() {
        TrainedModel trained = model.trained();
        String problem = trainer.problem();
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("model").status(problem == null);
        if (trained.trainedAt() != null) {
            answer.withData("since", trained.trainedAt().toString())
                    .withData("sessions", trained.sessions())
                    .withData("products", trained.products());
        }
        return (problem == null ? answer : answer.withData("problem", problem)).build();
    }
}
