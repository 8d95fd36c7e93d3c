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
 * The third wall: counts, within one decision, the combinations of facts that rules weigh, and those that they keep. Drools
 * asks nobody while it looks for combinations, so two conditions of ours stand among those of each rule that pairs many facts:
 * one before its own and one after. They always hold; they count, and end the search when there are too many or nobody waits
 * for the decision any more. Rules that weigh few combinations are left as they are.
 */
public final class JoinBudget {
    /** Our choice: twice what the syntax tree lets one rule weigh; a tenth of a second on an ordinary machine. */
    static final int WEIGHED_MAX = 2_000_000;

    /** Combinations that fit are kept until the decision is over, at about 100 bytes each. As many as may fire. */
    static final int KEPT_MAX = RuleEngine.FIRINGS_MAX;

    private static final ThreadLocal<JoinBudget> RUNNING = new ThreadLocal<>();

    private final Cancellation stop;
    private int weighed;
    private int kept;

    private JoinBudget(Cancellation stop) {
        this.stop = stop;
    }

    /** Counts from naught while this runs. */
    static int during(Cancellation stop, IntSupplier firing) {
        RUNNING.set(new JoinBudget(stop));
        try {
            return firing.getAsInt();
        } finally {
            RUNNING.remove();
        }
    }

    /** Too much for one decision. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String rule;

        Full(String rule, String what) {
            super("the rules up to \"" + rule + "\" " + what + " combinations of facts in one decision");
            this.rule = rule;
        }

        String rule() {
            return rule;
        }
    }

    private static boolean weigh(String rule) {
        JoinBudget meter = RUNNING.get();
        if (meter != null) {
            if (meter.stop.isCancelled()) {
                throw new Cancellation.CancelledException(rule);
            }
            if (++meter.weighed > WEIGHED_MAX) {
                throw new Full(rule, "weighed more than " + WEIGHED_MAX);
            }
        }
        return true;
    }

    private static boolean keep(String rule) {
        JoinBudget meter = RUNNING.get();
        if (meter != null && ++meter.kept > KEPT_MAX) {
            throw new Full(rule, "found more than " + KEPT_MAX);
        }
        return true;
    }

    /** What the rule asks, with our conditions among its own where it pairs many facts. */
    static View counted(Rule rule) {
        View view = rule.getView();
        return view instanceof CompositePatterns asks && combinations(asks) >= RuleGrammar.COUNTED_FROM
                ? (View) new Counting(rule.getName()).of(asks)
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

    /** Rewrites the conditions of one rule. */
    private static final class Counting {
        private final String rule;
        private int number;

        Counting(String rule) {
            this.rule = rule;
        }

        Condition of(Condition condition) {
            return counted(condition, null).condition();
        }

        /** A condition, and a variable that conditions after it may ask for; null where there is none yet. */
        private record Step(Condition condition, Variable<?> known) {}

        private Step counted(Condition condition, Variable<?> known) {
            if (condition instanceof PatternImpl<?> pattern) {
                return new Step(known == null ? pattern : counted(pattern, known), pattern.getPatternVariable());
            } else if (condition instanceof ExistentialPatternImpl) {
                Condition within =
                        counted(condition.getSubConditions().get(0), known).condition();
                return new Step(new ExistentialPatternImpl(within, condition.getType()), known);
            }
            if (!(condition instanceof CompositePatterns group)) {
                return new Step(condition, known);
            }
            boolean choice = condition.getType() == Condition.Type.OR;
            List<Condition> parts = new ArrayList<>();
            Variable<?> last = known;
            for (Condition part : group.getSubConditions()) {
                Step step = counted(part, choice ? known : last);
                parts.add(step.condition());
                last = choice ? known : step.known();
            }
            return new Step(new CompositePatterns(group.getType(), parts, group.getConsequences()), last);
        }

        private <T> PatternImpl<T> counted(PatternImpl<T> pattern, Variable<?> known) {
            List<Constraint> constraints = new ArrayList<>();
            constraints.add(new SingleConstraint2<>(
                    id("weighed"), pattern.getPatternVariable(), known, (fact, other) -> weigh(rule)));
            Constraint own = pattern.getConstraint();
            if (own.getType() == Constraint.Type.MULTIPLE) {
                constraints.addAll(own.getChildren());
            } else if (pattern.hasConstraints()) {
                constraints.add(own);
            }
            constraints.add(new SingleConstraint2<>(
                    id("kept"), pattern.getPatternVariable(), known, (fact, other) -> keep(rule)));
            return new PatternImpl<>(
                    pattern.getPatternVariable(),
                    new MultipleConstraints(constraints),
                    new ArrayList<>(pattern.getBindings() == null ? List.of() : pattern.getBindings()),
                    pattern.getType());
        }

        /** Two conditions of the same name are taken for the same. */
        private String id(String what) {
            return what + " " + number++ + " of " + rule;
        }
    }
}
