package dev.vitrine.access;

import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Keeps the hashes of keys. */
@Singleton
final class ApiKeyRepository {
    private final AgroalDataSource database;

    ApiKeyRepository(AgroalDataSource database) {
        this.database = database;
    }

    List<ApiKey> all() throws SQLException {
        List<ApiKey> keys = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement("select name, role, hash from access_key");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                keys.add(new ApiKey(row.getString(1), Role.valueOf(row.getString(2)), row.getString(3)));
            }
        }
        return keys;
    }

    /**
     * Keeps a key.
     *
     * @return false when somebody of this name has one already
     */
    boolean add(ApiKey key, Instant now) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into access_key (name, role, hash, created_at) values (?, ?, ?, ?)"
                                + " on conflict (name) do nothing")) {
            insert.setString(1, key.name());
            insert.setString(2, key.role().name());
            insert.setString(3, key.hash());
            insert.setObject(4, now.atOffset(ZoneOffset.UTC));
            return insert.executeUpdate() == 1;
        }
    }
}
