package dev.vitrine.visit;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a visit lasts, and how much is remembered. */
@ConfigMapping(prefix = "vitrine.visit")
public interface VisitConfig {
    /** A visit ends after this long without an event. */
    @WithDefault("30m")
    Duration idle();

    /** Visits kept in memory; past that the least used are forgotten. */
    @WithDefault("200000")
    int visitsMax();

    /** Events kept in memory of one visit; past that its counters go on without them. */
    @WithDefault("500")
    int eventsMax();

    /** Shoppers kept in memory; the others are fetched when they come. */
    @WithDefault("500000")
    int shoppersMax();

    /** What may wait on disk while the database is away; about 250 bytes an event. */
    @WithDefault("256M")
    MemorySize spoolMaxBytes();

    /** How long events, and shoppers who do not come back, are kept. */
    @WithDefault("400d")
    Duration keep();

    /** Interest in a category weighs half after this long. Our choice: what was looked at last season hardly counts. */
    @WithDefault("30d")
    Duration interestHalfLife();

    /** What was looked at for a gift weighs half after this long. Our choice: a sixteenth after two days, next to nothing after four. */
    @WithDefault("12h")
    Duration giftHalfLife();
}
