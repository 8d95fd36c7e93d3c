package dev.vitrine.storage;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the database can be reached. A wellness check, not a readiness check: decisions do not need it, and a load
 * balancer must keep sending shoppers here.
 */
@Wellness
@Singleton
final class DatabaseHealth implements HealthCheck {
    private final DatabaseState database;

    DatabaseHealth(DatabaseState database) {
        this.database = database;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("database")
                .status(database.up())
                .withData("since", database.since().toString())
                .build();
    }
}
