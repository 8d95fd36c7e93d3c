package dev.vitrine.idempotency;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.idempotency}. */
@ConfigMapping(prefix = "vitrine.idempotency")
public interface IdempotencyConfig {
    /** How long the answer to a call with an {@code Idempotency-Key} is kept, and the call not carried out again. */
    @WithDefault("24h")
    Duration keep();
}
