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

/** What is odd about rules, once for each rule and those that it meets. */
final class Warnings {
    private final Map<String, RuleCard> cards = new HashMap<>();
    private final Map<List<String>, RuleProblem> told = new LinkedHashMap<>();

    Warnings(Collection<RuleCard> rules) {
        rules.forEach(rule -> cards.put(rule.name(), rule));
    }

    /**
     * Tells of a rule, unless the same rules were told of before.
     *
     * @param others the rules that it meets
     */
    void add(String rule, List<String> others, String message, String cure) {
        told.computeIfAbsent(key(rule, others), pair -> warning(rule, message, cure));
    }

    /** Tells of a rule what is worse than anything that was told of the same rules before. */
    void replace(String rule, List<String> others, String message, String cure) {
        told.put(key(rule, others), warning(rule, message, cure));
    }

    private static List<String> key(String rule, List<String> others) {
        return Stream.concat(Stream.of(rule), others.stream()).toList();
    }

    private RuleProblem warning(String rule, String message, String cure) {
        RuleCard card = cards.get(rule);
        return RuleProblem.warning(card.file(), card.line(), 0, rule, message, cure);
    }

    /** Rules with the places where they stand. */
    String named(Collection<String> rules) {
        return rules.stream()
                .map(rule -> "\"" + rule + "\" (" + cards.get(rule).file() + ":"
                        + cards.get(rule).line() + ")")
                .collect(Collectors.joining(" and "));
    }

    List<RuleProblem> all() {
        return List.copyOf(told.values());
    }
}
