package dev.vitrine.rulebook.schedule;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.schedule}. */
@ConfigMapping(prefix = "vitrine.schedule")
public interface ScheduleConfig {
    /** How long a change is kept after it was to begin and end; its edition stays. */
    @WithDefault("400d")
    Duration keep();
}
