package dev.vitrine.access;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Requests a second, and in flight, of one instance. */
@ConfigMapping(prefix = "vitrine.access.limits")
public interface LimitsConfig {
    /** Decisions a second for each key and each address: more than two cores answer, so that only a flood meets it. */
    @WithDefault("5000")
    int decisionsPerSecond();

    /** Calls with events a second for each key and each address; each brings up to 1000 events. */
    @WithDefault("2000")
    int eventsPerSecond();

    /** All other calls with a key, a second, for each key and each address. */
    @WithDefault("50")
    int managementPerSecond();

    /** Calls without a key, and calls that are refused for their key, a second, for each address. */
    @WithDefault("20")
    int anonymousPerSecond();

    /** Decisions in flight. Those that find no thread wait for one; more than these would wait for too long. */
    @WithDefault("400")
    int decisionsInFlight();

    /** Calls with events in flight: few enough that a slow database leaves threads for decisions. */
    @WithDefault("64")
    int eventsInFlight();

    /** All other calls with a key, in flight. */
    @WithDefault("32")
    int managementInFlight();

    /** All other calls of one key or address, in flight. */
    @WithDefault("8")
    int managementInFlightPerCaller();

    /** Bytes of bodies that are being received or worked on; each kind of traffic has as much. */
    @WithDefault("16M")
    MemorySize bodyBytes();
}
