package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;

/** Keeps one row for each value of a field: the first one or the last one. */
final class Distinct {
    /** Values in memory, about 100 bytes each: twice the size of the largest catalog. */
    static final int VALUES_MAX = 2_000_000;

    private final String field;
    private final boolean last;
    private final Map<String, Long> lines = new HashMap<>();

    /** @param last whether the last row of each value is kept; otherwise the first */
    Distinct(String field, boolean last) {
        this.field = field;
        this.last = last;
    }

    /** Whether the file must be read once before, to learn which row is the last. */
    boolean needsFirstPass() {
        return last;
    }

    void learn(long line, ObjectNode record) {
        JsonNode value = record.get(field);
        if (value != null) {
            put(value.asText(), line);
        }
    }

    /** Whether to keep this row. A row without the field is always kept, so that the service can refuse it. */
    boolean keeps(long line, ObjectNode record) {
        JsonNode value = record.get(field);
        if (value == null) {
            return true;
        }
        Long known = lines.get(value.asText());
        if (known == null) {
            put(value.asText(), line);
            return true;
        }
        return known == line;
    }

    private void put(String value, long line) {
        lines.put(value, line);
        if (lines.size() > VALUES_MAX) {
            throw new ImportFailure("line " + line + ": more than " + VALUES_MAX + " different values of " + field
                    + "; split the file");
        }
    }
}
