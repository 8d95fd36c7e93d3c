package dev.vitrine.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.reach}. */
@ConfigMapping(prefix = "vitrine.reach")
public interface ReachConfig {
    /** Share of recent lists, 0 to 1: a change that makes more of them worse is refused, unless a reason is given. */
    @WithDefault("0.05")
    double harmMax();

    /** On how many lists a change is tried, the newest first: with a number and no clock, two checks of a change agree. */
    @WithDefault("120")
    int lists();

    /** How long they are tried at most; somebody waits for it. */
    @WithDefault("2s")
    Duration time();
}
