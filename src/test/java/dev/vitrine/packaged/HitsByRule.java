package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.packaged.Replay.Shown;
import dev.vitrine.packaged.Replay.Step;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Which rules took a hit of the model's own first ten off the list, and which brought one onto it. Where several had a part in
 * it, such as those that lifted other products over it, each has an equal share.
 */
final class HitsByRule {
    private final Map<String, Double> lost = new TreeMap<>();
    private final Map<String, Double> brought = new TreeMap<>();
    private final int all;

    HitsByRule(List<Step> next) {
        this.all = next.size();
        for (Step step : next) {
            Shown page = step.justBefore();
            String sku = step.row().sku();
            boolean model = page.model().contains(sku);
            boolean rules = page.skus().contains(sku);
            if (model && !rules) {
                share(causes(page, sku), lost);
            } else if (rules && !model) {
                share(bringers(page, sku), brought);
            }
        }
    }

    private static void share(Set<String> causes, Map<String, Double> sums) {
        causes.forEach(cause -> sums.merge(cause, 1.0 / causes.size(), Double::sum));
    }

    private static Set<String> causes(Shown page, String sku) {
        Set<String> causes = new HashSet<>();
        for (JsonNode hidden : page.told().get("hidden")) {
            if (hidden.get("sku").asText().equals(sku)) {
                hidden.get("rules").forEach(rule -> causes.add(rule.asText()));
            }
        }
        if (!causes.isEmpty()) {
            return causes;
        }
        if (!page.module().equals("ranking")) {
            return Set.of(page.module());
        }
        Set<String> model = new HashSet<>(page.model());
        page.items()
                .filter(item -> !model.contains(item.get("sku").asText()))
                .forEach(item -> causes.addAll(rules(item)));
        // a limit or a burial keeps it off, and what the model has next takes its place
        causes.remove("model");
        return causes.isEmpty() ? Set.of("limits and burials") : causes;
    }

    private static Set<String> bringers(Shown page, String sku) {
        Set<String> rules = new HashSet<>();
        page.items().filter(item -> item.get("sku").asText().equals(sku)).forEach(item -> rules.addAll(rules(item)));
        rules.remove("model");
        return rules.isEmpty() ? Set.of("room made by others") : rules;
    }

    private static List<String> rules(JsonNode item) {
        return StreamSupport.stream(item.get("reasons").spliterator(), false)
                .map(reason -> reason.get("rule").asText())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public String toString() {
        return "lost" + told(lost) + "; brought" + told(brought);
    }

    private String told(Map<String, Double> sums) {
        return sums.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(one -> String.format(
                        Locale.ROOT, "%n    %.1f (%.4f of HR) %s", one.getValue(), one.getValue() / all, one.getKey()))
                .collect(Collectors.joining());
    }
}
