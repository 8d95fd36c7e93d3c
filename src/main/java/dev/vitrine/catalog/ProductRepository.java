package dev.vitrine.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.UnavailableException;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * The products in the database, and the way from there into the {@link Catalog}. A row's {@code updated_at} only ever
 * grows, so it serves as the product's version: whatever order answers arrive in, memory keeps the latest.
 */
@Singleton
public final class ProductRepository {
    /** Longer than any statement of ours takes to commit after it has set {@code updated_at}. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final int STATEMENT_SECONDS = 30;
    private static final int FETCH_ROWS = 1000;

    // in the order of sku, so that two batches at once cannot wait for each other's rows
    private static final String UPSERT =
            """
            insert into product as old (sku, kind, family, name, category, brand, price, list_price, cost, currency,
                stock, tags, parts, attributes, launched_at, updated_at)
            select x.*, clock_timestamp() from jsonb_to_recordset(?::jsonb) as x(sku text, kind text, family text,
                name text, category text, brand text, price double precision, "listPrice" double precision,
                cost double precision, currency text, stock integer, tags jsonb, parts jsonb, attributes jsonb,
                "launchedAt" timestamptz)
            order by sku
            on conflict (sku) do update set kind = excluded.kind, family = excluded.family, name = excluded.name,
                category = excluded.category, brand = excluded.brand, price = excluded.price,
                list_price = excluded.list_price, cost = excluded.cost, currency = excluded.currency,
                stock = excluded.stock, tags = excluded.tags, parts = excluded.parts,
                attributes = excluded.attributes, launched_at = excluded.launched_at,
                updated_at = greatest(clock_timestamp(), old.updated_at + interval '1 microsecond')
            returning sku, updated_at""";

    private static final String CHANGED =
            """
            select sku, kind, family, name, category, brand, price, list_price, cost, currency, stock, tags, parts,
                attributes, launched_at, updated_at
            from product where updated_at > ?""";

    private final DataSource database;
    private final Catalog catalog;
    private final Map<String, Instant> versions = new ConcurrentHashMap<>();
    private volatile Instant readUntil = Instant.EPOCH;

    ProductRepository(DataSource database, Catalog catalog) {
        this.database = database;
        this.catalog = catalog;
    }

    /**
     * Stores these products, each sku at most once, and then lets the catalog know them.
     *
     * @throws UnavailableException with nothing changed in memory, when the database cannot be reached
     */
    public void store(List<Product> products) {
        if (products.isEmpty()) {
            return;
        }
        Map<String, Instant> stored = new HashMap<>();
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(UPSERT)) {
            upsert.setQueryTimeout(STATEMENT_SECONDS);
            upsert.setString(1, Json.MAPPER.writeValueAsString(products));
            try (ResultSet rows = upsert.executeQuery()) {
                while (rows.next()) {
                    stored.put(rows.getString(1), instant(rows, 2));
                }
            }
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        takeIn(products, stored);
    }

    /** Brings into memory what was changed since the last time, by this instance or another; the first time, all. */
    void refresh() {
        Map<String, Instant> stored = new HashMap<>();
        List<Product> products = new ArrayList<>();
        Instant until;
        try (Connection connection = database.getConnection()) {
            until = databaseNow(connection);
            boolean autoCommit = connection.getAutoCommit();
            // only within a transaction does the driver fetch in portions
            connection.setAutoCommit(false);
            try (PreparedStatement changed = connection.prepareStatement(CHANGED)) {
                changed.setQueryTimeout(STATEMENT_SECONDS);
                changed.setFetchSize(FETCH_ROWS);
                changed.setObject(1, readUntil.minus(OVERLAP).atOffset(ZoneOffset.UTC));
                try (ResultSet row = changed.executeQuery()) {
                    while (row.next()) {
                        Instant version = instant(row, 16);
                        // most rows of the overlap are known: our own
                        if (newer(row.getString(1), version)) {
                            Product product = product(row);
                            products.add(product);
                            stored.put(product.sku(), version);
                        }
                    }
                }
                connection.commit();
            } finally {
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw unavailable(e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        takeIn(products, stored);
        readUntil = until;
    }

    private synchronized void takeIn(List<Product> products, Map<String, Instant> stored) {
        List<Product> newer = products.stream()
                .filter(product -> newer(product.sku(), stored.get(product.sku())))
                .toList();
        newer.forEach(product -> versions.put(product.sku(), stored.get(product.sku())));
        catalog.put(newer);
    }

    private boolean newer(String sku, Instant version) {
        Instant known = versions.get(sku);
        return known == null || version.isAfter(known);
    }

    private static Instant databaseNow(Connection connection) throws SQLException {
        try (PreparedStatement now = connection.prepareStatement("select clock_timestamp()");
                ResultSet row = now.executeQuery()) {
            row.next();
            return instant(row, 1);
        }
    }

    private static Product product(ResultSet row) throws SQLException, JsonProcessingException {
        return new Product(
                row.getString(1),
                Kind.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getDouble(7),
                row.getDouble(8),
                row.getObject(9, Double.class),
                row.getString(10),
                row.getInt(11),
                Json.MAPPER.readValue(row.getString(12), new TypeReference<Set<String>>() {}),
                Json.MAPPER.readValue(row.getString(13), new TypeReference<List<String>>() {}),
                Json.MAPPER.readValue(row.getString(14), new TypeReference<Map<String, String>>() {}),
                instant(row, 15));
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static RuntimeException unavailable(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        // bad data, a broken constraint or bad SQL is our own mistake, and trying again will not mend it
        if (state.startsWith("22") || state.startsWith("23") || state.startsWith("42")) {
            return new IllegalStateException(e);
        }
        return new UnavailableException(
                "The database cannot be reached; send the products again later", RETRY_AFTER, e);
    }
}
