package dev.vitrine.rulebook.folder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.Instance;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

/** Remembers across restarts what the rules folder of each instance held when it was last in step with the editions. */
@Singleton
public final class FolderState {
    private final AgroalDataSource database;
    private final Instance instance;

    public FolderState(AgroalDataSource database, Instance instance) {
        this.database = database;
        this.instance = instance;
    }

    /**
     * What is remembered.
     *
     * @param files hashes of texts by path
     * @param conflicts files that were changed on both sides, by path
     */
    record State(Map<String, String> files, Map<String, Conflict> conflicts) {}

    /**
     * A folder as it was left.
     *
     * @param at when it was in step so
     */
    public record Left(State state, Instant at) {}

    /**
     * A file that was changed in the folder and by a published edition.
     *
     * @param edition the edition whose text serves on
     * @param mine hash of the folder's text, absent where it was deleted there
     * @param theirs hash of the edition's text, absent where it was deleted there
     * @param beside whether the edition's text could be put beside the file
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Conflict(int edition, String mine, String theirs, boolean beside) {}

    public Optional<Left> of(Path folder) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select state, at from rules_folder where folder = ? and instance in (?, '')"
                                + " order by instance desc limit 1")) {
            query.setString(1, folder.toString());
            query.setString(2, instance.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(new Left(
                                Json.MAPPER.readValue(row.getString(1), State.class),
                                Instant.ofEpochMilli(row.getTimestamp(2).getTime())))
                        : Optional.empty();
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("what the rules folder held cannot be read", "22000", e);
        }
    }

    public void save(Path folder, State state, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(
                        "insert into rules_folder (instance, folder, state, at) values (?, ?, ?::jsonb, ?)"
                                + " on conflict (instance, folder) do update set state = excluded.state, at = excluded.at")) {
            upsert.setString(1, instance.name());
            upsert.setString(2, folder.toString());
            upsert.setString(3, Json.MAPPER.writeValueAsString(state));
            upsert.setObject(4, at.atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new SQLException("what the rules folder held cannot be written", "22000", e);
        }
    }
}
