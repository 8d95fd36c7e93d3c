package dev.vitrine.evaluation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.evaluation.Backtest.Progress;
import dev.vitrine.evaluation.Backtest.State;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.source.Edit;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps backtests, drafts and reports. */
@Singleton
final class BacktestRepository {
    private static final String COLUMNS =
            "select id, state, detail, done, total, started_at, ended_at, author, note, edition, placement, %s"
                    + " from backtest ";

    private final AgroalDataSource database;

    BacktestRepository(AgroalDataSource database) {
        this.database = database;
    }

    /** Keeps one that begins; returns its number. */
    long begin(Instant at, String author, String note, int edition, String placement, int total, List<Edit> files)
            throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into backtest (state, started_at, author, note, edition, placement, done, total, files)
                        values (?, ?, ?, ?, ?, ?, 0, ?, ?::jsonb) returning id
                        """)) {
            insert.setString(1, State.RUNNING.name());
            insert.setObject(2, at.atOffset(ZoneOffset.UTC));
            insert.setString(3, author);
            insert.setString(4, note);
            insert.setInt(5, edition);
            insert.setString(6, placement);
            insert.setInt(7, total);
            insert.setString(8, Json.MAPPER.writeValueAsString(files));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the draft cannot be written", "22000", e);
        }
    }

    void progress(long id, int done) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update backtest set done = ? where id = ? and state = 'RUNNING'")) {
            update.setInt(1, done);
            update.setLong(2, id);
            update.executeUpdate();
        }
    }

    void end(long id, State state, String detail, int done, Instant at, Report report) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update backtest set state = ?, detail = ?, done = ?, ended_at = ?, report = ?::json where id = ?")) {
            update.setString(1, state.name());
            update.setString(2, detail);
            update.setInt(3, done);
            update.setObject(4, at.atOffset(ZoneOffset.UTC));
            update.setString(5, report == null ? null : Json.MAPPER.writeValueAsString(report));
            update.setLong(6, id);
            update.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new SQLException("the report cannot be written", "22000", e);
        }
    }

    /** What still runs as the database has it runs no more: for a start after which nothing of this service can. */
    void stopAll(String detail, Instant at) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update backtest set state = ?, detail = ?, ended_at = ? where state = ?")) {
            update.setString(1, State.STOPPED.name());
            update.setString(2, detail);
            update.setObject(3, at.atOffset(ZoneOffset.UTC));
            update.setString(4, State.RUNNING.name());
            update.executeUpdate();
        }
    }

    Optional<Backtest> find(long id) throws SQLException {
        return query(COLUMNS.formatted("files, report") + "where id = ?", id).stream()
                .findFirst();
    }

    /** Newest first; without files and reports. */
    List<Backtest> list(int limit) throws SQLException {
        return query(COLUMNS.formatted("null, null") + "order by id desc limit ?", limit);
    }

    private List<Backtest> query(String statement, long parameter) throws SQLException {
        List<Backtest> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(statement)) {
            query.setLong(1, parameter);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    found.add(backtest(row));
                }
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the stored backtest cannot be read", "22000", e);
        }
        return found;
    }

    private static Backtest backtest(ResultSet row) throws SQLException, JsonProcessingException {
        String files = row.getString(12);
        String report = row.getString(13);
        return new Backtest(
                row.getLong(1),
                State.valueOf(row.getString(2)),
                row.getString(3),
                new Progress(row.getInt(4), row.getInt(5)),
                moment(row.getTimestamp(6)),
                moment(row.getTimestamp(7)),
                row.getString(8),
                row.getString(9),
                row.getInt(10),
                row.getString(11),
                files == null ? null : List.of(Json.MAPPER.readValue(files, Edit[].class)),
                report == null ? null : Json.MAPPER.readTree(report));
    }

    private static OffsetDateTime moment(Timestamp at) {
        return at == null ? null : at.toInstant().atOffset(ZoneOffset.UTC);
    }
}
