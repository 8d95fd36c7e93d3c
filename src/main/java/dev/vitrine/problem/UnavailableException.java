package dev.vitrine.problem;

import java.time.Duration;

/** Something that a request needs is not available now. Answered with 503 and the time after which to try again. */
public class UnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final long retryAfterSeconds;

    public UnavailableException(String message, Duration retryAfter, Throwable cause) {
        // no stack trace: outages are logged in one place
        super(message, cause, false, false);
        this.retryAfterSeconds = retryAfter.toSeconds();
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
