package dev.vitrine.storage;

import dev.vitrine.problem.UnavailableException;
import java.time.Duration;

/**
 * The database cannot be reached, and nothing was changed, unless it is an {@link OutcomeUnknownException}. Answered with 503
 * where nothing catches it.
 */
public class DatabaseUnavailableException extends UnavailableException {
    private static final long serialVersionUID = 1;

    /** A restart of PostgreSQL takes a few seconds. */
    public static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    public DatabaseUnavailableException(Throwable cause) {
        this("The database cannot be reached; try again later", cause);
    }

    DatabaseUnavailableException(String message, Throwable cause) {
        super(message, RETRY_AFTER, cause);
    }
}
