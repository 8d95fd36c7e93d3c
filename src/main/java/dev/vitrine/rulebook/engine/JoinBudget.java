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
 * interrupted while it joins facts, and keeps what matches. So each rule that joins facts gets a condition that counts matches,
 * and one that may join many gets another that counts what it checks. They always hold, and end the search when the budget is
 * used up or the decision is cancelled.
 */
final class JoinBudget {
    /** Twice what the syntax tree allows one rule; a tenth of a second on an ordinary machine. */
    static final int CHECKED_MAX = 2_000_000;

    /** Matches are kept until the decision ends, at about 100 bytes each. More than may fire would be useless. */
    static final int MATCHED_MAX = RuleEngine.FIRINGS_MAX;

    /** A power of two. Matches are rarer than checks, and asking can cost a look at the clock. */
    private static final int ASK_EVERY = 256;

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
        if (budget != null) {
            if (++budget.matched > MATCHED_MAX) {
                throw new ExceededException(rule, "matched more than " + MATCHED_MAX);
            }
            if ((budget.matched & ASK_EVERY - 1) == 0 && budget.cancellation.isCancelled()) {
                throw new Cancellation.CancelledException(rule);
            }
        }
        return true;
    }

    /** The rule's conditions, with counting ones among them if it joins facts of which a decision has several. */
    static View viewOf(Rule rule) {
        View view = rule.getView();
        if (!(view instanceof CompositePatterns conditions) || joined(conditions) < 2) {
            return view;
        }
        return (View) new Counting(rule.getName(), countsChecks(rule)).added(conditions);
    }

    /** Whether what the rule checks is counted too: it can be so much that it does not end at once. */
    static boolean countsChecks(Rule rule) {
        return rule.getView() instanceof CompositePatterns conditions
                && combinations(conditions) >= RuleGrammar.COUNTED_FROM;
    }

    /** Patterns for facts of which a decision can have several. */
    private static int joined(Condition condition) {
        if (condition instanceof Pattern<?> pattern) {
            return Vocabulary.atMost(pattern.getPatternVariable().getType()) > 1 ? 1 : 0;
        }
        return condition.getSubConditions().stream()
                .mapToInt(JoinBudget::joined)
                .sum();
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
        private final boolean checks;
        private int number;

        Counting(String rule, boolean checks) {
            this.rule = rule;
            this.checks = checks;
        }

        Condition added(Condition condition) {
            return added(condition, new Before(null, false)).condition();
        }

        /**
         * What stands before a condition.
         *
         * @param known a variable that it may refer to, null if there is none yet
         * @param several whether a decision can have several of what was asked for
         */
        private record Before(Variable<?> known, boolean several) {}

        private record Step(Condition condition, Before next) {}

        private Step added(Condition condition, Before before) {
            if (condition instanceof PatternImpl<?> pattern) {
                boolean several = Vocabulary.atMost(pattern.getPatternVariable().getType()) > 1;
                boolean joins = before.known != null && (checks || several && before.several);
                return new Step(
                        joins ? counted(pattern, before.known) : pattern,
                        new Before(pattern.getPatternVariable(), before.several || several));
            } else if (condition instanceof ExistentialPatternImpl) {
                Condition within =
                        added(condition.getSubConditions().get(0), before).condition();
                return new Step(new ExistentialPatternImpl(within, condition.getType()), before);
            }
            if (!(condition instanceof CompositePatterns group)) {
                return new Step(condition, before);
            }
            boolean choice = condition.getType() == Condition.Type.OR;
            List<Condition> parts = new ArrayList<>();
            Before last = before;
            for (Condition part : group.getSubConditions()) {
                Step step = added(part, choice ? before : last);
                parts.add(step.condition());
                // after a choice, only what stood before it is known
                last = choice ? new Before(before.known, last.several || step.next.several) : step.next;
            }
            return new Step(new CompositePatterns(group.getType(), parts, group.getConsequences()), last);
        }

        private <T> PatternImpl<T> counted(PatternImpl<T> pattern, Variable<?> known) {
            List<Constraint> constraints = new ArrayList<>();
            if (checks) {
                constraints.add(new SingleConstraint2<>(
                        id("checked"), pattern.getPatternVariable(), known, (fact, other) -> countChecked(rule)));
            }
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
