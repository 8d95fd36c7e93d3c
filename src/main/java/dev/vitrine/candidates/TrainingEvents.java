package dev.vitrine.candidates;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** The {@code event} table, as far as the model learns from it. */
@Singleton
final class TrainingEvents {
    /** Rows fetched at a time: enough to keep the database busy, and a few hundred kilobytes of memory. */
    private static final int FETCH = 2000;

    private static final String NEWEST =
            "select max(at) from event where type in ('view', 'purchase') and sku is not null";

    private static final String COUNT =
            "select count(*) from event where type in ('view', 'purchase') and sku is not null and at >= ?";

    /** By visit, so that only one visit at a time has to be remembered here: the database sorts on its disk. */
    private static final String EVENTS =
            """
            select type, visit, sku, at, quantity, order_id
            from (
                select type, visit, sku, at, quantity, order_id, id
                from event
                where type in ('view', 'purchase') and sku is not null and at >= ?
                order by at desc
                limit ?) recent
            order by visit, at, id""";

    private final DataSource database;

    TrainingEvents(DataSource database) {
        this.database = database;
    }

    /**
     * Reads the most recent views and purchases.
     *
     * @param expected is told first how many there will be
     * @param read is told from time to time how many were read
     */
    History read(Duration length, int max, LongConsumer expected, LongConsumer read) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // a cursor lives in a transaction; without one the driver would fetch the whole table
            connection.setAutoCommit(false);
            try {
                Timestamp newest = newest(connection);
                if (newest == null) {
                    return new History(0);
                }
                Timestamp since = Timestamp.from(newest.toInstant().minus(length));
                expected.accept(Math.min(max, count(connection, since)));
                History history = new History(newest.getTime());
                read(connection, since, max, history, read);
                return history;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private static Timestamp newest(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWEST);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getTimestamp(1);
        }
    }

    private static long count(Connection connection, Timestamp since) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            select.setTimestamp(1, since);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void read(Connection connection, Timestamp since, int max, History history, LongConsumer read)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(EVENTS)) {
            select.setTimestamp(1, since);
            select.setInt(2, max);
            select.setFetchSize(FETCH);
            try (ResultSet rows = select.executeQuery()) {
                long count = 0;
                while (rows.next()) {
                    long at = rows.getTimestamp(4).getTime();
                    if (rows.getString(1).equals("view")) {
                        history.view(rows.getString(2), rows.getString(3), at);
                    } else {
                        int units = rows.getInt(5);
                        history.purchase(rows.getString(2), rows.getString(6), rows.getString(3), at, units);
                    }
                    if (++count % FETCH == 0) {
                        read.accept(count);
                    }
                }
                read.accept(count);
            }
        }
    }
}
