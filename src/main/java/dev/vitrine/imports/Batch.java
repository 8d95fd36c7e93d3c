package dev.vitrine.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Rows that are sent in one request. */
final class Batch {
    /** Half of the service's limit, so that no other limit of a request is near. */
    static final int ROWS_MAX = 500;
    /** A little below the 1 MiB that the service allows for a body. */
    static final int BYTES_MAX = 1_000_000;

    private final byte[] head;
    private final ByteArrayOutputStream rows = new ByteArrayOutputStream();
    private final List<Long> lines = new ArrayList<>();
    private final Set<String> skus = new HashSet<>();
    private final Target target;

    Batch(Target target) {
        this.target = target;
        head = ("{\"" + target.plural() + "\":[").getBytes(StandardCharsets.UTF_8);
    }

    /** The record as it is sent. A record that fits into no request is refused here. */
    byte[] written(ObjectNode record) {
        try {
            byte[] bytes = Json.MAPPER.writeValueAsBytes(record);
            if (head.length + bytes.length + 2 > BYTES_MAX) {
                throw new ProblemException(
                        null, "has " + bytes.length + " bytes; at most " + BYTES_MAX + " fit into a request");
            }
            return bytes;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree can always be written", e);
        }
    }

    /** Whether there is room for the row. Two rows of one product go in two requests, so that the later one wins. */
    boolean fits(ObjectNode record, byte[] written) {
        return lines.size() < ROWS_MAX
                && head.length + rows.size() + written.length + 3 <= BYTES_MAX
                && !skus.contains(record.path("sku").asText());
    }

    void add(long line, ObjectNode record, byte[] written) {
        if (target == Target.PRODUCTS && record.has("sku")) {
            skus.add(record.get("sku").asText());
        }
        if (!lines.isEmpty()) {
            rows.write(',');
        }
        rows.writeBytes(written);
        lines.add(line);
    }

    List<Long> lines() {
        return lines;
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream(head.length + rows.size() + 2);
        body.writeBytes(head);
        body.writeBytes(rows.toByteArray());
        body.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return body.toByteArray();
    }
}
