package dev.vitrine.decision;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings as they are when nothing but what a test names is set. */
final class Settings {
    private Settings() {}

    static DecisionConfig zone(String zone) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DecisionConfig.class)
                .withDefaultValues(Map.of("vitrine.decision.zone", zone))
                .build()
                .getConfigMapping(DecisionConfig.class);
    }
}
