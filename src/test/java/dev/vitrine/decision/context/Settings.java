package dev.vitrine.decision.context;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings as they are when nothing but what a test names is set. */
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
