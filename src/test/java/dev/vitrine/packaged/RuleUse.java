package dev.vitrine.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Display;
import dev.vitrine.merchandising.Mood;
import dev.vitrine.packaged.Replay.Shown;
import dev.vitrine.problem.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * In how many of its decisions each reading, module and rule came up, shop by shop. A rule comes up where the decision
 * names it: as the reader of a reading, a reason of an item, an asker for the module, or as what hid a candidate or was
 * promised and fell short. One that asks for what is so anyway, or that buries something off the list, is not named and does
 * not come up; nor does one that only makes the list shorter, which the decision names among its limits.
 */
final class RuleUse {
    private static final double OFTEN = 0.5;
    private static final String READING = "reading";
    private static final String MODULE = "module";
    private static final String RULE = "rule";

    /** How often something came up in each shop, as a share of its decisions. */
    private record Line(String kind, String name, List<Double> shares) {
        boolean never() {
            return shares.stream().allMatch(share -> share == 0);
        }

        /** A plain ranking is what there is when no rule asks for anything else. */
        boolean often() {
            return !kind.equals(MODULE) && shares.stream().anyMatch(share -> share > OFTEN);
        }

        @Override
        public String toString() {
            return shares.stream()
                    .map(share -> share == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100 * share))
                    .collect(Collectors.joining(" | ", "| " + kind + " | " + name + " | ", " |"));
        }
    }

    private final Map<String, List<Shown>> shops = new TreeMap<>();
    private List<String> rules = List.of();

    /**
     * @param shown its decisions; those that ran out of time have nothing of the rules in them, and are left out
     * @param rulebook the live rule book
     */
    void add(String shop, List<Shown> shown, JsonNode rulebook) {
        shops.put(shop, shown.stream().filter(page -> !page.degraded()).toList());
        rules = StreamSupport.stream(rulebook.get("rules").spliterator(), false)
                .map(rule -> rule.get("name").asText())
                .toList();
    }

    boolean nothing() {
        return shops.isEmpty();
    }

    /** The table of docs/analysts.md, and what is to be looked at again: what came up never, or in more than half of all. */
    @Override
    public String toString() {
        List<Line> lines = lines();
        String heads = shops.entrySet().stream()
                .map(shop -> shop.getKey() + ", " + shop.getValue().size() + " decisions")
                .collect(Collectors.joining(" | ", "| | | ", " |\n"));
        return heads + "|---|---" + "|--:".repeat(shops.size()) + "|\n"
                + told(lines, line -> !line.never()) + "\nNever, in none of them:\n"
                + told(lines, Line::never) + "\nIn more than half of all decisions:\n" + told(lines, Line::often);
    }

    private static String told(List<Line> lines, Predicate<Line> such) {
        return lines.stream().filter(such).map(line -> line + "\n").collect(Collectors.joining());
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        add(lines, READING, Arrays.stream(Mood.values()).map(Json::wireName).toList(), RuleUse::moods);
        add(
                lines,
                MODULE,
                Arrays.stream(Display.Type.values()).map(Json::wireName).toList(),
                page -> Stream.of(page.module()));
        add(lines, RULE, rules, RuleUse::rules);
        return lines;
    }

    private void add(List<Line> lines, String kind, List<String> names, Function<Shown, Stream<String>> named) {
        List<Map<String, Double>> shares =
                shops.values().stream().map(shown -> shares(shown, named)).toList();
        names.forEach(name -> lines.add(new Line(
                kind,
                name,
                shares.stream().map(of -> of.getOrDefault(name, 0.0)).toList())));
    }

    private static Map<String, Double> shares(List<Shown> shown, Function<Shown, Stream<String>> named) {
        return shown.stream()
                .flatMap(page -> named.apply(page).distinct())
                .collect(Collectors.groupingBy(
                        Function.identity(), Collectors.summingDouble(decision -> 1.0 / shown.size())));
    }

    private static Stream<String> moods(Shown page) {
        return page.decision().findValuesAsText("mood").stream();
    }

    private static Stream<String> rules(Shown page) {
        return Stream.of(
                        ReplayReport.words(page.decision().findValues("rules")),
                        ReplayReport.words(page.told().get("hidden").findValues("rules")),
                        page.decision().findValuesAsText("rule").stream())
                .flatMap(names -> names);
    }
}
