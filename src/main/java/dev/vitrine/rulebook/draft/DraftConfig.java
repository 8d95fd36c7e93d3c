package dev.vitrine.rulebook.draft;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of {@code vitrine.drafts}. */
@ConfigMapping(prefix = "vitrine.drafts")
public interface DraftConfig {
    /** How long a draft is kept after it was published, with its comments and who approved it; its edition stays. */
    @WithDefault("400d")
    Duration keep();
}
