package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Decisions as JSON: as a row of the database, and as the explanation that anybody can ask for. */
@Singleton
class DecisionJson {
    private static final Logger LOG = Logger.getLogger(DecisionJson.class);

    private final FactSnapshot factSnapshot;

    DecisionJson(FactSnapshot factSnapshot) {
        this.factSnapshot = factSnapshot;
    }

    ObjectNode row(DecisionRecord record) {
        DecisionContext context = record.context();
        DecisionAnswer answer = record.answer();
        ObjectNode row = Json.MAPPER.createObjectNode();
        row.put("id", answer.decisionId());
        row.put("at", context.at().toString());
        row.put("placement", context.facts().placement().name());
        row.put("visit", context.visit());
        row.put("shopper", context.shopper());
        row.put("edition", answer.edition());
        row.put("arm", answer.arm());
        row.put("module", answer.module().type());
        row.put("degraded", answer.degraded() != null);
        row.put("took_micros", answer.tookMicros());
        row.set("facts", facts(record));
        row.set("answer", Json.MAPPER.valueToTree(answer));
        return row;
    }

    /** The facts, and what rules kept off the shelf. */
    private ObjectNode facts(DecisionRecord record) {
        ObjectNode facts =
                factSnapshot.write(record.context().facts(), record.context().at());
        facts.set("hidden", Json.MAPPER.valueToTree(record.hidden()));
        return facts;
    }

    JsonNode explanation(DecisionRecord record) {
        DecisionContext context = record.context();
        return explanation(
                context.at(),
                context.facts().placement().name(),
                context.visit(),
                context.shopper(),
                facts(record),
                Json.MAPPER.valueToTree(record.answer()));
    }

    JsonNode explanation(DecisionEntity row) {
        return explanation(row.at, row.placement, row.visit, row.shopper, row.facts, row.answer);
    }

    private static JsonNode explanation(
            Instant at, String placement, String visit, String shopper, JsonNode facts, JsonNode answer) {
        ObjectNode explanation = Json.MAPPER.createObjectNode();
        explanation.setAll((ObjectNode) answer);
        explanation.put("at", at.toString());
        explanation.put("placement", placement);
        explanation.put("visit", visit);
        explanation.put("shopper", shopper);
        explanation.set("hidden", ((ObjectNode) facts).remove("hidden"));
        explanation.set("facts", facts);
        return explanation;
    }

    /** Empty where the decision can no longer be read. */
    Optional<ReplayInput> replayInput(StoredDecision stored) {
        try {
            DecisionContext context = new DecisionContext(
                    stored.visit(),
                    stored.shopper(),
                    stored.at(),
                    factSnapshot.read(Json.STORED.readTree(stored.facts()), stored.placement(), stored.at()),
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
