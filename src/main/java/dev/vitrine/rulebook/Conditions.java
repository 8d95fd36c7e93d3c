package dev.vitrine.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** What can be told from a rule's conditions without running them. */
final class Conditions {
    /** Three of a thousand candidates make a thousand million combinations, and nothing stops the search for one that fits. */
    private static final int CANDIDATES_MAX = 2;

    private static final Pattern COMPARISON = Pattern.compile(
            "(?s)(?:\\$?\\w+\\s*:\\s*)?(\\w+)\\s*(==|!=|<=|>=|<|>)\\s*(\"[^\"]*\"|-?\\d+(?:\\.\\d+)?|true|false)");
    private static final Pattern NAMED_SKU = Pattern.compile("\\bsku\\s*(?:==|in)\\s*(\\(.*?\\)|\"[^\"]*\")");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
    /** A name of a class other than those of the vocabulary, and the ways to one. */
    private static final Pattern FOREIGN = Pattern.compile(
            "\\b(?!(?:Mood|PageType|Kind|Theme)\\s*\\.)[A-Z]\\w*\\s*\\.|\\b(?:getClass|class|new|java|javax|jakarta|org|com|dev)\\b(?=\\s*[.(\\w])");

    private Conditions() {}

    /** Whether the rule fires whatever the facts are: none of its patterns asks anything. */
    static boolean alwaysMet(RuleDescr rule) {
        return rule.getLhs().getDescrs().stream()
                .allMatch(element -> element instanceof PatternDescr pattern
                        && pattern.getConstraint().getDescrs().isEmpty()
                        && !Set.of("Candidate", "Campaign", "Reading").contains(pattern.getObjectType()));
    }

    /** Skus that the rule asks for by name: a pin of one means it whether or not a model proposes it. */
    static Set<String> namedSkus(RuleDescr rule) {
        Set<String> skus = new LinkedHashSet<>();
        patterns(rule.getLhs(), (pattern, constraint) -> {
            Matcher named = NAMED_SKU.matcher(constraint.toString());
            while (pattern.getObjectType().equals("Candidate") && named.find()) {
                Matcher quoted = QUOTED.matcher(named.group(1));
                while (quoted.find()) {
                    skus.add(quoted.group(1));
                }
            }
        });
        return skus;
    }

    /** Whatever reaches beyond the facts: other classes, new objects, sources of facts, code of its own. */
    static void escapes(RuleDescr rule, Mismatch found) {
        elements(rule.getLhs(), element -> {
            boolean taken = element instanceof PatternDescr pattern && pattern.getSource() == null
                    || element instanceof AndDescr
                    || element instanceof OrDescr
                    || element instanceof NotDescr
                    || element instanceof ExistsDescr;
            if (!taken) {
                found.of(
                        element,
                        "A condition asks for facts, with 'and', 'or', 'not' and 'exists', and nothing else.",
                        "Use the words of rules/README.md.");
            }
        });
        int[] candidates = {0};
        elements(rule.getLhs(), element -> {
            if (element instanceof PatternDescr pattern
                    && pattern.getObjectType().equals("Candidate")
                    && ++candidates[0] > CANDIDATES_MAX) {
                found.of(
                        pattern,
                        "A rule weighs at most " + CANDIDATES_MAX + " candidates against each other.",
                        "Ask for fewer of them.");
            }
        });
        patterns(rule.getLhs(), (pattern, constraint) -> {
            String code = STRING.matcher(constraint.toString()).replaceAll("\"\"");
            Matcher foreign = FOREIGN.matcher(code);
            if (foreign.find()) {
                found.of(
                        constraint.getLine() > 0 ? constraint : pattern,
                        "'" + foreign.group().strip() + "' may not stand in a condition.",
                        "Use the words of rules/README.md.");
            }
        });
    }

    /** Told of something that may not stand in a condition. */
    interface Mismatch {
        void of(BaseDescr at, String message, String cure);
    }

    static void mismatches(RuleDescr rule, Mismatch found) {
        patterns(rule.getLhs(), (pattern, constraint) -> {
            Class<?> fact = Wording.FACTS.get(pattern.getObjectType());
            Matcher comparison = COMPARISON.matcher(constraint.toString().strip());
            if (fact == null || !comparison.matches()) {
                return;
            }
            Optional<RecordComponent> field = Arrays.stream(fact.getRecordComponents())
                    .filter(component -> component.getName().equals(comparison.group(1)))
                    .findFirst();
            String value = comparison.group(3);
            field.filter(component -> !fits(component.getType(), value))
                    .ifPresent(component -> found.of(
                            constraint.getLine() > 0 ? constraint : pattern,
                            "'" + component.getName() + "' is " + kind(component.getType()) + "; " + value + " is "
                                    + kind(value) + ".",
                            "Compare it with " + kind(component.getType()) + "."));
        });
    }

    private static boolean fits(Class<?> type, String value) {
        boolean text = value.startsWith("\"");
        boolean truth = value.equals("true") || value.equals("false");
        if (type == String.class) {
            return text;
        }
        if (type == boolean.class) {
            return truth;
        }
        return !type.isPrimitive() ? !text && !truth && type.isEnum() : !text && !truth;
    }

    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive()) {
            return "a number";
        }
        return type.isEnum()
                ? "one of "
                        + String.join(
                                ", ",
                                Arrays.stream(type.getEnumConstants())
                                        .map(Object::toString)
                                        .toList())
                : "a list (ask whether it 'contains' something)";
    }

    private static String kind(String value) {
        return value.startsWith("\"") ? "a text" : value.matches("true|false") ? "true or false" : "a number";
    }

    private static void elements(BaseDescr element, Consumer<BaseDescr> visitor) {
        visitor.accept(element);
        if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> elements((BaseDescr) part, visitor));
        }
    }

    private static void patterns(BaseDescr element, BiConsumer<PatternDescr, BaseDescr> visitor) {
        if (element instanceof PatternDescr pattern) {
            pattern.getConstraint().getDescrs().forEach(constraint -> visitor.accept(pattern, constraint));
        } else if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> patterns((BaseDescr) part, visitor));
        }
    }
}
