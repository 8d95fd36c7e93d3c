package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Keeps decisions, with the facts that they were made of. */
@Singleton
public final class DecisionRepository {
    private static final Logger LOG = Logger.getLogger(DecisionRepository.class);
    private static final int DELETED_AT_ONCE = 10_000;

    private final AgroalDataSource database;
    private final FactSnapshot facts;

    DecisionRepository(AgroalDataSource database, FactSnapshot facts) {
        this.database = database;
        this.facts = facts;
    }

    void save(List<DecisionRecord> records) throws SQLException {
        ArrayNode rows = Json.MAPPER.createArrayNode();
        records.forEach(record -> rows.add(row(record)));
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        """
                        insert into decision
                            (id, at, placement, visit, shopper, edition, arm, module, degraded, took_micros, facts, answer)
                        select id, at, placement, visit, shopper, edition, arm, module, degraded, took_micros, facts, answer
                        from jsonb_to_recordset(?::jsonb) as row (
                            id text, at timestamptz, placement text, visit text, shopper text, edition integer, arm text,
                            module text, degraded boolean, took_micros integer, facts jsonb, answer jsonb)
                        on conflict (id) do nothing
                        """)) {
            insert.setString(1, rows.toString());
            insert.executeUpdate();
        }
    }

    /** A decision as {@code GET /decisions/{id}} tells it. */
    public Optional<JsonNode> find(String id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select at, placement, visit, shopper, facts, answer from decision where id = ?")) {
            query.setString(1, id);
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(told(
                                row.getTimestamp(1).toInstant(),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                Json.MAPPER.readTree(row.getString(5)),
                                Json.MAPPER.readTree(row.getString(6))))
                        : Optional.empty();
            }
        } catch (JsonProcessingException e) {
            throw new SQLException("the stored decision cannot be read", e);
        }
    }

    /** Deletes a batch of what is older; returns how many. */
    int deleteBefore(Instant oldest) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "delete from decision where id in (select id from decision where at < ? limit "
                                + DELETED_AT_ONCE + ")")) {
            delete.setObject(1, oldest.atOffset(ZoneOffset.UTC));
            return delete.executeUpdate();
        }
    }

    /** The same for one that is not stored yet. */
    JsonNode told(DecisionRecord record) {
        return told(
                record.context().at(),
                record.context().facts().placement().name(),
                record.context().visit(),
                record.context().shopper(),
                facts(record),
                Json.MAPPER.valueToTree(record.answer()));
    }

    private static JsonNode told(
            Instant at, String placement, String visit, String shopper, JsonNode facts, JsonNode answer) {
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.setAll((ObjectNode) answer);
        told.put("at", at.toString());
        told.put("placement", placement);
        told.put("visit", visit);
        told.put("shopper", shopper);
        told.set("hidden", ((ObjectNode) facts).remove("hidden"));
        told.set("facts", facts);
        return told;
    }

    private JsonNode row(DecisionRecord record) {
        DecisionAnswer answer = record.answer();
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("id", answer.decisionId());
        row.put("at", record.context().at().toString());
        row.put("placement", record.context().facts().placement().name());
        row.put("visit", record.context().visit());
        row.put("shopper", record.context().shopper());
        row.put("edition", answer.edition());
        row.put("arm", answer.arm());
        row.put("module", answer.module().type());
        row.put("degraded", answer.degraded() != null);
        row.put("took_micros", answer.tookMicros());
        row.set("facts", facts(record));
        row.set("answer", Json.MAPPER.valueToTree(answer));
        return row;
    }

    /** The facts as they are kept, with what was kept off the shelf. */
    private JsonNode facts(DecisionRecord record) {
        ObjectNode told = facts.write(record.context().facts(), record.context().at());
        told.set("hidden", Json.MAPPER.valueToTree(record.hidden()));
        return told;
    }

    /** The question of a decision; none where there is no such decision, or it can no longer be read. */
    public Optional<ReplayInput> question(String id) throws SQLException {
        return rows("where id = ?", query -> query.setString(1, id)).stream()
                .findFirst()
                .flatMap(Row::question);
    }

    /** How many decisions there are of a placement (of all where it is null), but no more than so many. */
    public int count(int most, String placement) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select count(*) from (select 1 from decision where ?::text is null or placement = ? limit ?) counted")) {
            query.setString(1, placement);
            query.setString(2, placement);
            query.setInt(3, most);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /** The newest decisions before that one, newest first; of one placement or, where that is null, of all. */
    List<Row> before(OffsetDateTime at, String id, String placement, int limit) throws SQLException {
        return rows(
                "where (at, id) < (?, ?) and (?::text is null or placement = ?) order by at desc, id desc limit ?",
                query -> {
                    query.setObject(1, at);
                    query.setString(2, id);
                    query.setString(3, placement);
                    query.setString(4, placement);
                    query.setInt(5, limit);
                });
    }

    /** A kept decision, to be asked again; its question is absent where it can no longer be read. */
    record Row(String id, Instant at, Optional<ReplayInput> question) {}

    private interface Parameters {
        void set(PreparedStatement query) throws SQLException;
    }

    private List<Row> rows(String which, Parameters parameters) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select id, at, placement, visit, shopper, edition, degraded, facts - 'hidden',"
                                + " jsonb_path_query_array(answer, '$.items[*].sku'),"
                                + " coalesce(answer -> 'leftOut', '[]') from decision "
                                + which)) {
            parameters.set(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    rows.add(row(row));
                }
            }
        }
        return rows;
    }

    private Row row(ResultSet row) throws SQLException {
        String id = row.getString(1);
        Instant at = row.getTimestamp(2).toInstant();
        try {
            return new Row(
                    id,
                    at,
                    Optional.of(new ReplayInput(
                            new dev.vitrine.decision.context.DecisionContext(
                                    row.getString(4),
                                    row.getString(5),
                                    at,
                                    facts.read(Json.MAPPER.readTree(row.getString(8)), row.getString(3), at),
                                    List.of(Json.MAPPER.readValue(row.getString(10), DecisionAnswer.LeftOut[].class))),
                            new ReplayInput.Given(
                                    id,
                                    row.getInt(6),
                                    row.getBoolean(7),
                                    List.of(Json.MAPPER.readValue(row.getString(9), String[].class))))));
        } catch (JsonProcessingException | RuntimeException e) {
            // written by an earlier version in words that are gone
            LOG.debugf(e, "Decision %s cannot be read", id);
            return new Row(id, at, Optional.empty());
        }
    }
}
