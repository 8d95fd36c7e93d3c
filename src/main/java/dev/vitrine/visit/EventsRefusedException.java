package dev.vitrine.visit;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseUnavailableException;
import java.io.IOException;

/** Neither the database nor the disk takes events now; nothing was recorded. Answered with 503. */
public final class EventsRefusedException extends UnavailableException {
    private static final long serialVersionUID = 1;

    EventsRefusedException(IOException cause) {
        super(
                "Events cannot be recorded now: neither the database nor the disk takes them",
                DatabaseUnavailableException.RETRY_AFTER,
                cause);
    }
}
