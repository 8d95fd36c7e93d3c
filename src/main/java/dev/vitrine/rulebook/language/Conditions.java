package dev.vitrine.rulebook.language;

import com.github.javaparser.ParseProblemException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.AnnotatedBaseDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.ExprConstraintDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** What can be told from a rule's conditions without running them. */
final class Conditions {
    /** As good as endless, and far from an overflow. */
    private static final long MANY = 1_000_000_000_000L;

    private static final String WORDS = "Use the words of rules/README.md.";

    /** Told of something that may not stand in a condition: its line, its column (0 where it is not known), and why. */
    interface Complaint {
        void about(int line, int column, String message, String cure);
    }

    private final RuleDescr rule;
    private final Complaint complaint;
    private final Map<String, Class<?>> bound = new HashMap<>();
    private final Set<String> namedSkus = new LinkedHashSet<>();

    private Conditions(RuleDescr rule, Complaint complaint) {
        this.rule = rule;
        this.complaint = complaint;
    }

    /** Complains of whatever {@link RuleGrammar} does not list. */
    static Conditions of(RuleDescr rule, Complaint complaint) {
        Conditions conditions = new Conditions(rule, complaint);
        conditions.element(rule.getLhs());
        conditions.size();
        return conditions;
    }

    /** Names that the conditions bind, and their types. */
    Map<String, Class<?>> bound() {
        return bound;
    }

    /** Whether the rule fires whatever the facts are: none of its patterns asks anything. */
    static boolean alwaysMet(RuleDescr rule) {
        return rule.getLhs().getDescrs().stream()
                .allMatch(element -> element instanceof PatternDescr pattern
                        && pattern.getConstraint().getDescrs().isEmpty()
                        && CompilerMessages.FACTS.containsKey(pattern.getObjectType())
                        && Vocabulary.atMost(CompilerMessages.FACTS.get(pattern.getObjectType())) == 1);
    }

    /** Skus that the rule asks for by name: a pin of one means it whether or not a model proposes it. */
    static Set<String> namedSkus(RuleDescr rule) {
        return of(rule, (line, column, message, cure) -> {}).namedSkus;
    }

    /** Combinations of facts that the rule weighs in the worst case. */
    static long combinations(RuleDescr rule) {
        return combinations(rule.getLhs());
    }

