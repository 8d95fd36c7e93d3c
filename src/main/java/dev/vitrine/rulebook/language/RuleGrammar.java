package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.UnaryExpr;
import dev.vitrine.rulebook.source.RuleText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.AndDescr;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ExistsDescr;
import org.drools.drl.ast.descr.NotDescr;
import org.drools.drl.ast.descr.OrDescr;
import org.drools.drl.ast.descr.PatternDescr;

/**
 * Everything that a rule may hold, on one page. What is not listed here is refused. The words are those of {@link Vocabulary};
 * {@link ConditionCheck}, {@link ExpressionCheck} and {@link ConsequenceCheck} walk the syntax trees, which come from the same
 * parsers that the compiler uses.
 *
 * <ul>
 *   <li>A file: rules, and nothing else.
 *   <li>A rule: {@link #ATTRIBUTES}, {@link #ANNOTATIONS}, a condition, one consequence.
 *   <li>A condition: {@link #ELEMENTS}. A pattern has a fact of the vocabulary, a name that begins with {@code $}, and
 *       constraints; no source, window, query or annotation.
 *   <li>A constraint: a name and a colon before it, words of the fact, {@code this}, bound names and their words, words with
 *       arguments, constants, {@link #OPERATORS}, {@link #SIGNS}, {@link #WORD_OPERATORS}, brackets, numbers, texts without
 *       escapes, true, false and null.
 *   <li>A consequence: statements {@code shelf.verb( … );} of bound names and their words, functions of the vocabulary, constants,
 *       {@link #OPERATORS}, {@link #SIGNS}, brackets, numbers, texts, true and false.
 * </ul>
 */
public final class RuleGrammar {
    static final Set<String> ATTRIBUTES = Set.of("date-effective", "date-expires", "enabled");
    static final Set<String> ANNOTATIONS = Set.of("owner");

    static final Set<Class<? extends BaseDescr>> ELEMENTS =
            Set.of(PatternDescr.class, AndDescr.class, OrDescr.class, NotDescr.class, ExistsDescr.class);

    static final Set<String> OPERATORS = Set.of("==", "!=", "<", "<=", ">", ">=", "&&", "||", "+", "-", "*", "/", "%");
    static final Set<UnaryExpr.Operator> SIGNS =
            Set.of(UnaryExpr.Operator.LOGICAL_COMPLEMENT, UnaryExpr.Operator.MINUS);
    static final Set<String> WORD_OPERATORS = Set.of("contains", "memberOf", "matches", "in");

    static final Pattern BOUND_NAME = Pattern.compile("\\$[A-Za-z]\\w{0,59}");
    static final Pattern RULE_NAME = Pattern.compile("[^\"\\\\\\p{Cc}]{1,200}");
    static final Pattern OWNER = Pattern.compile("\"[^\"\\\\\\p{Cc}]{1,100}\"");
    /** Plain decimals only. A double is exact to 15 digits. */
    static final Pattern NUMBER = Pattern.compile("\\d{1,15}|\\d{0,12}\\.\\d{1,12}");

    /** Characters of one constraint or consequence. The longest one that ships has 160. */
    static final int EXPRESSION_MAX = 4_000;

    /** Characters of a line. The parser's time grows with the square of what is joined in one: 60,000 words took minutes. */
    static final int LINE_MAX = 10_000;

    /** Nodes from a constraint down to its innermost value. An {@code ||} of 30 searches needs 31. */
    static final int DEPTH_MAX = 60;

    /** Brackets within brackets. The parsers recurse for each, and thousands overflow their stack. */
    static final int BRACKETS_MAX = 8;

    // more than this would only keep the compiler busy: nobody can read it
    static final int PATTERNS_MAX = 30;
    static final int CONSTRAINTS_MAX = 60;
    static final int STATEMENTS_MAX = 60;

    /** Ways through the {@code or}s of a rule. The compiler makes a rule of each. */
    public static final int WAYS_MAX = 16;

    /**
     * Combinations of facts that a rule is written to check: two candidates, or one candidate with a campaign and two readings,
     * of which a decision has ten or so. A million takes tens of milliseconds; three candidates would take minutes.
     */
    public static final long COMBINATIONS_MAX = 1_000_000;

    /**
     * From this many combinations on, they are counted while the rule checks them: more than each candidate with each reading.
     * Fewer end at once. What matches is counted in any case.
     */
    public static final long COUNTED_FROM = 30_001;

    private static final Pattern ESCAPED_CHARACTER = Pattern.compile("\\\\u");

    private RuleGrammar() {}

    /** Why a text is not parsed at all, and the index where that stands. */
    record Objection(int at, String message, String cure) {}

    /**
     * The first thing in the text that the parsers must not see. The compiler turns {@code \}{@code u0022} into a quote after the
     * syntax tree was checked, so with such escapes no text could be trusted.
     */
    static Optional<Objection> objection(String text) {
        Matcher escaped = ESCAPED_CHARACTER.matcher(text);
        if (escaped.find()) {
            return Optional.of(new Objection(
                    escaped.start(), "'\\u' is not allowed in a rule file.", "Write the character itself."));
        }
        return brackets(text).or(() -> longLine(text));
    }

    private static Optional<Objection> longLine(String text) {
        int begin = 0;
        while (begin < text.length()) {
            int end = text.indexOf('\n', begin);
            end = end < 0 ? text.length() : end;
            // comments are not parsed
            if (end - begin > LINE_MAX
                    && RuleText.withoutComments(text.substring(begin, end))
                                    .strip()
                                    .length()
                            > LINE_MAX) {
                return Optional.of(new Objection(
                        begin,
                        String.format(Locale.ROOT, "The line has more than %,d characters.", LINE_MAX),
                        "Write it as several lines, or as several rules."));
            }
            begin = end + 1;
        }
        return Optional.empty();
    }

    private static Optional<Objection> brackets(String text) {
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                if (c == '\\') {
                    i++;
                } else if (c == quote || c == '\n') {
                    quote = 0;
                }
            } else if (c == '"') {
                quote = c;
            } else if (c == '/' && text.startsWith("//", i)) {
                i = Math.max(i, (text.indexOf('\n', i) < 0 ? text.length() : text.indexOf('\n', i)) - 1);
            } else if (c == '/' && text.startsWith("/*", i)) {
                i = text.indexOf("*/", i + 2) < 0 ? text.length() : text.indexOf("*/", i + 2) + 1;
            } else if (c == '(' || c == '[' || c == '{') {
                if (++depth > BRACKETS_MAX) {
                    return Optional.of(
                            new Objection(i, "Brackets are nested too deeply.", "Write it as several lines."));
                }
            } else if (c == ')' || c == ']' || c == '}') {
                depth = Math.max(0, depth - 1);
            }
        }
        return Optional.empty();
    }
}
