package dev.vitrine.decision;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
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

/** Keeps decisions, with the facts that they were made of. */
@Singleton
final class DecisionStore {
    private static final int DELETED_AT_ONCE = 10_000;

    private final AgroalDataSource database;

    DecisionStore(AgroalDataSource database) {
        this.database = database;
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
    Optional<JsonNode> find(String id) throws SQLException {
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
    static JsonNode told(DecisionRecord record) {
        return told(
                record.at(),
                record.facts().placement().name(),
                record.visit(),
                record.shopper(),
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

    private static JsonNode row(DecisionRecord record) {
        DecisionAnswer answer = record.answer();
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("id", answer.decisionId());
        row.put("at", record.at().toString());
        row.put("placement", record.facts().placement().name());
        row.put("visit", record.visit());
        row.put("shopper", record.shopper());
        row.put("edition", answer.edition());
        row.put("arm", answer.arm());
        row.put("module", answer.module().type());
        row.put("degraded", answer.degraded() != null);
        row.put("took_micros", answer.tookMicros());
        row.set("facts", facts(record));
        row.set("answer", Json.MAPPER.valueToTree(answer));
        return row;
    }

    /**
     * The facts as they are kept. Of a candidate only what changes from day to day: its name, brand and family are the
     * catalog's to tell, and with them a shop of fifty decisions a second would fill a disk in a week.
     */
    private static JsonNode facts(DecisionRecord record) {
        Facts facts = record.facts();
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.set("page", Json.MAPPER.valueToTree(facts.page()));
        told.set("shopper", Json.MAPPER.valueToTree(facts.shopper()));
        told.set("visit", Json.MAPPER.valueToTree(facts.visit()));
        told.set("cart", Json.MAPPER.valueToTree(facts.cart()));
        told.set("campaigns", Json.MAPPER.valueToTree(facts.campaigns()));
        told.put("limit", facts.placement().limit());
        ArrayNode candidates = told.putArray("candidates");
        facts.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
        told.set("hidden", Json.MAPPER.valueToTree(record.hidden()));
        return told;
    }

    private static ObjectNode candidate(Candidate candidate) {
        ObjectNode told = Json.MAPPER.createObjectNode();
        told.put("sku", candidate.sku());
        if (candidate.extra()) {
            told.put("extra", true);
        } else {
            told.put("score", candidate.score());
        }
        told.put("category", candidate.category());
        told.put("price", candidate.price());
        if (candidate.onSale()) {
            told.put("listPrice", candidate.listPrice());
        }
        told.put("margin", candidate.margin());
        told.put("stock", candidate.stock());
        if (!candidate.tags().isEmpty()) {
            ArrayNode tags = told.putArray("tags");
            candidate.tags().stream().sorted().forEach(tags::add);
        }
        return told;
    }
}
