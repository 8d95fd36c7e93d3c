package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.CopyRow;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jboss.logging.Logger;

/** Decisions as rows of the database with their JSON, and as the explanation that anybody can ask for. */
@Singleton
class DecisionJson {
    private static final Logger LOG = Logger.getLogger(DecisionJson.class);
    private static final ObjectWriter WRITER = FactSnapshot.WRITER;

    private final FactSnapshot factSnapshot;
    /** Rows are written by the threads that answer, each into memory that it uses again. */
    private final ThreadLocal<Memory> memory = ThreadLocal.withInitial(Memory::new);

    private static final class Memory {
        private final CopyRow row = new CopyRow();
        private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    }

    DecisionJson(FactSnapshot factSnapshot) {
        this.factSnapshot = factSnapshot;
    }

    /** The columns in the order of {@link DecisionRepository#COLUMNS}. */
    DecisionRow row(AnsweredDecision decision) throws IOException {
        DecisionContext context = decision.context();
        DecisionAnswer answer = decision.answer();
        Memory own = memory.get();
        byte[] row = own.row
                .begin(DecisionRepository.COLUMNS.size())
                .text(answer.decisionId())
                .timestamp(context.at())
                .text(decision.placement())
                .text(context.visit())
                .text(context.shopper())
                .integer(answer.edition())
                .text(answer.arm())
                .text(answer.module().type())
                .bool(answer.rulesDegraded())
                .integer((int) answer.tookMicros())
                .bytea(CompressedJson.of(out -> writeFacts(decision, out), own.deflater))
                .jsonb(out -> WRITER.writeValue(out, answer))
                .toByteArray();
        return new DecisionRow(answer.decisionId(), row);
    }

    /** The facts, and what rules kept off the shelf. */
    private void writeFacts(AnsweredDecision decision, OutputStream out) throws IOException {
        try (JsonGenerator json = WRITER.createGenerator(out)) {
            json.writeStartObject();
            factSnapshot.write(decision.context().facts(), decision.context().at(), json);
            if (decision.context().model().from() != null) {
                json.writeStringField(
                        "candidatesFrom",
                        Json.wireName(decision.context().model().from()));
            }
            json.writeFieldName("hidden");
            WRITER.writeValue(json, decision.settlement().hidden());
            json.writeEndObject();
        }
    }

    /** The row as it will be read from the table. */
    DecisionEntity entity(DecisionRow row) {
        CopyRow.Reader columns = new CopyRow.Reader(row.bytes());
        DecisionEntity entity = new DecisionEntity();
        entity.id = columns.text();
        entity.at = columns.timestamp();
        entity.placement = columns.text();
        entity.visit = columns.text();
        entity.shopper = columns.text();
        entity.edition = columns.integer();
        entity.arm = columns.text();
        entity.module = columns.text();
        entity.degraded = columns.bool();
        entity.tookMicros = columns.integer();
        try {
            entity.facts = columns.bytea();
            entity.answer = Json.STORED.readTree(columns.jsonb());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entity;
    }

    JsonNode explanation(DecisionEntity row) {
        ObjectNode explanation = Json.MAPPER.createObjectNode();
        explanation.setAll((ObjectNode) row.answer);
        explanation.put("at", row.at.toString());
        explanation.put("placement", row.placement);
        explanation.put("visit", row.visit);
        explanation.put("shopper", row.shopper);
        ObjectNode facts = (ObjectNode) CompressedJson.read(row.facts);
        explanation.set("hidden", facts.remove("hidden"));
        explanation.set("facts", facts);
        return explanation;
    }

    Optional<ReplayInput> replayInput(DecisionRow row) {
        DecisionEntity entity = entity(row);
        ArrayNode skus = Json.MAPPER.createArrayNode();
        entity.answer.path("items").forEach(item -> skus.add(item.path("sku")));
        return replayInput(new StoredDecision(
                entity.id,
                entity.at,
                entity.placement,
                entity.visit,
                entity.shopper,
                entity.edition,
                entity.degraded,
                entity.facts,
                skus.toString(),
                entity.answer.withArray("leftOut").toString()));
    }

    /** Empty where the decision can no longer be read. */
    Optional<ReplayInput> replayInput(StoredDecision stored) {
        try {
            DecisionContext context = new DecisionContext(
                    stored.visit(),
                    stored.shopper(),
                    stored.at(),
                    factSnapshot.read(CompressedJson.read(stored.facts()), stored.placement(), stored.at()),
                    List.of(Json.STORED.readValue(stored.leftOut(), LeftOut[].class)));
            List<String> skus = List.of(Json.STORED.readValue(stored.skus(), String[].class));
            return Optional.of(new ReplayInput(
                    context, new ReplayInput.Given(stored.id(), stored.edition(), stored.degraded(), skus)));
        } catch (JsonProcessingException | RuntimeException e) {
            // an earlier version wrote it in words that no longer exist
            LOG.debugf(e, "Decision %s cannot be read", stored.id());
            return Optional.empty();
        }
    }
}
