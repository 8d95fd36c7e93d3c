package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Turns a row into a record of the service: which column is which field, and how its text is read. */
final class Mapping {
    /** In {@code --id-from}: the row's line, for logs in which the same event can occur twice in a second. */
    static final String LINE = "line";

    /** A file can have any number of unused columns; this many are printed. */
    private static final int UNUSED_MAX = 50;

    private static final char[] SEPARATORS = {';', '\t', ',', '|'};
    /** Of a header that is one column; the rest says no more. */
    private static final int SHOWN_MAX = 80;

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?([eE][-+]?\\d{1,3})?");
    private static final Pattern WHOLE_WITH_FRACTION = Pattern.compile("(-?\\d+)\\.0+");

    private final Target target;
    private final ImportOptions options;
    private final TimeFormat times;
    private final Map<String, Template> set = new LinkedHashMap<>();
    private final Map<String, Template> fallback = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> values = new HashMap<>();
    private final Set<String> usedColumns = new LinkedHashSet<>();
    private final Set<String> unusedColumns = new LinkedHashSet<>();
    /** Columns of the file whose capitals differ from those of the field or option, and what these call them. */
    private final Map<String, String> columnOf = new HashMap<>();

    Mapping(Target target, ImportOptions options) {
        this.target = target;
        this.options = options;
        this.times = new TimeFormat(options.timeFormat, options.zone);
        options.map.forEach((field, column) -> {
            target.checked("--map", field);
            usedColumns.add(column);
        });
        options.set.forEach((field, text) -> set.put(target.checked("--set", field), template(text)));
        options.fallback.forEach((field, text) -> fallback.put(target.checked("--default", field), template(text)));
        options.values.forEach((fieldAndFrom, to) -> {
            int colon = fieldAndFrom.indexOf(':');
            if (colon < 0) {
                throw new ImportFailure("--values " + fieldAndFrom + "=" + to + ": write FIELD:FROM=TO");
            }
            String field = target.checked("--values", fieldAndFrom.substring(0, colon));
            values.computeIfAbsent(field, any -> new HashMap<>()).put(fieldAndFrom.substring(colon + 1), to);
        });
        for (String field : options.idFrom) {
            if (!field.equals(LINE)) {
                target.checked("--id-from", field);
            }
        }
    }

    private Template template(String text) {
        Template template = new Template(text, options.categorySeparator);
        usedColumns.addAll(template.columns());
        return template;
    }

    /**
     * Takes the header of a file: a column is found whatever its capitals are. Fails if an option names a column that the file
     * does not have.
     */
    void check(List<String> header) {
        requireColumns(header);
        Set<String> wanted = new LinkedHashSet<>(usedColumns);
        wanted.addAll(target.fields());
        for (String column : header) {
            boolean known = target.has(column) || usedColumns.contains(column);
            wanted.stream()
                    .filter(name -> !known && name.equalsIgnoreCase(column) && !header.contains(name))
                    .findFirst()
                    .ifPresent(name -> columnOf.putIfAbsent(column, name));
            if (!known
                    && target == Target.PRODUCTS
                    && column.regionMatches(true, 0, Target.ATTRIBUTE, 0, Target.ATTRIBUTE.length())) {
                columnOf.put(column, Target.ATTRIBUTE + column.substring(Target.ATTRIBUTE.length()));
            }
        }
        for (String column : usedColumns) {
            if (!header.contains(column) && !columnOf.containsValue(column)) {
                throw new ImportFailure("the file has no column '" + column + "'" + Nearest.hint(column, header)
                        + " Its columns: " + String.join(", ", header));
            }
        }
    }

    /** A header of one column that no field has is a header whose separator is another one. */
    private void requireColumns(List<String> header) {
        if (header.size() != 1 || header.get(0).isEmpty()) {
            return;
        }
        String only = header.get(0);
        boolean used = target.has(only) || usedColumns.contains(only);
        for (char separator : SEPARATORS) {
            if (!used && only.indexOf(separator) >= 0 && !options.separator.equals(String.valueOf(separator))) {
                String shown = only.length() > SHOWN_MAX ? only.substring(0, SHOWN_MAX) + "…" : only;
                throw new ImportFailure("line 1: the whole header is one column, '" + shown.replace('\t', ' ')
                        + "'; if its columns are separated by "
                        + (separator == '\t'
                                ? "tabs, add --separator=tab"
                                : "'" + separator + "', add --separator='" + separator + "'"));
            }
        }
    }

