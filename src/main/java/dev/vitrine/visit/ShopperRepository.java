package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** The {@code shopper} table. */
@Singleton
final class ShopperRepository {
    private record Row(String id, Instant lastSeen, ShopperHistory history) {}

    private final DataSource database;
    private final Catalog catalog;
    private final VisitConfig config;

    ShopperRepository(DataSource database, Catalog catalog, VisitConfig config) {
        this.database = database;
        this.catalog = catalog;
        this.config = config;
    }

    /** Brings the shoppers of these events up to date, in the transaction that stores the events. */
    List<ShopperHistory> grow(Connection transaction, List<Event> fresh) throws SQLException {
        Map<String, ShopperHistory> shoppers = new TreeMap<>();
        for (Event event : fresh) {
            if (event.shopper() != null) {
                shoppers.computeIfAbsent(event.shopper(), ShopperHistory::blank);
            }
        }
        if (shoppers.isEmpty()) {
            return List.of();
        }
        lock(transaction, shoppers);
        fresh.stream()
                .filter(event -> event.shopper() != null)
                .sorted(Comparator.comparing(Event::at))
                .forEach(event -> shoppers.computeIfPresent(
                        event.shopper(), (id, history) -> history.with(event, catalog, config)));
        shoppers.replaceAll((id, history) -> history.stored());
        write(transaction, shoppers.values());
        return List.copyOf(shoppers.values());
    }

    /** The locked rows' histories in place of blank ones. Always in the order of ids, so that no two can wait in a circle. */
    private static void lock(Connection transaction, Map<String, ShopperHistory> shoppers) throws SQLException {
        int found = readLocked(transaction, shoppers);
        if (found < shoppers.size()) {
            try (PreparedStatement insert = transaction.prepareStatement(
                    """
                    insert into shopper (id, last_seen, history)
                    select id, to_timestamp(0), 'null' from unnest(?) as id order by id
                    on conflict (id) do nothing""")) {
                insert.setArray(
                        1, transaction.createArrayOf("text", shoppers.keySet().toArray()));
                insert.executeUpdate();
            }
            readLocked(transaction, shoppers);
        }
    }

    private static int readLocked(Connection transaction, Map<String, ShopperHistory> shoppers) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(
                "select id, history from shopper where id = any(?) order by id for update")) {
            select.setArray(
                    1, transaction.createArrayOf("text", shoppers.keySet().toArray()));
            int found = 0;
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found++;
                    ShopperHistory history = history(rows.getString(2));
                    if (history != null) {
                        shoppers.put(rows.getString(1), history);
                    }
                }
            }
            return found;
        }
    }

    private static void write(Connection transaction, Collection<ShopperHistory> shoppers) throws SQLException {
        List<Row> rows = shoppers.stream()
                .map(history -> new Row(history.id(), history.lastSeen(), history))
                .toList();
        try (PreparedStatement update = transaction.prepareStatement(
                """
                update shopper set last_seen = x."lastSeen", history = x.history
                from jsonb_to_recordset(?::jsonb) as x(id text, "lastSeen" timestamptz, history jsonb)
                where shopper.id = x.id""")) {
            update.setString(1, Json.MAPPER.writeValueAsString(rows));
            update.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    List<ShopperHistory> of(Collection<String> ids) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select =
                        connection.prepareStatement("select history from shopper where id = any(?)")) {
            select.setArray(1, connection.createArrayOf("text", ids.toArray()));
            List<ShopperHistory> found = new ArrayList<>();
            each(select, found::add);
            return found;
        }
    }

    void mostRecent(int max, Consumer<ShopperHistory> each) throws SQLException {
        try (Connection connection = database.getConnection()) {
            // outside of a transaction the driver fetches all rows at once
            connection.setAutoCommit(false);
            try (PreparedStatement select =
                    connection.prepareStatement("select history from shopper order by last_seen desc limit ?")) {
                select.setInt(1, max);
                select.setFetchSize(1000);
                each(select, each);
            }
            connection.rollback();
        }
    }

    private static void each(PreparedStatement select, Consumer<ShopperHistory> each) throws SQLException {
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                ShopperHistory history = history(rows.getString(1));
                if (history != null) {
                    each.accept(history);
                }
            }
        }
    }

    private static ShopperHistory history(String json) {
        try {
            return Json.MAPPER.readValue(json, ShopperHistory.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The shopper table holds a history that cannot be read", e);
        }
    }
}
