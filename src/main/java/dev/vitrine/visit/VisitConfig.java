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

    /** Memory of visits, and a third of it besides for what was shown in them and for what was hidden; past that the least used are forgotten, too. */
    @WithDefault("64M")
    MemorySize maxBytes();

    /** Events of one visit kept in memory; past that its counters go on without the oldest. */
    @WithDefault("500")
    int eventsMax();

    /** Shoppers kept in memory; others are fetched when they visit. */
    @WithDefault("500000")
    int shoppersMax();

    /** Memory of the shoppers; past that the least used are forgotten, and fetched when they come again. */
    @WithDefault("96M")
    MemorySize shoppersMaxBytes();

    /** Size of the events that may wait on disk while the database is away; about 250 bytes an event. */
    @WithDefault("256M")
    MemorySize spoolMaxBytes();

    /** How long events are kept, and shoppers who do not come back. */
    @WithDefault("400d")
    Duration keep();

    /** Interest in a category weighs half after this long, so that last season hardly counts. */
    @WithDefault("30d")
    Duration interestHalfLife();

    /** Interest in a gift weighs half after this long: a sixteenth after two days, next to nothing after four. */
    @WithDefault("12h")
    Duration giftHalfLife();
}
