package dev.vitrine.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/** The connections on which somebody waits for the database now. When it falls silent they are cut, and nobody waits on. */
final class BusyConnections {
    private static final Logger LOG = Logger.getLogger(BusyConnections.class);

    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();

    /** Until this is closed, the connection may be cut. */
    interface Use extends AutoCloseable {
        @Override
        void close();
    }

    Use use(Connection pooled) throws SQLException {
        // what the pool hands out waits for the one who uses it; the driver's own connection can be cut meanwhile
        Connection connection = (Connection) pooled.unwrap(PGConnection.class);
        busy.add(connection);
        return () -> busy.remove(connection);
    }

    boolean none() {
        return busy.isEmpty();
    }

    void cut() {
        for (Connection connection : busy) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection to a silent database cannot be cut", e);
            }
        }
    }
}
