package dev.vitrine.rulebook.rollout;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.access.Audit;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.Transaction;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.Edit;
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

/** Keeps what is staged, so that a restart goes on with it, and how it ended. */
@Singleton
public final class RolloutRepository {
    private final AgroalDataSource database;
    private final EditionRepository editions;
    private final Audit audit;

    public RolloutRepository(AgroalDataSource database, EditionRepository editions, Audit audit) {
        this.database = database;
        this.editions = editions;
        this.audit = audit;
    }

    /** @return false when the number is taken, or another edition is staged */
    boolean add(Rollout stage, Audit.Entry entry) throws SQLException {
        return editions.save(stage.edition(), entry, transaction -> {
            try (PreparedStatement insert =
                    transaction.prepareStatement("insert into staged (edition, base, edits, share, steps, guardrails)"
                            + " values (?, ?, ?::jsonb, ?, ?::jsonb, ?::jsonb)")) {
                insert.setInt(1, stage.number());
                insert.setInt(2, stage.base());
                insert.setString(3, json(stage.edits()));
                insert.setDouble(4, stage.share());
                insert.setString(5, json(stage.steps()));
                insert.setString(6, json(stage.guardrails()));
                insert.executeUpdate();
            }
        });
    }

    /** What was staged last, ended or not. */
    Optional<Rollout> last() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select edition, base, edits, share, steps, guardrails, ended_at, outcome from staged"
                                + " order by edition desc limit 1");
                ResultSet row = query.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            int number = row.getInt(1);
            StoredEdition edition = editions.edition(number)
                    .orElseThrow(() -> new SQLException("edition " + number + " was staged and is not kept", "22000"));
            return Optional.of(new Rollout(
                    edition,
                    row.getInt(2),
                    List.of(read(row.getString(3), Edit[].class)),
                    row.getDouble(4),
                    List.of(read(row.getString(5), Rollout.Step[].class)),
                    read(row.getString(6), Guardrails.class),
                    row.getTimestamp(7) == null ? null : row.getTimestamp(7).toInstant(),
                    row.getString(8)));
        }
    }

    /**
     * How the stage that was staged last stands, without its files.
     *
     * @param ended whether it is staged no more
     */
    record Mark(int edition, double share, List<Rollout.Step> steps, boolean ended, String outcome) {
        static Mark of(Rollout stage) {
            return new Mark(stage.number(), stage.share(), stage.steps(), stage.endedAt() != null, stage.outcome());
        }
    }

    Optional<Mark> mark() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select edition, share, steps, ended_at is not null, outcome"
                                + " from staged order by edition desc limit 1");
                ResultSet row = query.executeQuery()) {
            return row.next()
                    ? Optional.of(new Mark(
                            row.getInt(1),
                            row.getDouble(2),
                            List.of(read(row.getString(3), Rollout.Step[].class)),
                            row.getBoolean(4),
                            row.getString(5)))
                    : Optional.empty();
        }
    }

    /**
     * Keeps how a stage stands now: its share, or its end. What another instance has ended stays so, and what it has done
     * already is not done twice.
     *
     * @return whether there was something to keep
     */
    boolean update(Rollout stage, Audit.Entry entry) throws SQLException {
        return Transaction.of(database, connection -> update(connection, stage, entry));
    }

    /** The same in the transaction of what it goes with. */
    boolean update(Connection connection, Rollout stage, Audit.Entry entry) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update staged set share = ?, steps = ?::jsonb,"
                + " ended_at = ?, outcome = ? where edition = ? and ended_at is null"
                + " and (?::timestamptz is not null or share <> ? or steps <> ?::jsonb)")) {
            update.setDouble(1, stage.share());
            update.setString(2, json(stage.steps()));
            update.setObject(3, atUtc(stage.endedAt()));
            update.setString(4, stage.outcome());
            update.setInt(5, stage.number());
            update.setObject(6, atUtc(stage.endedAt()));
            update.setDouble(7, stage.share());
            update.setString(8, json(stage.steps()));
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        try (PreparedStatement update = connection.prepareStatement("update edition set state = ? where number = ?")) {
            update.setString(1, stage.edition().state().name());
            update.setInt(2, stage.number());
            update.executeUpdate();
        }
        audit.add(connection, entry);
        return true;
    }

    private static Object atUtc(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    public static String json(Object value) throws SQLException {
        try {
            return Json.MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new SQLException("it cannot be written as JSON", "22000", e);
        }
    }

    public static <T> T read(String json, Class<T> type) throws SQLException {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new SQLException("what is kept cannot be read", "22000", e);
        }
    }
}
