package dev.vitrine.rulebook.language;

import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;

/** How much conditions ask for, and how much work a rule's conditions can be: whether it is more than {@link RuleGrammar} allows. */
public record ConditionSize(int patterns, int constraints) {
    /** As good as endless, and far from an overflow. */
    private static final long MANY = 1_000_000_000_000L;

    interface Report {
        void fault(String message, String cure);
    }

    /** Of all rules of a file: most of what compiling it costs. */
    public static ConditionSize of(ParsedFile file) {
        int patterns = 0;
        int constraints = 0;
        if (file.tree() != null) {
            for (RuleDescr rule : file.tree().getRules()) {
                patterns += patterns(rule.getLhs());
                constraints += sum(
                        rule.getLhs(),
                        pattern -> pattern.getConstraint().getDescrs().size());
            }
        }
        return new ConditionSize(patterns, constraints);
    }

    public ConditionSize plus(ConditionSize other) {
        return new ConditionSize(patterns + other.patterns, constraints + other.constraints);
    }

    static void check(RuleDescr rule, Report report) {
        long combinations = combinations(rule.getLhs());
        if (combinations > RuleGrammar.COMBINATIONS_MAX) {
            report.fault(
                    String.format(
                            Locale.ROOT,
                            "The rule would check up to %,d combinations of facts; at most %,d are allowed.",
                            combinations,
                            RuleGrammar.COMBINATIONS_MAX),
                    "Compare at most two candidates with each other, or one candidate with a campaign and two readings.");
        }
        if (patterns(rule.getLhs()) > RuleGrammar.PATTERNS_MAX
                || mostConstraints(rule.getLhs()) > RuleGrammar.CONSTRAINTS_MAX) {
            report.fault(
                    "The rule asks for more than " + RuleGrammar.PATTERNS_MAX + " facts, or has more than "
                            + RuleGrammar.CONSTRAINTS_MAX + " constraints on one of them.",
                    "Write several rules.");
        }
        if (ways(rule.getLhs()) > RuleGrammar.WAYS_MAX) {
            report.fault(
                    "The rule has more than " + RuleGrammar.WAYS_MAX + " combinations of alternatives in its 'or's.",
                    "Write several rules.");
        }
    }

    /** Combinations of as many facts as a rule is written for. */
    private static long combinations(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return Vocabulary.isFact(pattern.getObjectType())
                    ? Vocabulary.usual(Vocabulary.fact(pattern.getObjectType()))
                    : 1;
        }
        if (!(element instanceof ConditionalElementDescr group)) {
            return 1;
        }
        boolean choice = element instanceof OrDescr;
        long all = choice ? 0 : 1;
        for (Object part : group.getDescrs()) {
            long one = combinations((BaseDescr) part);
            all = Math.min(MANY, choice ? Math.max(all, one) : all * one);
        }
        return Math.max(1, all);
    }

    /** Rules that the compiler makes of this one: one for each way through its {@code or}s. */
    private static long ways(BaseDescr element) {
        if (!(element instanceof ConditionalElementDescr group)) {
            return 1;
        }
        boolean choice = element instanceof OrDescr;
        long all = choice ? 0 : 1;
        for (Object part : group.getDescrs()) {
            long one = ways((BaseDescr) part);
            all = Math.min(RuleGrammar.WAYS_MAX + 1, choice ? all + one : all * one);
        }
        return Math.max(1, all);
    }

    /** Facts that the rule asks for. */
    private static int patterns(BaseDescr element) {
        return sum(element, pattern -> 1);
    }

    private static int mostConstraints(BaseDescr element) {
        return element instanceof PatternDescr pattern
                ? pattern.getConstraint().getDescrs().size()
                : parts(element).mapToInt(ConditionSize::mostConstraints).max().orElse(0);
    }

    private static int sum(BaseDescr element, ToIntFunction<PatternDescr> of) {
        return element instanceof PatternDescr pattern
                ? of.applyAsInt(pattern)
                : parts(element).mapToInt(part -> sum(part, of)).sum();
    }

    private static Stream<BaseDescr> parts(BaseDescr element) {
        return element instanceof ConditionalElementDescr group
                ? group.getDescrs().stream().map(BaseDescr.class::cast)
                : Stream.empty();
    }
}
