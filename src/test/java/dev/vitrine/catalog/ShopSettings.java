package dev.vitrine.catalog;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;

/** The settings of a shop in which only those that a test names differ from their defaults. */
public final class ShopSettings {
    private ShopSettings() {}

    public static ShopConfig zone(String zone) {
        return of(Map.of("vitrine.decision.zone", zone));
    }

    public static ShopConfig of(Map<String, String> settings) {
        return new ShopConfig(
                new SmallRyeConfigBuilder().withDefaultValues(settings).build());
    }
}
