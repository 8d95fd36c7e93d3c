package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The {@code event} table. */
@Singleton
final class EventRepository {
    /**
     * What one transaction did.
     *
     * @param ids events that were not there before
     * @param shoppers those whom they tell of, as they stand now
     */
    record Stored(Set<String> ids, List<ShopperHistory> shoppers) {}

    /** No visit without a break of half an hour is longer: what is older cannot belong to one that goes on. Our choice. */
    private static final Duration VISIT_MAX = Duration.ofDays(1);

    private static final int TRIES = 3;
    private static final int DELETE = 10_000;

    private static final String INSERT =
            """
            insert into event (id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                decision_id, position, order_id, tags)
            select id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                "decisionId", "position", "order", tags
            from jsonb_to_recordset(?::jsonb) as x(id text, type text, shopper text, visit text, at timestamptz,
                sku text, category text, query text, sort text, sale boolean, price double precision, quantity integer,
                source text, "decisionId" text, "position" integer, "order" text,
                tags jsonb)
            order by id
            on conflict (id) do nothing
            returning id""";

    private static final String RUNNING =
            """
            select id, type, shopper, visit, at, sku, category, query, sort, sale, price, quantity, source,
                decision_id, position, order_id, tags
            from event
            where visit in (select visit from event where at >= ? group by visit order by max(at) desc limit ?)
                and at >= ?
            order by at, received_at, id""";

    private final DataSource database;
    private final ShopperRepository shoppers;

    EventRepository(DataSource database, ShopperRepository shoppers) {
        this.database = database;
        this.shoppers = shoppers;
    }

    /** Stores those events that are not there yet, and what they tell of shoppers, in one transaction. */
    Stored store(Collection<Event> events) throws SQLException {
        for (int attempt = 1; ; attempt++) {
            try {
                return storeOnce(events);
            } catch (SQLException e) {
                // 40: two transactions crossed each other, the database picked this one to give way
                boolean crossed = e.getSQLState() != null && e.getSQLState().startsWith("40");
                if (!crossed || attempt == TRIES) {
                    throw e;
                }
            }
        }
    }

    private Stored storeOnce(Collection<Event> events) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Set<String> ids = insert(connection, events);
                Set<String> left = new HashSet<>(ids);
                List<Event> fresh =
                        events.stream().filter(event -> left.remove(event.id())).toList();
                Stored stored = new Stored(ids, shoppers.grow(connection, fresh));
                connection.commit();
                return stored;
            } catch (SQLException | RuntimeException e) {
                rollBack(connection, e);
                throw e;
            }
        }
    }

    private static void rollBack(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // the connection is gone, and the transaction with it; the cause is what matters
            cause.addSuppressed(e);
        }
    }

    private static Set<String> insert(Connection connection, Collection<Event> events) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, Json.MAPPER.writeValueAsString(events));
            Set<String> ids = new HashSet<>();
            try (ResultSet rows = insert.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getString(1));
                }
            }
            return ids;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All events of the visits that had one since then, in order of time. */
    void running(Instant since, int visitsMax, Consumer<Event> each) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // outside of a transaction the driver fetches all rows at once
            connection.setAutoCommit(false);
            try (PreparedStatement select = connection.prepareStatement(RUNNING)) {
                select.setTimestamp(1, Timestamp.from(since));
                select.setInt(2, visitsMax);
                select.setTimestamp(3, Timestamp.from(since.minus(VISIT_MAX)));
                select.setFetchSize(1000);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        each.accept(event(rows));
                    }
                }
            }
            connection.rollback();
        }
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getString(1),
                Json.MAPPER.convertValue(row.getString(2), EventType.class),
                row.getString(3),
                row.getString(4),
                row.getTimestamp(5).toInstant(),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                row.getString(9),
                row.getBoolean(10),
                row.getObject(11, Double.class),
                row.getObject(12, Integer.class),
                row.getString(13),
                row.getString(14),
                row.getObject(15, Integer.class),
                row.getString(16),
                tags(row.getString(17)));
    }

    private static Set<String> tags(String json) throws SQLException {
        try {
            return json == null ? Set.of() : Set.copyOf(List.of(Json.MAPPER.readValue(json, String[].class)));
        } catch (JsonProcessingException e) {
            throw new SQLException("the stored tags of an event cannot be read", e);
        }
    }

    /** Deletes events, and shoppers who were not seen since; in batches, so that nothing waits for long. */
    long deleteBefore(Instant oldest) throws SQLException {
        // a log of years ago that was imported today is not to be gone tomorrow
        return deleteAll(
                        """
                        delete from event where id in
                            (select id from event where at < ? and received_at < ? limit ?)
                        """,
                        oldest)
                + deleteAll(
                        """
                        delete from shopper where id in
                            (select id from shopper where last_seen < ? and last_seen < ?
                                and not exists (select from event where event.shopper = shopper.id) limit ?)
                        """,
                        oldest);
    }

    private long deleteAll(String sql, Instant oldest) throws SQLException {
        long deleted = 0;
        int last = DELETE;
        while (last == DELETE) {
            try (Connection connection = database.getConnection();
                    PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setTimestamp(1, Timestamp.from(oldest));
                delete.setTimestamp(2, Timestamp.from(oldest));
                delete.setInt(3, DELETE);
                last = delete.executeUpdate();
                deleted += last;
            }
        }
        return deleted;
    }
}
