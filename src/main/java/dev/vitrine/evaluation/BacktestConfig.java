package dev.vitrine.evaluation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.backtest}. */
@ConfigMapping(prefix = "vitrine.backtest")
public interface BacktestConfig {
    /** How long a backtest that has ended is kept, with its draft and its report. */
    @WithDefault("400d")
    Duration keep();
}
