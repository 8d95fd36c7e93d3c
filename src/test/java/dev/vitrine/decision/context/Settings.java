package dev.vitrine.decision.context;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** Default settings, except those that a test names. */
public final class Settings {
    private Settings() {}

    public static DecisionConfig zone(String zone) {
        return of(Map.of("vitrine.decision.zone", zone));
    }

    public static DecisionConfig of(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(DecisionConfig.class)
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(DecisionConfig.class);
    }
}
