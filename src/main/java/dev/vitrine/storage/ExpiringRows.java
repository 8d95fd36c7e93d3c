package dev.vitrine.storage;

import java.time.Duration;
import java.time.Instant;

/** Rows of a table that are of no use, and must not be kept, after some time. */
public interface ExpiringRows {
    /** In the words of the log. */
    String what();

    /** For how long they are kept. */
    Duration keep();

    /** Deletes up to so many that ended before then, in the current transaction; returns how many. */
    int deleteBefore(Instant oldest, int most);
}
