package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Printable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts the results of the rows. */
final class ImportTally {
    /** Refused rows that are printed one by one; the others are only counted. */
    static final int NAMED_MAX = 20;
    /** Reasons that are counted separately. A file with more does not match the options, which is the only reason. */
    static final int REASONS_MAX = 100;

    private static final String REFUSED = "refused";
    private static final String OTHER_REASONS = "other reasons";

    /** A reason for refusals: how often, and the first row as an example. */
    private record Reason(long count, long firstLine, String firstMessage) {}

    private final Map<String, Long> statuses = new TreeMap<>();
    private final Map<String, Reason> reasons = new LinkedHashMap<>();
    private final List<String> named = new ArrayList<>();
    private long rows;
    private long leftOut;

    void read() {
        rows++;
    }

    void leftOut() {
        leftOut++;
    }

    void refused(long line, String field, String message) {
        statuses.merge(REFUSED, 1L, Long::sum);
        // the service counts elements of a batch, which mean nothing to the user
        String path = field == null ? "" : field.replaceFirst("^\\w+\\[\\d+]\\.?", "");
        String full = Printable.of(path.isEmpty() ? message : path + ": " + message);
        if (named.size() < NAMED_MAX) {
            named.add("line " + line + ": " + full);
        }
        String shape = full.replaceAll("'[^']*'", "'…'").replaceAll("\\d[\\d.,:TZ+-]*", "#");
        if (!reasons.containsKey(shape) && reasons.size() >= REASONS_MAX) {
            shape = OTHER_REASONS;
        }
        reasons.merge(
                shape,
                new Reason(1, line, shape.equals(OTHER_REASONS) ? shape : full),
                (known, one) -> new Reason(known.count + 1, known.firstLine, known.firstMessage));
    }

    /** Adds the service's results for these lines. */
    void results(List<Long> lines, JsonNode results) {
        for (int i = 0; i < lines.size(); i++) {
            JsonNode result = results.get(i);
            String status = result.path("status").asText("without status");
            if (!status.equals(REFUSED)) {
                statuses.merge(status, 1L, Long::sum);
                continue;
            }
            JsonNode problem = result.path("problem");
            if (problem.isTextual()) {
                refused(lines.get(i), null, problem.asText());
            } else {
                String field =
                        problem.hasNonNull("field") ? problem.get("field").asText() : null;
                refused(lines.get(i), field, problem.path("detail").asText("refused without a reason"));
            }
        }
    }

    boolean anyRefused() {
        return statuses.containsKey(REFUSED);
    }

    void print(PrintWriter out) {
        List<String> counts = new ArrayList<>();
        statuses.forEach((status, count) -> {
            if (!status.equals(REFUSED)) {
                counts.add(count + " " + (status.equals("duplicate") && count > 1 ? "duplicates" : status));
            }
        });
        counts.add(statuses.getOrDefault(REFUSED, 0L) + " " + REFUSED);
        if (leftOut > 0) {
            counts.add(leftOut + " left out for another row with the same key");
        }
        out.println(String.join(", ", counts) + "; of " + rows + " rows");
        if (anyRefused()) {
            out.println("Refused, by reason:");
            reasons.values().stream()
                    .sorted((a, b) -> Long.compare(b.count, a.count))
                    .forEach(reason -> out.printf(
                            "%8d  %s (first on line %d)%n", reason.count, reason.firstMessage, reason.firstLine));
        }
        out.flush();
    }

    void printRefused(PrintWriter err) {
        named.forEach(err::println);
        long more = statuses.getOrDefault(REFUSED, 0L) - named.size();
        if (more > 0) {
            err.println("… and " + more + " more refused rows");
        }
        err.flush();
    }
}
