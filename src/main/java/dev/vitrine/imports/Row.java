package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.Map;

/** One row of a file, and the line from 1 on which it begins; {@code broken} is null if the row can be used. */
record Row(long line, Map<String, JsonNode> columns, ProblemException broken) {
    /** The column's value, null if it is absent or empty. */
    JsonNode value(String column) {
        JsonNode value = columns.get(column);
        return value == null
                        || value.isNull()
                        || (value.isTextual() && value.textValue().isBlank())
                ? null
                : value;
    }

    /** The row with other names for some columns. */
    Row renamed(Map<String, String> names) {
        Map<String, JsonNode> renamed = new LinkedHashMap<>(columns.size() * 2);
        columns.forEach((column, value) -> renamed.put(names.getOrDefault(column, column), value));
        return new Row(line, renamed, broken);
    }

    /** The column's value as text, "" if it is absent. */
    String text(String column) {
        JsonNode value = value(column);
        return value == null ? "" : value.asText().strip();
    }
}
