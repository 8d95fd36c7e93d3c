package dev.vitrine.rulebook.rollout;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.staged}: the guardrails of a staged edition that names no others. */
@ConfigMapping(prefix = "vitrine.staged")
public interface StagedConfig {
    /** Staged decisions before a guardrail can break. Our choice: one that fails in a hundred shows by then. */
    @WithDefault("200")
    int decisions();

    /** How far the share of degraded answers may be above live's. Our choice: less is told from chance too late. */
    @WithDefault("0.01")
    double errors();

    /** How far the share of empty lists may be above live's. Our choice: rules that hide are meant to hide something. */
    @WithDefault("0.02")
    double emptyLists();

    /** How many times live's 99th percentile the staged one may be. Our choice: new rules may cost something. */
    @WithDefault("2")
    double slower();

    /** A 99th percentile below this is fast enough, whatever live's is. Our choice: nobody sees it in a page. */
    @WithDefault("20ms")
    Duration fastEnough();
}
