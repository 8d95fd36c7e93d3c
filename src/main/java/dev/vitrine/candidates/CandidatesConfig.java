package dev.vitrine.candidates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What the built-in model learns from, and how often. */
@ConfigMapping(prefix = "vitrine.candidates")
public interface CandidatesConfig {
    /** How often the model is trained anew; the first time at the start. */
    @WithDefault("15m")
    Duration trainEvery();

    /** How far back it learns, from the newest event: an imported log of last year teaches as well as yesterday's. */
    @WithDefault("90d")
    Duration history();

    /** Views and purchases it learns from at most, the most recent ones; 100 bytes each while it is trained. */
    @WithDefault("5000000")
    int eventsMax();
}
