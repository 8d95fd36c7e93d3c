package dev.vitrine.candidates;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;

/** The progress of a training; {@code progress} is the share that is done, 0 to 1. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Training(boolean running, Instant startedAt, long eventsRead, double progress) {
    static final Training NONE = new Training(false, null, 0, 0);

    /** Reading takes about half of the time, the chances most of the rest. */
    private static final double READING = 0.5;

    private static final double LEARNING = 0.4;

    Training read(long events, long expected) {
        double progress = expected == 0 ? 0 : READING * Math.min(1, (double) events / expected);
        return new Training(true, startedAt, events, rounded(progress));
    }

    Training learned(int moments, int of) {
        return new Training(true, startedAt, eventsRead, rounded(READING + LEARNING * moments / of));
    }

    private static double rounded(double progress) {
        return Math.round(progress * 1000) / 1000.0;
    }
}
