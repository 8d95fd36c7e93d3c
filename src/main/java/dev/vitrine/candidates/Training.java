package dev.vitrine.candidates;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** The progress of a training; {@code progress} is the share that is done, 0 to 1. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Training(boolean running, Instant startedAt, long eventsRead, double progress) {
    static final Training NONE = new Training(false, null, 0, 0);

    /** Reading takes most of the time; the rest is for the index. */
    private static final double READING = 0.9;

    Training read(long events, long expected) {
        double progress = expected == 0 ? 0 : READING * Math.min(1, (double) events / expected);
        return new Training(true, startedAt, events, Math.round(progress * 1000) / 1000.0);
    }
}
