package dev.vitrine.rulebook.rollout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.staged}: the guardrails of a staged edition that names no others. */
@ConfigMapping(prefix = "vitrine.staged")
public interface StagedConfig {
    /** Staged decisions before a guardrail can break. One failure in a hundred is visible by then. */
    @WithDefault("200")
    int decisions();

    /** How far the share of degraded answers may be above live's. A smaller difference takes too long to tell from chance. */
    @WithDefault("0.01")
    double errors();

    /** How far the share of empty lists may be above live's. Rules that hide products are meant to shorten some lists. */
    @WithDefault("0.02")
    double emptyLists();

    /** How many times live's 99th percentile the staged one may be. New rules may cost some time. */
    @WithDefault("2")
    double slower();

    /** A 99th percentile below this is fast enough, whatever live's is. Nobody notices it in a page. */
    @WithDefault("20ms")
    Duration fastEnough();

    /** How long a staged edition's steps and limits are kept after its end; the edition itself stays. */
    @WithDefault("400d")
    Duration keep();
}
