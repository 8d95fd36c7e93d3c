package dev.vitrine.storage;

import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.flywaydb.core.Flyway;
import org.jboss.logging.Logger;
import org.postgresql.util.PSQLException;

/**
 * Whether the database can be reached and has the schema of this version. Callers ask before they use it, so that only the
 * first one after an outage began waits. A probe notices its end, and migrates where the start could not.
 */
@Singleton
@Startup(DatabaseState.FIRST)
public final class DatabaseState {
    /** Before everything that reads from the database. */
    static final int FIRST = -1000;

    private static final Logger LOG = Logger.getLogger(DatabaseState.class);
    private static final String NO_STATE = "";
    private static final String INTERNAL = "XX000";
    private static final int PROBE_SECONDS = 1;
    private static final long START_POLL_MILLIS = 50;

    private record State(boolean up, Instant since) {}

    private final DataSource database;
    private final Runnable migration;
    private final Duration startWait;
    private final Clock clock;
    private volatile State state;
    private volatile boolean migrated;

    @Inject
    DatabaseState(
            AgroalDataSource database,
            Flyway flyway,
            Clock clock,
            @ConfigProperty(name = "vitrine.db.start-wait", defaultValue = "10s") Duration startWait) {
        this(database, flyway::migrate, clock, startWait);
    }

    public DatabaseState(DataSource database, Clock clock) {
        this(database, () -> {}, clock, Duration.ZERO);
        migrated = true;
        state = new State(true, clock.instant());
    }

    private DatabaseState(DataSource database, Runnable migration, Clock clock, Duration startWait) {
        this.database = database;
        this.migration = migration;
        this.clock = clock;
        this.startWait = startWait;
        this.state = new State(false, clock.instant());
    }

    /** Waits a while for a database that starts at the same time; the service goes on without one. */
    @PostConstruct
    void start() {
        EmbeddedDatabase.awaitStart(startWait);
        long end = System.nanoTime() + startWait.toNanos();
        Optional<String> failure = tryOnce();
        while (failure.isPresent() && System.nanoTime() < end) {
            try {
                TimeUnit.MILLISECONDS.sleep(START_POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
            failure = tryOnce();
        }
        if (failure.isPresent()) {
            LOG.warnf(
                    "The database cannot be reached: %s. The service starts without it: it decides on what requests bring, and"
                            + " reads the rest when the database is there",
                    failure.get());
        } else {
            state = new State(true, clock.instant());
        }
    }

    public boolean up() {
        return state.up();
    }

    /** Since when it has been up, or down. */
    public Instant since() {
        return state.since();
    }

    /** Reports a failed call; returns whether the database is out of reach, and is thus marked as down. */
    public boolean failed(Throwable failure) {
        boolean unavailable = unavailable(failure);
        if (unavailable) {
            becomes(false, message(failure));
        }
        return unavailable;
    }

    /** Whether the failure, or any of its causes, says that the database cannot do its work now. */
    public static boolean unavailable(Throwable failure) {
        return hasState(failure, DatabaseState::unavailableState);
    }

    /** Whether the tables are not there or not ours (42P01, 42501, 3F000), as while a backup is restored. */
    static boolean withoutTables(Throwable failure) {
        return hasState(failure, Set.of("42P01", "42501", "3F000")::contains);
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

    /**
     * Classes of SQLSTATE (PostgreSQL manual, appendix A): no connection (08), insufficient resources (53), shutting down
     * (57P), system error (58), read only after a fail-over (25006). The pool reports no state at all when it gets no
     * connection in time.
     */
    private static boolean unavailableState(String sqlState) {
        return sqlState.equals(NO_STATE)
                || sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57P")
                || sqlState.startsWith("58")
                || sqlState.equals("25006");
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    public void probe() {
        Optional<String> failure = tryOnce();
        becomes(failure.isEmpty(), failure.orElse(null));
    }

    private Optional<String> tryOnce() {
        try (Connection connection = database.getConnection()) {
            // bounds the wait on a connection whose other end is silent, which a query alone does not
            if (!connection.isValid(PROBE_SECONDS)) {
                return Optional.of("the connection is dead");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
        } catch (SQLException e) {
            return Optional.of(message(e));
        }
        return migrated ? Optional.empty() : migrate();
    }

    private synchronized Optional<String> migrate() {
        if (!migrated) {
            try {
                migration.run();
                migrated = true;
            } catch (RuntimeException e) {
                if (!unavailable(e)) {
                    throw e;
                }
                return Optional.of(message(e));
            }
        }
        return Optional.empty();
    }

    private static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }

    private synchronized void becomes(boolean up, String why) {
        if (state.up() == up) {
            return;
        }
        state = new State(up, clock.instant());
        if (up) {
            LOG.info("The database is back");
        } else {
            LOG.warnf("The database cannot be reached: %s", why);
        }
    }
}
