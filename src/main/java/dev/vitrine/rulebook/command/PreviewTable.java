package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Help.Ansi;

/** The answer of a preview: both lists side by side, then what moved and by which rule. */
final class PreviewTable {
    private static final int CELL_MAX = 38;
    private static final String NONE = "–";

    private final JsonNode preview;
    private final Ansi ansi;
    private final Map<String, String> names = new HashMap<>();

    PreviewTable(JsonNode preview, Ansi ansi) {
        this.preview = preview;
        this.ansi = ansi;
        preview.path("moved")
                .forEach(moved ->
                        names.put(moved.path("sku").asText(), moved.path("name").asText()));
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<Integer, String> before = bySku(preview.path("live"));
        Map<Integer, String> after = bySku(preview.path("draft"));
        TreeMap<Integer, String> positions = new TreeMap<>(before);
        positions.putAll(after);
        int width = before.values().stream().mapToInt(sku -> cell(sku).length()).reduce("before".length(), Math::max);
        lines.add(
                Printable.of(preview.path("placement").asText()) + ", " + edition() + " and this change; the lists are "
                        + Math.round(100 * preview.path("overlap").asDouble()) + " % alike");
        lines.add("As of " + moment());
        lines.add("");
        lines.add(row("#", "before", "after", width));
        positions.keySet().forEach(position -> {
            String was = before.get(position);
            String is = after.get(position);
            lines.add(row(Integer.toString(position), cell(was), cell(is), width) + mark(is));
        });
        lines.add("");
        lines.addAll(moved());
        lines.addAll(byCampaigns());
        preview.path("warnings")
                .forEach(warning -> lines.add(Printable.of("warning: "
                        + Stream.of("field", "message", "cure")
                                .map(part -> warning.path(part).asText())
                                .filter(part -> !part.isEmpty())
                                .collect(Collectors.joining(" ")))));
        return lines;
    }

    /** It has no number where scheduled changes are laid over it. */
    private String edition() {
        JsonNode scheduled = preview.path("scheduled");
        return scheduled.isEmpty()
                ? "edition " + preview.path("live").path("edition").asInt()
                : "the live edition with " + Count.of(scheduled.size(), "scheduled change");
    }

    private String moment() {
        List<String> running = new ArrayList<>();
        preview.path("campaigns").forEach(name -> running.add("'" + name.asText() + "'"));
        return Printable.of(preview.path("at").asText()
                + (running.isEmpty() ? ", while no campaign runs" : ", during " + String.join(", ", running)));
    }

    /** What campaigns that are only tried do to the list on the right. */
    private List<String> byCampaigns() {
        JsonNode without = preview.path("withoutCampaigns");
        if (without.isMissingNode() || without.isNull()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("", "What the campaigns that are tried move, of the list after:"));
        if (without.path("moved").isEmpty()) {
            lines.add("    nothing");
        }
        without.path("moved")
                .forEach(moved -> lines.add("    "
                        + Printable.of((moved.path("sku").asText() + " "
                                        + moved.path("name").asText())
                                .strip())
                        + ": " + position(moved.path("without")) + " → " + position(moved.path("with"))));
        return lines;
    }

    private static String row(String position, String before, String after, int width) {
        return String.format(Locale.ROOT, "%3s  %-" + width + "s  %s", position, before, after)
                .stripTrailing();
    }

    private static Map<Integer, String> bySku(JsonNode side) {
        Map<Integer, String> items = new TreeMap<>();
        side.path("answer")
                .path("items")
                .forEach(item -> items.put(
                        item.path("position").asInt(), item.path("sku").asText()));
        return items;
    }

    private String cell(String sku) {
        if (sku == null) {
            return NONE;
        }
        String name = names.getOrDefault(sku, "");
        String cell = Printable.of(name.isEmpty() ? sku : sku + " " + name);
        return cell.length() > CELL_MAX ? cell.substring(0, CELL_MAX - 1) + "…" : cell;
    }

    /** How the item on the right came there. */
    private String mark(String sku) {
        for (JsonNode moved : preview.path("moved")) {
            if (moved.path("sku").asText().equals(sku)) {
                if (!moved.hasNonNull("live")) {
                    return "  " + ansi.string("@|green new|@");
                }
                int from = moved.path("live").asInt();
                boolean up = moved.path("draft").asInt() < from;
                return "  " + (up ? ansi.string("@|green ↑|@") : ansi.string("@|red ↓|@")) + " from " + from;
            }
        }
        return "";
    }

    private List<String> moved() {
        List<String> lines = new ArrayList<>();
        if (preview.path("moved").isEmpty()) {
            lines.add("Nothing moves.");
        }
        for (JsonNode moved : preview.path("moved")) {
            lines.add(cell(moved.path("sku").asText()) + ": " + position(moved.path("live")) + " → "
                    + position(moved.path("draft")));
            if (moved.path("rules").isEmpty()) {
                lines.add("    makes room for others, or takes theirs");
            }
            for (JsonNode cause : moved.path("rules")) {
                lines.add(Printable.of("    " + (cause.path("side").asText().equals("draft") ? "now" : "no longer")
                        + " \"" + cause.path("rule").asText() + "\": "
                        + cause.path("effect").asText()));
            }
        }
        return lines;
    }

    private static String position(JsonNode position) {
        return position.isInt() ? position.asText() : NONE;
    }

    ObjectNode json() {
        ObjectNode result = Json.MAPPER.createObjectNode();
        result.set("placement", preview.path("placement"));
        result.set("overlap", preview.path("overlap"));
        for (String also : List.of("at", "campaigns", "scheduled", "warnings")) {
            if (preview.hasNonNull(also)) {
                result.set(also, preview.path(also));
            }
        }
        column(result.putArray("before"), bySku(preview.path("live")));
        column(result.putArray("after"), bySku(preview.path("draft")));
        result.set("moved", preview.path("moved"));
        if (preview.hasNonNull("withoutCampaigns")) {
            result.set("movedByCampaigns", preview.path("withoutCampaigns").path("moved"));
        }
        return result;
    }

    private static void column(ArrayNode list, Map<Integer, String> items) {
        items.values().forEach(list::add);
    }
}
