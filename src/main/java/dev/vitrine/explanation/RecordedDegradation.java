package dev.vitrine.explanation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import java.util.ArrayList;
import java.util.List;

/** What went wrong at a decision, as it is on record. */
final class RecordedDegradation {
    private RecordedDegradation() {}

    /** Null where nothing did. */
    static Degraded of(JsonNode record) {
        JsonNode degraded = record.path("degraded");
        if (!degraded.isObject()) {
            return null;
        }
        List<String> rules = new ArrayList<>();
        degraded.path("rules").forEach(rule -> rules.add(rule.asText()));
        return new Degraded(
                degraded.path("cause").asText(), degraded.path("detail").asText(), rules);
    }
}
