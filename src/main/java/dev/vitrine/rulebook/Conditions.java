package dev.vitrine.rulebook;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** What can be told from a rule's conditions without running them. */
final class Conditions {
    private static final Pattern COMPARISON = Pattern.compile(
            "(?s)(?:\\$?\\w+\\s*:\\s*)?(\\w+)\\s*(==|!=|<=|>=|<|>)\\s*(\"[^\"]*\"|-?\\d+(?:\\.\\d+)?|true|false)");
    private static final Pattern NAMED_SKU = Pattern.compile("\\bsku\\s*(?:==|in)\\s*(\\(.*?\\)|\"[^\"]*\")");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]+)\"");

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

    /** Told of each comparison of a word with a value of another type. */
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

    private static void patterns(BaseDescr element, BiConsumer<PatternDescr, BaseDescr> visitor) {
        if (element instanceof PatternDescr pattern) {
            pattern.getConstraint().getDescrs().forEach(constraint -> visitor.accept(pattern, constraint));
        } else if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> patterns((BaseDescr) part, visitor));
        }
    }
}
