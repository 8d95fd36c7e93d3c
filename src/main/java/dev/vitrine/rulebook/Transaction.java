package dev.vitrine.rulebook;

import io.agroal.api.AgroalDataSource;
import java.sql.Connection;
import java.sql.SQLException;

/** Several statements of which all count or none. */
public final class Transaction {
    private Transaction() {}

    /** What is done in one. */
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public static <T> T of(AgroalDataSource database, Work<T> work) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }
}
