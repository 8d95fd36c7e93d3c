package dev.vitrine.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of a file with one JSON object a line. A line that is not JSON is a broken row; reading continues after it. */
final class NdjsonRows implements Rows {
    private final BufferedReader reader;
    private long line;

    NdjsonRows(Reader text) {
        reader = new BufferedReader(text, 1 << 16);
    }

    @Override
    public List<String> header() {
        return null;
    }

    @Override
    public Row next() {
        for (String text; (text = nextLine()) != null; ) {
            if (text.isBlank()) {
                continue;
            }
            try {
                JsonNode object = Json.MAPPER.readTree(text);
                if (!object.isObject()) {
                    return new Row(line, Map.of(), new ProblemException(null, "must be a JSON object"));
                }
                Map<String, JsonNode> columns = new LinkedHashMap<>();
                object.fields().forEachRemaining(field -> columns.put(field.getKey(), field.getValue()));
                return new Row(line, columns, null);
            } catch (JsonProcessingException e) {
                String why = Json.why(e);
                String message = "is not valid JSON at column "
                        + e.getLocation().getColumnNr() + (why.isEmpty() ? "" : ": " + why);
                return new Row(line, Map.of(), new ProblemException(null, message));
            }
        }
        return null;
    }

    private String nextLine() {
        line++;
        StringBuilder text = new StringBuilder();
        try {
            int c = reader.read();
            if (c < 0) {
                return null;
            }
            for (; c >= 0 && c != '\n'; c = reader.read()) {
                if (text.length() == ROW_MAX) {
                    throw new IOException("the row is longer than " + ROW_MAX + " characters");
                }
                text.append((char) c);
            }
        } catch (IOException e) {
            throw RowFile.unreadable(line, e);
        }
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
