package dev.vitrine.problem;

import java.time.Duration;

/** Something that a request needs is down. Answered with 503 and the time after which to try again. */
public class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long retryAfterSeconds;

    public UnavailableException(String message, Duration retryAfter, Throwable cause) {
        // no stack trace: the way to the database is watched and logged in one place
        super(message, cause, false, false);
        this.retryAfterSeconds = retryAfter.toSeconds();
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
