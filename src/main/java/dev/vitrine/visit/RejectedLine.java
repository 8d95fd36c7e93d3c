package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.problem.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/** A line that is no event, and may still tell whose it is. */
record RejectedLine(String text, JsonNode fields) {
    static RejectedLine of(String line) {
        try {
            JsonNode fields = Json.STORED.readTree(line);
            return new RejectedLine(line, fields.isObject() ? fields : null);
        } catch (JsonProcessingException noJson) {
            return new RejectedLine(line, null);
        }
    }

    boolean isOf(String shopper, Set<String> visits) {
        if (fields == null) {
            return names(shopper) || visits.stream().anyMatch(this::names);
        }
        return fields.hasNonNull("shopper")
                ? fields.get("shopper").asText().equals(shopper)
                : visits.contains(fields.path("visit").asText());
    }

    boolean isCoveredBy(Erasure erasure) {
        Instant at = at();
        return isOf(erasure.shopper(), erasure.visits()) && (at == null || !at.isAfter(erasure.at()));
    }

    /** Whether a damaged line has this key as a JSON text. */
    private boolean names(String key) {
        return text.contains(Json.text(key));
    }

    /** Null if the line does not tell. */
    private Instant at() {
        try {
            return fields == null
                    ? null
                    : OffsetDateTime.parse(fields.path("at").asText()).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
