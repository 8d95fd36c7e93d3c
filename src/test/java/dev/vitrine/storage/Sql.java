package dev.vitrine.storage;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** SQL for tests that look at tables, or change them behind the service's back. */
@Singleton
public class Sql {
    private final DataSource database;

    Sql(DataSource database) {
        this.database = database;
    }

    public void run(String statement) {
        try (Connection connection = database.getConnection();
                Statement run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /** The first column of all rows. */
    public List<String> column(String query) {
        try (Connection connection = database.getConnection();
                Statement select = connection.createStatement();
                ResultSet row = select.executeQuery(query)) {
            List<String> column = new ArrayList<>();
            while (row.next()) {
                column.add(row.getString(1));
            }
            return column;
        } catch (SQLException e) {
            throw new IllegalStateException(query, e);
        }
    }

    /** The first column of the first row, as a number. */
    public long number(String query) {
        return Long.parseLong(column(query).get(0));
    }
}
