package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Warnings about rules, one for each rule and the other rules that it conflicts with. */
final class Warnings {
    private final Map<String, RuleCard> cards = new HashMap<>();
    private final Map<List<String>, RuleProblem> byRules = new LinkedHashMap<>();

    Warnings(Collection<RuleCard> rules) {
        rules.forEach(rule -> cards.put(rule.name(), rule));
    }

    /** Adds a warning, unless there is one of the same rules already. */
    void add(String rule, List<String> others, String message, String cure) {
        byRules.computeIfAbsent(key(rule, others), pair -> warning(rule, message, cure));
    }

    /** Adds a warning that is worse than any other of the same rules. */
    void replace(String rule, List<String> others, String message, String cure) {
        byRules.put(key(rule, others), warning(rule, message, cure));
    }

    private static List<String> key(String rule, List<String> others) {
        return Stream.concat(Stream.of(rule), others.stream()).toList();
    }

    private RuleProblem warning(String rule, String message, String cure) {
        RuleCard card = cards.get(rule);
        return RuleProblem.warning(card.file(), card.line(), 0, rule, message, cure);
    }

    String named(Collection<String> rules) {
        return rules.stream()
                .map(rule -> "\"" + rule + "\" (" + cards.get(rule).file() + ":"
                        + cards.get(rule).line() + ")")
                .collect(Collectors.joining(" and "));
    }

    List<RuleProblem> all() {
        return List.copyOf(byRules.values());
    }
}
