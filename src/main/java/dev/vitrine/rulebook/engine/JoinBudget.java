package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.RuleGrammar;
import dev.vitrine.rulebook.language.Vocabulary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.drools.model.Condition;
import org.drools.model.Constraint;
import org.drools.model.Pattern;
import org.drools.model.Rule;
import org.drools.model.Variable;
import org.drools.model.View;
import org.drools.model.constraints.MultipleConstraints;
import org.drools.model.constraints.SingleConstraint2;
import org.drools.model.patterns.CompositePatterns;
import org.drools.model.patterns.ExistentialPatternImpl;
import org.drools.model.patterns.PatternImpl;

/**
 * Limits how many combinations of facts one decision may check and match: the third wall of the guard. Drools cannot be
 * interrupted while it joins facts, so each rule that joins many gets two more conditions. They always hold; they count, and
 * they end the search when the budget is used up or the decision is cancelled.
 */
final class JoinBudget {
    /** Twice what the syntax tree allows one rule; a tenth of a second on an ordinary machine. */
    static final int CHECKED_MAX = 2_000_000;

    /** Matches are kept until the decision ends, at about 100 bytes each. More than may fire would be useless. */
    static final int MATCHED_MAX = RuleEngine.FIRINGS_MAX;

    private static final ThreadLocal<JoinBudget> RUNNING = new ThreadLocal<>();

    private final Cancellation cancellation;
    private int checked;
    private int matched;

    private JoinBudget(Cancellation cancellation) {
        this.cancellation = cancellation;
    }

    static int run(Cancellation cancellation, IntSupplier firing) {
        RUNNING.set(new JoinBudget(cancellation));
        try {
            return firing.getAsInt();
        } finally {
            RUNNING.remove();
        }
    }

    static final class ExceededException extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String rule;

        ExceededException(String rule, String what) {
            super("the rules up to \"" + rule + "\" " + what + " combinations of facts in one decision");
            this.rule = rule;
        }

        String rule() {
            return rule;
        }
    }

    private static boolean countChecked(String rule) {
        JoinBudget budget = RUNNING.get();
        if (budget != null) {
            if (budget.cancellation.isCancelled()) {
                throw new Cancellation.CancelledException(rule);
            }
            if (++budget.checked > CHECKED_MAX) {
                throw new ExceededException(rule, "checked more than " + CHECKED_MAX);
            }
        }
        return true;
    }

    private static boolean countMatched(String rule) {
        JoinBudget budget = RUNNING.get();
        if (budget != null && ++budget.matched > MATCHED_MAX) {
            throw new ExceededException(rule, "matched more than " + MATCHED_MAX);
        }
        return true;
    }

    /** The rule's conditions, with counting ones among them if it joins many facts. */
    static View viewOf(Rule rule) {
        View view = rule.getView();
        return view instanceof CompositePatterns conditions && combinations(conditions) >= RuleGrammar.COUNTED_FROM
                ? (View) new Counting(rule.getName()).added(conditions)
                : view;
    }

    private static long combinations(Condition condition) {
        if (condition instanceof Pattern<?> pattern) {
            return Vocabulary.atMost(pattern.getPatternVariable().getType());
        }
        return condition.getSubConditions().stream()
                .mapToLong(JoinBudget::combinations)
                .reduce(
                        1,
                        (one, other) -> Math.min(
                                RuleGrammar.COMBINATIONS_MAX * RuleGrammar.WAYS_MAX,
                                Math.max(1, one) * Math.max(1, other)));
    }

    private static final class Counting {
        private final String rule;
        private int number;

        Counting(String rule) {
            this.rule = rule;
        }

        Condition added(Condition condition) {
            return added(condition, null).condition();
        }

        /** A condition, and a variable that later conditions may refer to; null if there is none yet. */
        private record Step(Condition condition, Variable<?> known) {}

        private Step added(Condition condition, Variable<?> known) {
            if (condition instanceof PatternImpl<?> pattern) {
                return new Step(known == null ? pattern : counted(pattern, known), pattern.getPatternVariable());
            } else if (condition instanceof ExistentialPatternImpl) {
                Condition within =
                        added(condition.getSubConditions().get(0), known).condition();
                return new Step(new ExistentialPatternImpl(within, condition.getType()), known);
            }
            if (!(condition instanceof CompositePatterns group)) {
                return new Step(condition, known);
            }
            boolean choice = condition.getType() == Condition.Type.OR;
            List<Condition> parts = new ArrayList<>();
            Variable<?> last = known;
            for (Condition part : group.getSubConditions()) {
                Step step = added(part, choice ? known : last);
                parts.add(step.condition());
                last = choice ? known : step.known();
            }
            return new Step(new CompositePatterns(group.getType(), parts, group.getConsequences()), last);
        }

        private <T> PatternImpl<T> counted(PatternImpl<T> pattern, Variable<?> known) {
            List<Constraint> constraints = new ArrayList<>();
            constraints.add(new SingleConstraint2<>(
                    id("checked"), pattern.getPatternVariable(), known, (fact, other) -> countChecked(rule)));
            Constraint own = pattern.getConstraint();
            if (own.getType() == Constraint.Type.MULTIPLE) {
                constraints.addAll(own.getChildren());
            } else if (pattern.hasConstraints()) {
                constraints.add(own);
            }
            constraints.add(new SingleConstraint2<>(
                    id("matched"), pattern.getPatternVariable(), known, (fact, other) -> countMatched(rule)));
            return new PatternImpl<>(
                    pattern.getPatternVariable(),
                    new MultipleConstraints(constraints),
                    new ArrayList<>(pattern.getBindings() == null ? List.of() : pattern.getBindings()),
                    pattern.getType());
        }

        /** Drools shares conditions with the same id, and each must count for its own rule. */
        private String id(String what) {
            return what + " " + number++ + " of " + rule;
        }
    }
}
