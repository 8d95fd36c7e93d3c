package dev.vitrine.storage;

import io.smallrye.health.api.Wellness;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/** Whether the database can be reached. Wellness, not readiness: decisions do not need it. */
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
