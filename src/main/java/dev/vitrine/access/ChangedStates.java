package dev.vitrine.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import java.util.Map;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The states before and after a change as JSON of a limited length, or null. What does not fit shows what differs, so that two
 * states that differ never look equal: fields that did not change go first, then each long value gives way to how it begins
 * and its SHA-256.
 */
record ChangedStates(String before, String after) {
    /** The least room for a value: what stands in for a long one, without how that begins. */
    private static final int VALUE_MIN = 150;

    static ChangedStates of(Object from, Object to, int most) {
        JsonNode before = tree(from);
        JsonNode after = tree(to);
        if (!fits(before, most) || !fits(after, most)) {
            if (before instanceof ObjectNode one && after instanceof ObjectNode other) {
                before = without(one, other);
                after = without(other, one);
            }
            before = shortened(before, most);
            after = shortened(after, most);
        }
        return new ChangedStates(text(before), text(after));
    }

    private static JsonNode tree(Object state) {
        return state == null ? null : Json.MAPPER.valueToTree(state);
    }

    private static String text(JsonNode state) {
        return state == null ? null : Json.text(state);
    }

    private static boolean fits(JsonNode state, int most) {
        return state == null || Json.text(state).length() <= most;
    }

    private static ObjectNode without(ObjectNode state, ObjectNode equal) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : state.properties()) {
            if (!field.getValue().equals(equal.get(field.getKey()))) {
                rest.set(field.getKey(), field.getValue());
            }
        }
        return rest;
    }

    private static JsonNode shortened(JsonNode state, int most) {
        if (fits(state, most)) {
            return state;
        }
        if (state instanceof ObjectNode fields) {
            int names = fields.properties().stream()
                    .mapToInt(field -> Json.text(field.getKey()).length() + ":,".length())
                    .sum();
            int each = (most - "{}".length() - names) / fields.size();
            if (each >= VALUE_MIN) {
                ObjectNode shorter = JsonNodeFactory.instance.objectNode();
                fields.properties().forEach(field -> shorter.set(field.getKey(), digest(field.getValue(), each)));
                return shorter;
            }
        }
        return digest(state, most);
    }

    private static JsonNode digest(JsonNode value, int most) {
        String text = Json.text(value);
        if (text.length() <= most) {
            return value;
        }
        // a quoted text has a backslash before each of its quotation marks, so it may be twice as long
        int end = (most - VALUE_MIN) / 2;
        end -= end > 0 && Character.isHighSurrogate(text.charAt(end - 1)) ? 1 : 0;
        return JsonNodeFactory.instance
                .objectNode()
                .put("begins", text.substring(0, end))
                .put("characters", text.length())
                .put("sha256", DigestUtils.sha256Hex(text));
    }
}
