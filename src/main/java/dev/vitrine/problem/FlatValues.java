package dev.vitrine.problem;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Values that a shop names itself: a flat object of texts, numbers and booleans, kept as texts.
 *
 * @param most how many an object may have
 * @param keyMax characters of a key
 * @param valueMax characters of a value
 */
public record FlatValues(int most, int keyMax, int valueMax) {
    public static final FlatValues ATTRIBUTES = new FlatValues(50, 64, 200);
    public static final FlatValues CONTEXT = new FlatValues(50, 64, 256);

    /** One of the values, as OpenAPI says it. */
    @Schema(
            name = "NamedValue",
            oneOf = {String.class, Double.class, Boolean.class})
    public interface Value {}

    /** With larger numbers, texts would not be read as the number that they were. */
    private static final double NUMBER_MAX = 1e15;

    /** @throws ProblemException with the path, below {@code field}, of the value that is wrong */
    public Map<String, String> checked(String field, Map<String, JsonNode> values) {
        if (values == null || values.isEmpty()) {
            return Map.of();
        }
        if (values.size() > most) {
            throw new ProblemException(field, "has " + values.size() + " elements; at most " + most + " are allowed");
        }
        Map<String, String> texts = new HashMap<>();
        values.forEach((key, value) -> {
            if (key.isBlank()) {
                throw new ProblemException(field, "must not be blank");
            }
            Check.name(field, key, keyMax);
            texts.put(key, text(field + "." + key, value));
        });
        return texts;
    }

    private String text(String field, JsonNode value) {
        if (value == null || value.isNull()) {
            throw new ProblemException(field, "is required");
        }
        if (value.isTextual()) {
            return Check.text(field, ComposedText.of(value.textValue()), valueMax);
        }
        if (value.isBoolean()) {
            return value.asText();
        }
        if (!value.isNumber()) {
            throw new ProblemException(field, "must be a text, a number, true or false");
        }
        Check.number(field, value.doubleValue(), -NUMBER_MAX, NUMBER_MAX);
        BigDecimal plain = value.decimalValue().stripTrailingZeros();
        return Check.text(field, plain.toPlainString(), valueMax);
    }
}
