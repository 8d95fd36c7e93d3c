package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What a change does to recent lists, as the service found it: a line for each rule, and one for the harm. */
final class ReachPrinter {
    private ReachPrinter() {}

    static List<String> lines(JsonNode answer) {
        JsonNode reach = answer.path("reach");
        List<String> lines = new ArrayList<>();
        for (JsonNode rule : reach.path("rules")) {
            lines.add("reach  \"" + rule.path("rule").asText() + "\" ("
                    + rule.path("change").asText() + "): " + rule.path("says").asText());
        }
        JsonNode harm = reach.path("harm");
        if (!harm.isMissingNode()) {
            lines.add("reach  worse than before: " + harm.path("lists").asInt() + " of "
                    + reach.path("lists").asInt() + " lists"
                    + (harm.path("replaced").asInt() == 0
                            ? ""
                            : ", and another module in place of "
                                    + harm.path("replaced").asInt())
                    + (harm.path("emptying").isEmpty() ? "" : ", and at least half of them where its conditions hold")
                    + (harm.path("refused").asBoolean() ? ", which needs a reason: --accept" : ""));
        }
        return lines;
    }

    static void addTo(ObjectNode result, JsonNode answer) {
        if (answer.has("reach")) {
            result.set("reach", answer.get("reach"));
        }
    }
}
