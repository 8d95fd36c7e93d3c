package dev.vitrine.storage;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import javax.sql.DataSource;
import org.jboss.logging.Logger;

/**
 * Whether the database can be reached, and since when. Asked before it is used, so that only the first request after it
 * went away waits for it; a probe in the background notices when it is back.
 */
@Singleton
public final class DatabaseState {
    private static final Logger LOG = Logger.getLogger(DatabaseState.class);
    private static final int PROBE_SECONDS = 1;

    private record State(boolean up, Instant since) {}

    private final DataSource database;
    private final Clock clock;
    private volatile State state;

    @Inject
    public DatabaseState(DataSource database, Clock clock) {
        this.database = database;
        this.clock = clock;
        this.state = new State(true, clock.instant());
    }

    public boolean up() {
        return state.up();
    }

    /** Since when it has been up, or down. */
    public Instant since() {
        return state.since();
    }

    /** Tells of a failed call; only one that says the database is out of reach marks it down. */
    public void failed(SQLException e) {
        if (unavailable(e)) {
            becomes(false, e.getMessage());
        }
    }

    /**
     * Whether the failure says that the database cannot do its work now, rather than that the statement is wrong: no
     * connection (08), no resources (53), shutting down (57P), system error (58), read only after a fail-over (25006), or
     * no SQL state at all, as when the pool gives no connection in time.
     */
    public static boolean unavailable(SQLException e) {
        String sqlState = e.getSQLState();
        return sqlState == null
                || sqlState.startsWith("08")
                || sqlState.startsWith("53")
                || sqlState.startsWith("57P")
                || sqlState.startsWith("58")
                || sqlState.equals("25006");
    }

    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    public void probe() {
        try (Connection connection = database.getConnection()) {
            // bounds the wait on a connection whose other end is silent, which a query alone does not
            if (!connection.isValid(PROBE_SECONDS)) {
                becomes(false, "the connection is dead");
                return;
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute("select 1");
            }
            becomes(true, null);
        } catch (SQLException e) {
            becomes(false, e.getMessage());
        }
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
