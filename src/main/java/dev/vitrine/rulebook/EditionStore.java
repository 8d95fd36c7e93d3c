package dev.vitrine.rulebook;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Keeps every published edition. */
@Singleton
final class EditionStore {
    private final AgroalDataSource database;

    EditionStore(AgroalDataSource database) {
        this.database = database;
    }

    /** The edition published last. */
    Optional<StoredEdition> latest() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select number, published_at, author, note, hash, files from edition order by number desc limit 1");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            return Optional.of(new StoredEdition(
                    row.getInt(1),
                    row.getTimestamp(2).toInstant(),
                    row.getString(3),
                    row.getString(4),
                    row.getString(5),
                    List.of(Json.MAPPER.readValue(row.getString(6), RuleFile[].class))));
        } catch (JsonProcessingException e) {
            throw new SQLException("the stored edition cannot be read", e);
        }
    }

    /**
     * Keeps an edition under its number.
     *
     * @return false when the number is taken by another edition
     */
    boolean save(StoredEdition edition) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into edition (number, published_at, author, note, hash, files) values (?, ?, ?, ?, ?, ?::jsonb)"
                                + " on conflict (number) do nothing")) {
            insert.setInt(1, edition.number());
            insert.setObject(2, at(edition.publishedAt()));
            insert.setString(3, edition.author());
            insert.setString(4, edition.note());
            insert.setString(5, edition.hash());
            insert.setString(6, Json.MAPPER.writeValueAsString(edition.files()));
            return insert.executeUpdate() == 1;
        } catch (JsonProcessingException e) {
            throw new SQLException("the edition cannot be written", e);
        }
    }

    private static java.time.OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
