package dev.vitrine.storage;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;

/** The connections on which somebody waits for the database now. When it falls silent they are cut, and nobody waits on. */
final class BusyConnections {
    private static final Logger LOG = Logger.getLogger(BusyConnections.class);

    private final Set<Use> busy = ConcurrentHashMap.newKeySet();

    /** Until this is closed, the connection may be cut. */
    final class Use implements AutoCloseable {
        private final Connection connection;
        /** When the commit began; 0 before. */
        private volatile long commitBegan;

        private Use(Connection connection) {
            this.connection = connection;
        }

        /** From now on nobody waits but for the commit. */
        void commits() {
            commitBegan = System.nanoTime();
        }

        private boolean commitsFor(Duration time) {
            return commitBegan != 0 && System.nanoTime() - commitBegan >= time.toNanos();
        }

        private void cut() {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("A connection to a silent database cannot be cut", e);
            }
        }

        @Override
        public void close() {
            busy.remove(this);
        }
    }

    Use use(Connection pooled) throws SQLException {
        // what the pool hands out waits for the one who uses it; the driver's own connection can be cut meanwhile
        Use use = new Use((Connection) pooled.unwrap(PGConnection.class));
        busy.add(use);
        return use;
    }

    boolean none() {
        return busy.isEmpty();
    }

    void cut() {
        busy.forEach(Use::cut);
    }

    /** Cuts those whose commit has taken longer. */
    void cutCommits(Duration time) {
        busy.stream().filter(use -> use.commitsFor(time)).forEach(Use::cut);
    }
}
