package dev.vitrine.rulebook.language;

import java.util.HashMap;
import java.util.Map;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotatedBaseDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** Refuses whatever stands between {@code when} and {@code then} and is not listed by {@link RuleGrammar}. */
final class ConditionCheck {
    private static final String CURE = "Use the words of rules/README.md.";

    interface Report {
        /** @param column 0 if unknown */
        void fault(int line, int column, String message, String cure);
    }

    private final RuleDescr rule;
    private final Report report;
    private final Map<String, Class<?>> bound = new HashMap<>();
    private final ShopperValues ofShopper = new ShopperValues(bound);

    private ConditionCheck(RuleDescr rule, Report report) {
        this.rule = rule;
        this.report = report;
    }

    /**
     * What the conditions bind.
     *
     * @param types of the names
     */
    record Names(Map<String, Class<?>> types, ShopperValues ofShopper) {}

    static Names check(RuleDescr rule, Report report) {
        ConditionCheck check = new ConditionCheck(rule, report);
        check.element(rule.getLhs());
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
            ((ConditionalElementDescr) element).getDescrs().forEach(part -> element((BaseDescr) part));
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
            report.fault(line, 0, "There is no fact '" + type + "'.", Suggestion.of(type, Vocabulary.factNames()));
            return;
        }
        Class<?> fact = Vocabulary.fact(type);
        ofShopper.pattern(fact, pattern.getIdentifier());
        if (pattern.getIdentifier() != null) {
            ExpressionCheck.ofCondition(fact, bound, (word, message, cure) -> report.fault(line, 0, message, cure))
                    .bind(pattern.getIdentifier(), fact);
        }
        if (pattern.getConstraint().getClass() == AndDescr.class) {
            pattern.getConstraint()
                    .getDescrs()
                    .forEach(constraint -> constraint(constraint, ConstraintSource.of(constraint, line), fact));
        } else {
            report.fault(line, 0, "'" + pattern.getConstraint() + "' is not allowed in a condition.", CURE);
        }
    }

    private void constraint(BaseDescr constraint, ConstraintSource source, Class<?> fact) {
        boolean named = constraint instanceof ExprConstraintDescr expression
                && expression.getType() == ExprConstraintDescr.Type.NAMED;
        DrlxExpression parsed = named && source.text().length() <= RuleGrammar.EXPRESSION_MAX ? source.parsed() : null;
        if (parsed == null) {
            report.fault(
                    source.line(""),
                    source.column(""),
                    "'" + NodeText.shortened(source.text()) + "' is not allowed in a condition.",
                    CURE);
            return;
        }
        ofShopper.constraint(source.text(), parsed);
        ExpressionCheck.ofCondition(
                        fact,
                        bound,
                        (word, message, cure) -> report.fault(source.line(word), source.column(word), message, cure))
                .condition(parsed);
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
