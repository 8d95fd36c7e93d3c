package dev.vitrine.storage;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * Up to which moment all changes of a table have been read, by the time at which each row was written. A row becomes visible
 * with its commit, however much later that is: the mark passes a moment only when all transactions of before have ended.
 */
public final class Watermark {
    /**
     * The present {@link Moment} of the database. Each transaction that has an id holds a lock on it, which everybody can see.
     * The bounds of a snapshot would not do: the newest transactions are beyond them, whether they have ended or not.
     */
    public static final String NOW =
            """
            select statement_timestamp() as at, coalesce(string_agg(cast(transactionid as text), ','), '') as running
            from pg_locks where locktype = 'transactionid' and mode = 'ExclusiveLock' and granted""";

    /** A row's time is taken a moment before its transaction gets its id. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);
    /** What began still earlier and was committed after the first read is seen at the next start. */
    private static final Duration BEFORE_THE_FIRST = Duration.ofHours(1);

    private Instant since;
    private Moment reached;

    /**
     * A moment by the clock of the database.
     *
     * @param running ids of the transactions that had begun to write and had not ended, separated by commas
     */
    public record Moment(Instant at, String running) {
        private boolean noneLeftOf(Moment earlier) {
            return earlier.running.isEmpty()
                    || Collections.disjoint(List.of(running.split(",")), List.of(earlier.running.split(",")));
        }
    }

    /** Whether anything has been read. */
    public synchronized boolean isSet() {
        return since != null;
    }

    /** Rows that were written after this must be read again. */
    public synchronized Instant since() {
        return since;
    }

    /** Reports that all changes were read after this moment. */
    public synchronized void advance(Moment read) {
        if (reached == null) {
            since = read.at.minus(BEFORE_THE_FIRST);
            reached = read;
        }
        if (read.noneLeftOf(reached)) {
            since = reached.at.minus(OVERLAP);
            reached = read;
        }
    }
}
