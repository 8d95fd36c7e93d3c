package dev.vitrine.campaign;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.campaign}. */
@ConfigMapping(prefix = "vitrine.campaign")
public interface CampaignConfig {
    /** How long a campaign that has ended is kept: last year's can be planned again. */
    @WithDefault("400d")
    Duration keep();
}
