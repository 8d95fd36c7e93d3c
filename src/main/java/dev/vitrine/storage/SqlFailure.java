package dev.vitrine.storage;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.function.Predicate;
import org.postgresql.util.PSQLException;

/** What a failed call of the database means, by the SQLSTATE of the failure or of any of its causes. */
final class SqlFailure {
    private static final String NO_STATE = "";
    private static final String INTERNAL = "XX000";

    private SqlFailure() {}

    /**
     * Whether the database cannot do its work now. Classes of SQLSTATE (PostgreSQL manual, appendix A): no connection (08),
     * insufficient resources (53), shutting down (57P), system error (58), read only after a fail-over (25006). The pool
     * reports no state at all when it gets no connection in time.
     */
    static boolean unavailable(Throwable failure) {
        return hasState(
                failure,
                state -> state.equals(NO_STATE)
                        || state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P")
                        || state.startsWith("58")
                        || state.equals("25006"));
    }

    /** Whether the tables are not there or not ours (42P01, 42501, 3F000), as while a backup is restored. */
    static boolean withoutTables(Throwable failure) {
        return hasState(failure, Set.of("42P01", "42501", "3F000")::contains);
    }

    /** Whether the same may succeed later: a deadlock (40), a lock (55) or a time-out (57). */
    static boolean passing(Throwable failure) {
        return hasState(failure, state -> state.startsWith("40") || state.startsWith("55") || state.startsWith("57"));
    }

    /** Whether a value cannot be read: no failure of the database, or one about a value (22) or a damaged table (XX). */
    static boolean ofAValue(Throwable failure) {
        return !unavailable(failure) && !hasState(failure, state -> !state.startsWith("22") && !state.startsWith("XX"));
    }

    private static boolean hasState(Throwable failure, Predicate<String> wanted) {
        return hasState(failure, wanted, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static boolean hasState(Throwable failure, Predicate<String> wanted, Set<Throwable> seen) {
        if (failure == null || !seen.add(failure)) {
            return false;
        }
        if (failure instanceof SQLException sql && wanted.test(stateOf(sql))) {
            return true;
        }
        // the transaction manager reports the failure of a commit as suppressed
        for (Throwable suppressed : failure.getSuppressed()) {
            if (hasState(suppressed, wanted, seen)) {
                return true;
            }
        }
        return hasState(failure.getCause(), wanted, seen);
    }

    private static String stateOf(SQLException failure) {
        if (failure.getSQLState() != null) {
            return failure.getSQLState();
        }
        // the driver names a state for everything that the server or the connection does; without one, it is about a
        // value
        return failure instanceof PSQLException ? INTERNAL : NO_STATE;
    }
}