    /** The columns that no field uses, in the rows read so far. */
    Set<String> unusedColumns() {
        return unusedColumns;
    }

    /** @throws ProblemException if the row cannot be used */
    ObjectNode record(Row read) {
        if (read.broken() != null) {
            throw read.broken();
        }
        Row row = columnOf.isEmpty() ? read : read.renamed(columnOf);
        ObjectNode record = Json.MAPPER.createObjectNode();
        for (String field : fields(row)) {
            JsonNode value = value(field, row);
            if (value == null && target == Target.SEGMENTS && target.type(field) == Target.Type.LIST) {
                // an empty cell takes the shopper out of all segments
                value = Json.MAPPER.createArrayNode();
            }
            if (value == null) {
                continue;
            }
            if (field.startsWith(Target.ATTRIBUTE)) {
                record.withObject("/attributes").set(field.substring(Target.ATTRIBUTE.length()), value);
            } else {
                record.set(field, value);
            }
        }
        if (options.madeUpCost != null
                && !record.has("cost")
                && record.path("price").isNumber()) {
            record.put(
                    "cost",
                    record.get("price")
                            .decimalValue()
                            .multiply(BigDecimal.valueOf(options.madeUpCost))
                            .setScale(2, RoundingMode.HALF_UP));
        }
        if (!options.idFrom.isEmpty() && !record.has("id")) {
            record.put("id", id(row, record));
        }
        return record;
    }

    /** The fields that options name, and the columns with the name of a field. */
    private Set<String> fields(Row row) {
        Set<String> fields = new LinkedHashSet<>();
        for (String column : row.columns().keySet()) {
            if (target.has(column) || (target == Target.PRODUCTS && column.equals("attributes"))) {
                fields.add(column);
            } else if (!usedColumns.contains(column) && unusedColumns.size() < UNUSED_MAX && !column.isEmpty()) {
                unusedColumns.add(column);
            }
        }
        fields.addAll(options.map.keySet());
        fields.addAll(set.keySet());
        fields.addAll(fallback.keySet());
        return fields;
    }

    private JsonNode value(String field, Row row) {
        JsonNode value = set.containsKey(field)
                ? text(set.get(field).value(row))
                : row.value(options.map.getOrDefault(field, field));
        if (value == null && fallback.containsKey(field)) {
            value = text(fallback.get(field).value(row));
        }
        if (value == null || value.isContainerNode() || value.isBoolean()) {
            return value;
        }
        String text = value.asText().strip();
        text = values.getOrDefault(field, Map.of()).getOrDefault(text, text);
        return switch (target.type(field)) {
            case TEXT -> new TextNode(text);
            case NUMBER -> number(field, text);
            case WHOLE -> number(field, WHOLE_WITH_FRACTION.matcher(text).replaceFirst("$1"));
            case FLAG -> flag(field, text);
            case LIST -> list(text);
            case TIME -> time(field, text);
            case CATEGORY -> new TextNode(text.replace(options.categorySeparator, "/"));
        };
    }

    private static JsonNode text(String text) {
        return text == null ? null : new TextNode(text);
    }

    private static JsonNode number(String field, String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new ProblemException(
                    field,
                    "'" + text + "' is not a number"
                            + (text.matches("-?\\d+,\\d+")
                                    ? "; a decimal has a point: " + text.replace(',', '.')
                                    : ""));
        }
        return DecimalNode.valueOf(new BigDecimal(text));
    }

    private static JsonNode flag(String field, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes" -> BooleanNode.TRUE;
            case "false", "0", "no" -> BooleanNode.FALSE;
            default -> throw new ProblemException(field, "'" + text + "' is neither true nor false");
        };
    }

    private static JsonNode list(String text) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (String element : text.split("\\|")) {
            if (!element.isBlank()) {
                list.add(element.strip());
            }
        }
        return list;
    }

    private JsonNode time(String field, String text) {
        try {
            return new TextNode(times.read(text).toString());
        } catch (IllegalArgumentException e) {
            throw new ProblemException(field, e.getMessage());
        }
    }

    /** The same row of the same log always gets the same id, so that a log imported twice counts once. */
    private String id(Row row, ObjectNode record) {
        List<String> parts = new ArrayList<>();
        for (String field : options.idFrom) {
            parts.add(
                    field.equals(LINE)
                            ? Long.toString(row.line())
                            : record.path(field).asText());
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\u001f", parts).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
