package dev.vitrine.rulebook.language;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotatedBaseDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** Refuses whatever stands between {@code when} and {@code then} and is not listed by {@link RuleGrammar}. */
final class ConditionCheck {
    private static final String CURE = "Use the words of rules/README.md.";

    private static final Pattern COMPARED = Pattern.compile(
            "([$\\w]+(?:\\s*\\([^()]*\\))?)\\s*(==|!=|<=?|>=?)\\s*(\\d+(?:\\.\\d+)?|\"[^\"]*\"|[A-Z][A-Z_]+)");

    private static final Pattern ENDS_WHOLE = Pattern.compile(".*[-+*/<>=]\\s*(\\d{1,9})", Pattern.DOTALL);

    private static final Pattern NAME = Pattern.compile("\\$\\w+");

    private static final Pattern TEXT = Pattern.compile("\"[^\"]*\"");

    /** What other tools call the facts. */
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("product", "Candidate"),
            Map.entry("products", "Candidate"),
            Map.entry("item", "Candidate"),
            Map.entry("article", "Candidate"),
            Map.entry("customer", "Shopper"),
            Map.entry("user", "Shopper"),
            Map.entry("visitor", "Shopper"),
            Map.entry("basket", "Cart"),
            Map.entry("session", "Visit"),
            Map.entry("promotion", "Campaign"),
            Map.entry("mood", "Reading"),
            Map.entry("slot", "Placement"));

    private final RuleDescr rule;
    private final RuleReport report;
    private final Map<String, Class<?>> bound = new HashMap<>();
    /** How many 'or's the element stands in that is checked now. */
    private int ways;

    private final ShopperValues ofShopper = new ShopperValues(bound);

    private ConditionCheck(RuleDescr rule, RuleReport report) {
        this.rule = rule;
        this.report = report;
    }

    /**
     * What the conditions bind.
     *
     * @param types of the names
     */
    record Names(Map<String, Class<?>> types, ShopperValues ofShopper) {}

    static Names check(RuleDescr rule, RuleReport report) {
        ConditionCheck check = new ConditionCheck(rule, report);
        check.element(rule.getLhs());
        NameScopes.check(rule, report);
        ConditionSize.check(rule, (message, cure) -> report.fault(Math.max(1, rule.getLine()), 0, message, cure));
        check.ofShopper.resolve();
        return new Names(check.bound, check.ofShopper);
    }

    private void element(BaseDescr element) {
        boolean annotated = element instanceof AnnotatedBaseDescr with
                && !with.getAnnotationNames().isEmpty();
        if (!RuleGrammar.ELEMENTS.contains(element.getClass()) || annotated) {
            notAFact(element);
        } else if (element instanceof PatternDescr pattern) {
            pattern(pattern);
        } else {
            boolean either = element instanceof OrDescr;
            ways += either ? 1 : 0;
            ((ConditionalElementDescr) element).getDescrs().forEach(part -> element((BaseDescr) part));
            ways -= either ? 1 : 0;
        }
    }

    private void pattern(PatternDescr pattern) {
        int line = line(pattern);
        String type = pattern.getObjectType();
        if (pattern.getSource() != null
                || pattern.isQuery()
                || pattern.isUnification()
                || !pattern.getBehaviors().isEmpty()
                || type == null) {
            notAFact(pattern);
            return;
        }
        if (!Vocabulary.isFact(type)) {
            String owner = LooseCondition.owner(type, "");
            if (owner.isEmpty() || OTHER_NAMES.containsKey(type)) {
                report.fault(line, 0, "There is no fact '" + type + "'.", factMeant(type));
            } else {
                outside(pattern, line, owner);
            }
            if (pattern.getIdentifier() != null) {
                // its name is known, so that the rest of the rule has no second fault
                bound.putIfAbsent(pattern.getIdentifier(), Object.class);
            }
            return;
        }
        Class<?> fact = Vocabulary.fact(type);
        ofShopper.pattern(fact, pattern.getIdentifier());
        if (pattern.getIdentifier() != null) {
            // each way through an 'or' has names of its own
            if (ways == 0 && Vocabulary.isFact(bound.get(pattern.getIdentifier()))) {
                report.slip(
                        line,
                        0,
                        "'" + pattern.getIdentifier() + "' is used as a name twice.",
                        "Give one of them another name, or put the conditions of both into one fact.");
            }
            ExpressionCheck.ofCondition(fact, bound, ExpressionFaults.Report.at(report, word -> line, word -> 0))
                    .bind(pattern.getIdentifier(), fact);
        }
        if (pattern.getConstraint().getClass() == AndDescr.class) {
            List<String> texts = pattern.getConstraint().getDescrs().stream()
                    .map(constraint -> constraint.toString().strip())
                    .toList();
            if (texts.size() > 1
                    && texts.stream().allMatch(text -> TEXT.matcher(text).matches())) {
                ConstraintSource first =
                        ConstraintSource.of(pattern.getConstraint().getDescrs().get(0), line);
                comparisons(first).alone(fact, texts);
                return;
            }
            constraints(pattern.getConstraint().getDescrs(), line, fact);
        } else {
            report.fault(line, 0, "'" + pattern.getConstraint() + "' is not allowed in a condition.", CURE);
        }
    }

    /** {@code tagged( "core" )} in a line of its own looks like a fact. */
    private void outside(PatternDescr pattern, int line, String owner) {
        String values = pattern.getConstraint().getDescrs().stream()
                .map(value -> value.toString().strip())
                .collect(Collectors.joining(", "));
        report.fault(
                line,
                0,
                LooseCondition.MESSAGE,
                "Write: " + (owner.equals("Candidate") ? "$c : " : "") + owner + "( " + pattern.getObjectType()
                        + (values.isEmpty() ? "()" : "( " + values + " )") + " )");
        // it would have had a name, so that the consequence has no second fault
        NAME.matcher(String.valueOf(rule.getConsequence()))
                .results()
                .forEach(name -> bound.putIfAbsent(name.group(), Object.class));
    }

    private void constraints(List<? extends BaseDescr> constraints, int line, Class<?> fact) {
        List<ConstraintSource> sources = constraints.stream()
                .map(constraint -> ConstraintSource.of(constraint, line))
                .toList();
        for (int i = 0; i < sources.size(); i++) {
            int rest = separated(sources, i);
            if (rest > 0) {
                i += rest;
            } else if (i == 0 || !decimals(sources.get(i - 1), sources.get(i))) {
                constraint(constraints.get(i), sources.get(i), fact);
                i += listed(sources, i, fact);
            }
        }
    }

    private void constraint(BaseDescr constraint, ConstraintSource source, Class<?> fact) {
        boolean named = constraint instanceof ExprConstraintDescr expression
                && expression.getType() == ExprConstraintDescr.Type.NAMED;
        if (!named && TEXT.matcher(source.text().strip()).matches()) {
            comparisons(source).alone(fact, List.of(source.text().strip()));
            return;
        }
        if (!named && constraint instanceof ExprConstraintDescr) {
            report.fault(
                    source.line(""),
                    source.column(""),
                    "A semicolon follows '" + NodeText.shortened(source.text()) + "'.",
                    "Separate conditions with a comma.");
            return;
        }
        DrlxExpression parsed = named && source.text().length() <= RuleGrammar.EXPRESSION_MAX ? source.parsed() : null;
        Optional<String> reserved = ReservedWords.first(source.text());
        if (parsed == null && reserved.isPresent()) {
            String word = reserved.get();
            report.fault(
                    source.line(word),
                    source.column(word),
                    NameFaults.hasNo(fact, word),
                    NameFaults.wordMeant(fact, word));
            return;
        }
        if (parsed == null) {
            report.fault(
                    source.line(""),
                    source.column(""),
                    "'" + NodeText.shortened(source.text()) + "' is not allowed in a condition.",
                    CURE);
            return;
        }
        ofShopper.constraint(source.text(), parsed);
        ExpressionCheck.ofCondition(fact, bound, ExpressionFaults.Report.at(report, source::line, source::column))
                .condition(parsed);
    }

    private ComparisonFaults comparisons(ConstraintSource source) {
        return new ComparisonFaults(null, ExpressionFaults.Report.at(report, source::line, source::column));
    }

    /** How many of the constraints are the rest of a number with separators, such as {@code price < 1,000}. */
    private int separated(List<ConstraintSource> constraints, int at) {
        Matcher compared = COMPARED.matcher(constraints.get(at).text().strip());
        if (!compared.matches() || compared.group(3).startsWith("\"")) {
            return 0;
        }
        StringBuilder number = new StringBuilder(compared.group(3));
        int rest = 0;
        while (at + rest + 1 < constraints.size()
                && constraints.get(at + rest + 1).text().strip().matches("\\d+(\\.\\d+)?")) {
            number.append(',').append(constraints.get(at + ++rest).text().strip());
        }
        Optional<String> plain = SeparatedNumber.plain(number.toString());
        plain.ifPresent(meant -> report.fault(
                constraints.get(at).line(compared.group(3)),
                constraints.get(at).column(compared.group(3)),
                SeparatedNumber.MESSAGE,
                "Write: " + compared.group(1) + " " + compared.group(2) + " " + meant
                        + (compared.group(1).endsWith(")")
                                ? ", or " + number.toString().replace(',', '.') + " if it is a decimal"
                                : "")));
        return plain.isPresent() ? rest : 0;
    }

    /** The second half of a number, such as that of {@code price < 9,99}. */
    private boolean decimals(ConstraintSource before, ConstraintSource value) {
        Matcher compared = COMPARED.matcher(before.text().strip());
        String text = value.text().strip();
        Matcher whole = ENDS_WHOLE.matcher(before.text().strip());
        if (!compared.matches() && text.matches("\\d+") && whole.matches()) {
            report.fault(
                    value.line(""),
                    value.column(""),
                    "A decimal has a point, not a comma.",
                    "Write: " + whole.group(1) + "." + text);
            return true;
        }
        boolean decimal =
                compared.matches() && text.matches("\\d+") && compared.group(3).matches("\\d+");
        if (decimal) {
            report.fault(
                    value.line(""),
                    value.column(""),
                    "A decimal has a point, not a comma.",
                    "Write: " + compared.group(1) + " " + compared.group(2) + " " + compared.group(3) + "." + text);
        }
        return decimal;
    }

    /** How many values without a word follow a comparison: {@code brand == "Asana", "Movo"}. They are reported once. */
    private int listed(List<ConstraintSource> sources, int at, Class<?> fact) {
        Matcher compared = COMPARED.matcher(sources.get(at).text().strip());
        if (!compared.matches() || compared.group(3).matches("\\d.*")) {
            return 0;
        }
        List<String> values = new ArrayList<>(List.of(compared.group(3)));
        sources.stream()
                .skip(at + 1L)
                .map(source -> source.text().strip())
                .takeWhile(text -> TEXT.matcher(text).matches() || Vocabulary.constant(fact, text) != null)
                .forEach(values::add);
        Optional<String> meant =
                values.size() < 2 ? Optional.empty() : AnyOf.condition(compared.group(1), compared.group(2), values);
        meant.ifPresent(condition -> {
            ConstraintSource first = sources.get(at + 1);
            String value = first.text().strip();
            report.fault(
                    first.line(""),
                    first.column(""),
                    (TEXT.matcher(value).matches() ? value : "'" + value + "'") + " is compared with nothing.",
                    "Write: " + condition);
        });
        return meant.isPresent() ? values.size() - 1 : 0;
    }

    private static String factMeant(String type) {
        return Optional.ofNullable(OTHER_NAMES.get(type.toLowerCase(Locale.ROOT)))
                .map(fact -> "Did you mean '" + fact + "'?")
                .orElseGet(() -> Suggestion.of(type, Vocabulary.factNames()));
    }

    private void notAFact(BaseDescr element) {
        report.fault(
                line(element),
                0,
                "A condition can only ask for facts, combined with 'and', 'or', 'not' and 'exists'.",
                CURE);
    }

    private int line(BaseDescr element) {
        return Math.max(element.getLine(), rule.getLine());
    }
}
