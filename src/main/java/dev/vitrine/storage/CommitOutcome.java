package dev.vitrine.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** What became of a transaction whose commit was not answered: PostgreSQL keeps that by the transaction's id. */
final class CommitOutcome {
    enum Outcome {
        COMMITTED,
        ABORTED,
        UNKNOWN
    }

    private static final Logger LOG = Logger.getLogger(CommitOutcome.class);
    /** Somebody waits for the answer. */
    private static final Duration LOOK_MAX = Duration.ofSeconds(3);

    private static final long POLL_MILLIS = 100;

    private final DatabaseState database;

    CommitOutcome(DatabaseState database) {
        this.database = database;
    }

    /** The id of the current transaction; null if it has changed nothing so far. */
    static String transactionId(Connection connection) throws SQLException {
        return one(connection, "select cast(pg_current_xact_id_if_assigned() as text)", null);
    }

    /** Asks on other connections, while the database may be coming back or still be at it. */
    Outcome of(String transactionId) {
        long end = System.nanoTime() + LOOK_MAX.toNanos();
        do {
            try (Connection connection = database.pool().getConnection();
                    BusyConnections.Use use = database.busy().use(connection)) {
                String status = one(connection, "select pg_xact_status(cast(cast(? as text) as xid8))", transactionId);
                if ("committed".equals(status)) {
                    return Outcome.COMMITTED;
                }
                if ("aborted".equals(status)) {
                    return Outcome.ABORTED;
                }
            } catch (SQLException e) {
                LOG.debug("What became of a transaction cannot be read yet", e);
            }
        } while (System.nanoTime() < end && slept());
        return Outcome.UNKNOWN;
    }

    private static String one(Connection connection, String query, String parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            if (parameter != null) {
                statement.setString(1, parameter);
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getString(1) : null;
            }
        }
    }

    private static boolean slept() {
        try {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
