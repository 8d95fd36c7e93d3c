package dev.vitrine.decision;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings as they are when nothing but what a test names is set. */
final class Settings {
    private Settings() {}

    static DecisionConfig zone(String zone) {
        return of(Map.of("vitrine.decision.zone", zone));
    }

    static DecisionConfig of(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DecisionConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DecisionConfig.class);
    }
}
