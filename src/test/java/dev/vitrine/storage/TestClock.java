package dev.vitrine.storage;

import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The clock of every test that runs the service: the real one, which a test may set ahead. */
@Singleton
@Typed(TestClock.class)
public class TestClock extends Clock {
    private volatile Duration ahead = Duration.ZERO;

    @Produces
    @Singleton
    Clock clock() {
        return this;
    }

    /** Sets the clock ahead; days pass at once. */
    public void pass(Duration time) {
        ahead = ahead.plus(time);
    }

    /** Sets the clock ahead of the real time, by just as much. */
    public void ahead(Duration time) {
        ahead = time;
    }

    /** Brings back the real time. */
    public void reset() {
        ahead = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("everything here reckons in instants");
    }
}
