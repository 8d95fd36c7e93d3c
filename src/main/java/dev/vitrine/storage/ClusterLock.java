package dev.vitrine.storage;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Lets one instance at a time do something: a session-level advisory lock of PostgreSQL, free when the instance is gone. */
@Singleton
public final class ClusterLock {
    private final DataSource dataSource;
    private final DatabaseState database;

    public ClusterLock(DataSource dataSource, DatabaseState database) {
        this.dataSource = dataSource;
        this.database = database;
    }

    /** Does the work unless another instance holds the lock; {@code key} is any number that no other work uses. */
    public void tryRun(long key, Runnable work) {
        if (!database.up()) {
            throw new DatabaseUnavailableException(null);
        }
        try (Connection connection = dataSource.getConnection();
                BusyConnections.Use use = database.busy().use(connection)) {
            if (call(connection, "select pg_try_advisory_lock(?)", key)) {
                try {
                    work.run();
                } finally {
                    call(connection, "select pg_advisory_unlock(?)", key);
                }
            }
        } catch (SQLException e) {
            if (database.failed(e)) {
                throw new DatabaseUnavailableException(e);
            }
            throw new IllegalStateException(e);
        }
    }

    private static boolean call(Connection connection, String statement, long key) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(statement)) {
            query.setLong(1, key);
            try (ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }
}
