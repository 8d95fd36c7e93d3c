package dev.vitrine.candidates;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

@ConfigMapping(prefix = "vitrine.candidates")
public interface CandidatesConfig {
    /** How often the model is trained; the first time at the start. */
    @WithDefault("15m")
    Duration trainEvery();

    /** How long a start waits for the first training, so that the first shoppers are not met as strangers. */
    @WithDefault("15s")
    Duration startWait();

    /** How far back it learns, counted from the newest event, so that an imported log of last year counts too. */
    @WithDefault("90d")
    Duration history();

    /** The most recent views and purchases it learns from, at most; 150 bytes of memory each during a training. */
    @WithDefault("5000000")
    int eventsMax();
}
