package dev.vitrine.evaluation;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** A service that refuses harm as it does by default. */
public final class RefusedHarm implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        return Map.of("vitrine.reach.harm-max", "0.05", "vitrine.reach.time", "2s");
    }

    @Override
    public void stop() {
        // nothing was started
    }
}