    private static long combinations(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            Class<?> fact = CompilerMessages.FACTS.get(pattern.getObjectType());
            return fact == null ? 1 : Vocabulary.atMost(fact);
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

    /** How many facts the rule asks for; too many where it asks too much of one of them. */
    private static int patterns(BaseDescr element) {
        if (element instanceof PatternDescr pattern) {
            return pattern.getConstraint().getDescrs().size() > RuleGrammar.CONSTRAINTS_MAX
                    ? RuleGrammar.PATTERNS_MAX + 1
                    : 1;
        }
        int all = 0;
        if (element instanceof ConditionalElementDescr group) {
            for (Object part : group.getDescrs()) {
                all = Math.min(RuleGrammar.PATTERNS_MAX + 1, all + patterns((BaseDescr) part));
            }
        }
        return all;
    }

    private void size() {
        long combinations = combinations(rule);
        if (combinations > RuleGrammar.COMBINATIONS_MAX) {
            complaint.about(
                    Math.max(1, rule.getLine()),
                    0,
                    String.format(
                            java.util.Locale.ROOT,
                            "The rule would weigh up to %,d combinations of facts; %,d is the most.",
                            combinations,
                            RuleGrammar.COMBINATIONS_MAX),
                    "A rule weighs at most 2 candidates against each other, or one with a campaign and two readings.");
        }
        if (patterns(rule.getLhs()) > RuleGrammar.PATTERNS_MAX) {
            complaint.about(
                    Math.max(1, rule.getLine()),
                    0,
                    "The rule asks for more than " + RuleGrammar.PATTERNS_MAX + " facts, or for more than "
                            + RuleGrammar.CONSTRAINTS_MAX + " things of one of them.",
                    "Write several rules.");
        }
        if (ways(rule.getLhs()) > RuleGrammar.WAYS_MAX) {
            complaint.about(
                    Math.max(1, rule.getLine()),
                    0,
                    "The rule has more than " + RuleGrammar.WAYS_MAX + " ways through its 'or's.",
                    "Write several rules.");
        }
    }

    private void element(BaseDescr element) {
        boolean annotated = element instanceof AnnotatedBaseDescr with
                && !with.getAnnotationNames().isEmpty();
        if (!RuleGrammar.ELEMENTS.contains(element.getClass()) || annotated) {
            complaint.about(
                    Math.max(element.getLine(), rule.getLine()),
                    0,
                    "A condition asks for facts, with 'and', 'or', 'not' and 'exists', and nothing else.",
                    WORDS);
        } else if (element instanceof PatternDescr pattern) {
            pattern(pattern);
        } else {
            ((ConditionalElementDescr) element).getDescrs().forEach(part -> element((BaseDescr) part));
        }
    }

    private void pattern(PatternDescr pattern) {
        int line = Math.max(pattern.getLine(), rule.getLine());
        if (pattern.getSource() != null
                || pattern.isQuery()
                || pattern.isUnification()
                || !pattern.getBehaviors().isEmpty()
                || pattern.getObjectType() == null) {
            complaint.about(
                    line,
                    0,
                    "A condition asks for facts, with 'and', 'or', 'not' and 'exists', and nothing else.",
                    WORDS);
            return;
        }
        Class<?> fact = CompilerMessages.FACTS.get(pattern.getObjectType());
        if (fact == null) {
            complaint.about(
                    line,
                    0,
                    "There is no fact '" + pattern.getObjectType() + "'.",
                    CompilerMessages.cure(pattern.getObjectType(), List.copyOf(CompilerMessages.FACTS.keySet())));
            return;
        }
        if (pattern.getIdentifier() != null) {
            ExpressionCheck.ofCondition(fact, bound, (word, message, cure) -> complaint.about(line, 0, message, cure))
                    .bind(pattern.getIdentifier(), fact);
        }
        if (pattern.getConstraint().getClass() != AndDescr.class) {
            complaint.about(line, 0, "'" + pattern.getConstraint() + "' may not stand in a condition.", WORDS);
            return;
        }
        pattern.getConstraint().getDescrs().forEach(constraint -> constraint(pattern, fact, constraint));
    }

    private void constraint(PatternDescr pattern, Class<?> fact, BaseDescr constraint) {
        Source source = new Source(
                constraint.toString(),
                constraint.getLine() > 0 ? constraint.getLine() : Math.max(pattern.getLine(), rule.getLine()),
                constraint.getLine() > 0 ? constraint.getColumn() + 1 : 0);
        ExpressionCheck check = ExpressionCheck.ofCondition(
                fact,
                bound,
                (word, message, cure) -> complaint.about(source.line(word), source.column(word), message, cure));
        boolean named = constraint instanceof ExprConstraintDescr expression
                && expression.getType() == ExprConstraintDescr.Type.NAMED;
        DrlxExpression parsed =
                named && source.text().length() <= RuleGrammar.EXPRESSION_MAX ? parsed(source.text()) : null;
        if (parsed == null) {
            complaint.about(
                    source.line(""),
                    source.column(""),
                    "'" + shortened(source.text()) + "' may not stand in a condition.",
                    WORDS);
            return;
        }
        check.condition(parsed);
        namedSkus.addAll(check.namedSkus());
    }

    /** The tree of the whole of the text, null where there is none. The parser stops, content, before what it cannot read. */
    private static DrlxExpression parsed(String text) {
        try {
            DrlxExpression parsed = DrlxParseUtil.parseExpression(text);
            return bare(ExpressionCheck.text(parsed)).equals(bare(Source.withoutComments(text))) ? parsed : null;
        } catch (ParseProblemException | ClassCastException | StackOverflowError e) {
            return null;
        }
    }

    private static String bare(String text) {
        return text.replaceAll("[\\s()]", "");
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }

    /**
     * A constraint as it is written.
     *
     * @param line of its first character, from 1
     * @param column of its first character, from 1; 0 where it is not known
     */
    record Source(String text, int line, int column) {
        int line(String word) {
            return line
                    + (int) text.substring(0, at(word))
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
        }

        int column(String word) {
            int at = at(word);
            int lineBreak = text.lastIndexOf('\n', at - 1);
            return column == 0 ? 0 : lineBreak < 0 ? column + at : at - lineBreak;
        }

        private int at(String word) {
            for (int at = text.indexOf(word); at > 0; at = text.indexOf(word, at + 1)) {
                if (word.isEmpty() || !Character.isJavaIdentifierPart(text.charAt(at - 1))) {
                    return at;
                }
            }
            return 0;
        }

        static String withoutComments(String text) {
            StringBuilder code = new StringBuilder();
            boolean quoted = false;
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if (!quoted && text.startsWith("//", i)) {
                    i = text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i);
                } else if (!quoted && text.startsWith("/*", i)) {
                    i = text.indexOf("*/", i + 2) < 0 ? text.length() : text.indexOf("*/", i + 2) + 1;
                } else {
                    quoted ^= c == '"';
                    code.append(c);
                    if (quoted && c == '\\' && i + 1 < text.length()) {
                        code.append(text.charAt(++i));
                    }
                }
            }
            return code.toString();
        }
    }
}
