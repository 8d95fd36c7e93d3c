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

    /** How long recent lists are tried for one change; somebody waits for it. */
    @WithDefault("500ms")
    Duration time();
}
