package dev.vitrine.decision.record;

import dev.vitrine.storage.CountedLog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/** Decisions that were answered and will never be recorded: counted from the first one on, and told in the log. */
@Singleton
final class LostDecisions {
    /** Health fails for so long after the last one. */
    static final Duration QUIET = Duration.ofMinutes(10);

    private final CountedLog log = new CountedLog(
            Logger.getLogger(LostDecisions.class), "%d decisions were answered and will not be recorded: %s");
    private final Clock clock;
    private final Counter counter;
    private Losses losses = new Losses(0, null, null, "");

    /** @param why the cause of the last one */
    record Losses(long count, Instant first, Instant last, String why) {}

    LostDecisions(Clock clock, MeterRegistry meters) {
        this.clock = clock;
        this.counter = meters.counter("vitrine.decisions.let.go");
    }

    synchronized void add(int count, String why) {
        Instant now = clock.instant();
        counter.increment(count);
        losses = new Losses(losses.count + count, losses.first == null ? now : losses.first, now, why);
        log.error(count, why);
    }

    synchronized Losses losses() {
        return losses;
    }

    boolean recently() {
        Instant last = losses().last();
        return last != null && clock.instant().isBefore(last.plus(QUIET));
    }
}
