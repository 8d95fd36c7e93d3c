package dev.vitrine.candidates.service;

import dev.vitrine.problem.Json;
import io.smallrye.faulttolerance.api.CircuitBreakerState;
import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/** Fails while the shop's service fails so often that it is not asked; the built-in model proposes then. */
@Wellness
@Singleton
final class RemoteModelHealth implements HealthCheck {
    private final RemoteModel model;

    RemoteModelHealth(RemoteModel model) {
        this.model = model;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("model-service");
        if (!model.isThere()) {
            return answer.up().withData("use", "none").build();
        }
        answer.status(model.circuit() == CircuitBreakerState.CLOSED)
                .withData("use", model.serves() ? "serve" : "shadow")
                .withData("circuit", Json.wireName(model.circuit()));
        String failure = model.lastFailure();
        return (failure == null ? answer : answer.withData("lastFailure", failure)).build();
    }
}
