package dev.vitrine.rulebook.language;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** Finds names that are used where they stand for nothing: those of a fact below {@code not}, or on one side of an {@code or}. */
final class NameScopes {
    private static final Pattern NAME = Pattern.compile("\\$\\w+");
    private static final Pattern BINDING = Pattern.compile("^\\s*(\\$\\w+)\\s*:");
    private static final Pattern TEXT = Pattern.compile("\"(?:[^\"\\\\\\n]|\\\\.)*\"");
    private static final Pattern COMPARISON =
            Pattern.compile("([$\\w.]+(?:\\s*\\([^()]*\\))?)\\s*(==|!=|<=|>=|<|>)\\s*([^&|<>=]+)");

    private final RuleDescr rule;
    private final RuleReport report;
    /** The names that each pattern binds, in the order of the rule. */
    private final Map<PatternDescr, Set<String>> bound = new LinkedHashMap<>();

    private NameScopes(RuleDescr rule, RuleReport report) {
        this.rule = rule;
        this.report = report;
    }

    static void check(RuleDescr rule, RuleReport report) {
        NameScopes scopes = new NameScopes(rule, report);
        scopes.collect(rule.getLhs());
        Set<String> told = new HashSet<>();
        scopes.below(rule.getLhs(), told);
    }

    private void collect(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            Set<String> names = new HashSet<>();
            if (pattern.getIdentifier() != null) {
                names.add(pattern.getIdentifier());
            }
            pattern.getConstraint().getDescrs().stream()
                    .map(constraint -> BINDING.matcher(constraint.toString()))
                    .filter(Matcher::find)
                    .forEach(binding -> names.add(binding.group(1)));
            bound.put(pattern, names);
        } else if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> collect((BaseDescr) part));
        }
    }

    private void below(BaseDescr element, Set<String> told) {
        if (element instanceof NotDescr || element instanceof ExistsDescr) {
            hidden(element, told);
        } else if (element instanceof OrDescr either) {
            either(either, told);
        }
        if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> below((BaseDescr) part, told));
        }
    }

    private List<PatternDescr> patterns(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return List.of(pattern);
        }
        return element instanceof ConditionalElementDescr group
                ? group.getDescrs().stream()
                        .flatMap(part -> patterns((BaseDescr) part).stream())
                        .toList()
                : List.of();
    }

    private Set<String> names(BaseDescr element) {
        return patterns(element).stream()
                .flatMap(pattern -> bound.get(pattern).stream())
                .collect(Collectors.toSet());
    }

    /** Whether the name is used after the element, or after {@code then}. */
    private boolean isUsedOutside(String name, BaseDescr element) {
        List<PatternDescr> inside = patterns(element);
        boolean elsewhere = bound.entrySet().stream()
                .anyMatch(other ->
                        !inside.contains(other.getKey()) && other.getValue().contains(name));
        if (elsewhere) {
            return false;
        }
        Stream<String> texts = bound.keySet().stream()
                .filter(pattern -> !inside.contains(pattern))
                .flatMap(pattern -> pattern.getConstraint().getDescrs().stream())
                .map(BaseDescr::toString);
        return Stream.concat(texts, Stream.of(String.valueOf(rule.getConsequence())))
                .map(text -> TEXT.matcher(text).replaceAll("\"\""))
                .flatMap(text -> NAME.matcher(text).results())
                .anyMatch(used -> used.group().equals(name));
    }

    private void hidden(BaseDescr element, Set<String> told) {
        boolean not = element instanceof NotDescr;
        for (PatternDescr pattern : patterns(element)) {
            for (String name : bound.get(pattern)) {
                if (isUsedOutside(name, element) && told.add(name)) {
                    String word = not ? "not" : "exists";
                    report.fault(
                            line(pattern),
                            0,
                            "'" + name + "' stands for nothing outside of '" + word
                                    + "', which only asks whether there is " + (not ? "none." : "one."),
                            not ? withoutNot(pattern, name) : "Write: " + written(pattern, constraints(pattern)));
                }
            }
        }
    }

    private String withoutNot(PatternDescr pattern, String name) {
        List<String> constraints = constraints(pattern);
        Optional<String> opposite = name.equals(pattern.getIdentifier())
                        && "Candidate".equals(pattern.getObjectType())
                        && constraints.size() == 1
                ? opposite(constraints.get(0))
                : Optional.empty();
        return opposite.map(one -> "Write: " + written(pattern, List.of(one)))
                .orElse("Ask for a fact of this name in a line without 'not', or do not use the name.");
    }

    private static Optional<String> opposite(String constraint) {
        Matcher compared = COMPARISON.matcher(constraint);
        if (compared.matches()) {
            String operator =
                    switch (compared.group(2)) {
                        case "==" -> "!=";
                        case "!=" -> "==";
                        case "<" -> ">=";
                        case "<=" -> ">";
                        case ">" -> "<=";
                        default -> "<";
                    };
            return Optional.of(compared.group(1) + " " + operator + " " + compared.group(3));
        }
        return constraint.matches("!?\\w+(\\s*\\([^()]*\\))?")
                ? Optional.of(constraint.startsWith("!") ? constraint.substring(1) : "!" + constraint)
                : Optional.empty();
    }

    private static List<String> constraints(PatternDescr pattern) {
        return pattern.getConstraint().getDescrs().stream()
                .map(constraint -> constraint.toString().strip())
                .toList();
    }

    private static String written(PatternDescr pattern, List<String> constraints) {
        String name = pattern.getIdentifier() == null ? "" : pattern.getIdentifier() + " : ";
        return name
                + pattern.getObjectType()
                + (constraints.isEmpty() ? "()" : "( " + String.join(", ", constraints) + " )");
    }

    private void either(OrDescr either, Set<String> told) {
        List<BaseDescr> sides =
                either.getDescrs().stream().map(BaseDescr.class::cast).toList();
        for (String name : names(either)) {
            Optional<BaseDescr> without =
                    sides.stream().filter(side -> !names(side).contains(name)).findFirst();
            if (without.isPresent() && isUsedOutside(name, either) && told.add(name)) {
                List<PatternDescr> lacking = patterns(without.get());
                report.fault(
                        line(lacking.isEmpty() ? either : lacking.get(0)),
                        0,
                        "'" + name + "' stands for nothing where only the other side of 'or' holds.",
                        oneFact(sides, name).orElse("Give both sides the name, or write two rules."));
            }
        }
    }

    /** Sides that ask for the same fact are one fact with a choice. */
    private static Optional<String> oneFact(List<BaseDescr> sides, String name) {
        List<PatternDescr> facts = sides.stream()
                .filter(PatternDescr.class::isInstance)
                .map(PatternDescr.class::cast)
                .toList();
        boolean same = facts.size() == sides.size()
                && facts.stream().map(PatternDescr::getObjectType).distinct().count() == 1
                && facts.stream().noneMatch(fact -> constraints(fact).isEmpty())
                && facts.stream().anyMatch(fact -> name.equals(fact.getIdentifier()));
        if (!same) {
            return Optional.empty();
        }
        String choice = facts.stream()
                .map(NameScopes::constraints)
                .map(all -> all.size() == 1 && !all.get(0).contains("&&")
                        ? all.get(0)
                        : "( " + String.join(" && ", all) + " )")
                .collect(Collectors.joining(" || "));
        return Optional.of("Write one fact: " + name + " : " + facts.get(0).getObjectType() + "( " + choice + " )");
    }

    private int line(BaseDescr element) {
        return Math.max(element.getLine(), rule.getLine());
    }
}
