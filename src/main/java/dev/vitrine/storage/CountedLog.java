package dev.vitrine.storage;

import java.time.Duration;
import org.jboss.logging.Logger;

/** Logs what may happen thousands of times a second: at once, and then once a minute with how often it has happened since. */
public final class CountedLog {
    private static final long EVERY = Duration.ofMinutes(1).toNanos();

    private final Logger log;
    private final String format;
    private long uncounted;
    private long last = System.nanoTime() - EVERY;

    /** @param format with a {@code %d} for the number, and a {@code %s} for the cause of the last one */
    public CountedLog(Logger log, String format) {
        this.log = log;
        this.format = format;
    }

    public synchronized void error(long count, Object why) {
        uncounted += count;
        long now = System.nanoTime();
        if (now - last >= EVERY) {
            log.errorf(format, uncounted, why);
            uncounted = 0;
            last = now;
        }
    }
}
