package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import dev.vitrine.problem.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.drools.mvel.parser.ast.expr.DrlxExpression;

/** What can be wrong in an expression: each kind of mistake with its message, its cure and the word at which it stands. */
final class ExpressionFaults {
    interface Report {
        /** @param word the word to look for in the source, "" for the whole expression */
        void fault(String word, String message, String cure);
    }

    private final String place;
    private final String cure;
    private final Report report;

    /** @param place what the expression is part of, in the words of a message */
    ExpressionFaults(String place, String cure, Report report) {
        this.place = place;
        this.cure = cure;
        this.report = report;
    }

    void notAllowed(Node node) {
        report.fault(
                NodeText.firstWord(node), "'" + NodeText.shortened(node) + "' is not allowed in " + place + ".", cure);
    }

    void tooDeep() {
        report.fault("", "The expression is nested too deeply.", "Write it as several constraints.");
    }

    /** A constraint that is not true or false by itself. */
    void notACondition(DrlxExpression expression, Class<?> type) {
        String kind = kind(type);
        if (!kind.isEmpty()) {
            report.fault(
                    NodeText.firstWord(expression),
                    "'" + NodeText.shortened(expression) + "' is " + kind + ", but a condition must be true or false.",
                    expression.getExpr().isLiteralExpr()
                            ? "Compare a word with it. Write decimals with a point: 9.99."
                            : "Compare it with a value.");
        }
    }

    void comparedComparison(Expression comparison) {
        String text = NodeText.shortened(comparison);
        report.fault(
                NodeText.firstWord(comparison),
                "'" + text + "' is true or false already, and cannot be compared.",
                "Write it alone, or !( " + text + " ) for the opposite.");
    }

    void neverNull(MethodCallExpr call, String present) {
        report.fault(
                call.getNameAsString(),
                "'" + NodeText.shortened(call) + "' is never null.",
                "Write " + present + "( … ) for what has such a value, or !" + present + "( … ) for what lacks it.");
    }

    void backslash() {
        report.fault(
                "\\",
                "In a text, a backslash is only allowed before a quote or another backslash.",
                "Delete it, or in a pattern write it twice: \"\\\\d\".");
    }

    void longText(String text, int most) {
        report.fault(
                NodeText.shortened(text),
                "A text in a rule has " + text.length() + " characters; at most " + most + " are allowed.",
                "Shorten it.");
    }

    void joined(Node sum) {
        report.fault(
                NodeText.firstWord(sum),
                "'" + NodeText.shortened(sum) + "' joins texts, and conditions only add numbers.",
                "Compare the texts one by one.");
    }

    void noText(Node part) {
        report.fault(
                NodeText.firstWord(part),
                "'" + NodeText.shortened(part) + "' is neither a text nor a number.",
                "Join single words of a fact, such as $c.name().");
    }

    void number(String number) {
        report.fault(
                number,
                NodeText.shortened(number) + " is not a valid number in a rule.",
                "Write a number such as 25 or 0.25.");
    }

    void singleQuotes(CharLiteralExpr text) {
        report.fault(
                "'",
                NodeText.shortened(text) + " is not in double quotes.",
                "Write a text in double quotes: \"" + text.getValue() + "\".");
    }

    void boundName(String name) {
        report.fault(
                name,
                "'" + NodeText.shortened(name) + "' is not a valid name.",
                "Begin a name with $ and a letter: $c.");
    }

    void singleSign(String sign) {
        report.fault(sign, "'" + sign + "' is not an operator here.", "Use " + sign + sign + ".");
    }

    /** An unknown word that a field is compared with. Forgotten quotes are the most likely mistake there. */
    void unknownValue(Class<?> fact, Class<?> type, String word) {
        String has = fact.getSimpleName() + " has no '" + NodeText.shortened(word) + "'.";
        if (type.isEnum()) {
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            report.fault(
                    word,
                    shouted ? fact.getSimpleName() + " has no value '" + NodeText.shortened(word) + "'." : has,
                    Suggestion.of(word, valuesOf(type)));
        } else if (type == boolean.class) {
            report.fault(word, has, "Write true or false.");
        } else {
            String near = Nearest.to(word, Vocabulary.wordNames(fact))
                    .map(known -> "Did you mean '" + known + "'? ")
                    .orElse("");
            report.fault(word, has, near + "Write a text in quotes: \"" + NodeText.shortened(word) + "\".");
        }
    }

    /** A word compared with a value of another kind. What has no kind in words is left to the compiler. */
    void mismatch(Expression left, Class<?> leftType, Expression right, Class<?> rightType) {
        if (kind(leftType).isEmpty()
                || kind(rightType).isEmpty()
                || kind(leftType).equals(kind(rightType))) {
            return;
        }
        boolean turned = left.isLiteralExpr();
        Expression word = turned ? right : left;
        Expression value = turned ? left : right;
        Class<?> type = turned ? rightType : leftType;
        Class<?> valueType = turned ? leftType : rightType;
        report.fault(
                NodeText.of(word),
                "'" + NodeText.of(word) + "' is " + kind(type) + ", but " + NodeText.of(value) + " is "
                        + (valueType == String.class ? "a text" : kind(valueType)) + ".",
                mismatchCure(left, word, type, value));
    }

    /** A value that the shop has named can be read as a text and as a number. */
    private static Optional<String> otherReading(Expression word, Expression value) {
        if (!(word instanceof MethodCallExpr call) || call.getArguments().size() != 1) {
            return Optional.empty();
        }
        String name = call.getNameAsString();
        boolean number = value instanceof IntegerLiteralExpr || value instanceof DoubleLiteralExpr;
        String other = name.equals("text") && number
                ? "number"
                : name.equals("number") && value instanceof StringLiteralExpr ? "text" : "";
        String scope = call.getScope().map(of -> NodeText.of(of) + ".").orElse("");
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(scope + other + "( " + NodeText.of(call.getArgument(0)) + " )");
    }

    private static String mismatchCure(Expression left, Expression word, Class<?> type, Expression value) {
        if (left instanceof BinaryExpr between
                && !between.getOperator().asString().matches("[-+*/%]")) {
            return "Write two conditions, such as: price > 5, price < 20";
        }
        Optional<String> other = otherReading(word, value);
        if (other.isPresent()) {
            return "Write: " + other.get();
        }
        return type.isEnum() && value instanceof StringLiteralExpr text
                ? "Write it without quotes: " + text.getValue().toUpperCase(Locale.ROOT)
                : "Compare it with " + kind(type) + ".";
    }

    void patternForm() {
        report.fault(
                "matches",
                "'matches' compares a word of the fact itself with one pattern in quotes.",
                "Write: name matches \".*yoga.*\"");
    }

    void pattern(String why) {
        report.fault("matches", "The pattern is invalid or could take too long. " + why, "Simplify it.");
    }

    void unknownWord(Class<?> fact, String word) {
        unknown(word, hasNo(fact, word), Vocabulary.wordNames(fact));
    }

    void unknownConstant(Class<?> fact, String word) {
        unknown(
                word,
                fact.getSimpleName() + " has no value '" + NodeText.shortened(word) + "'.",
                Vocabulary.constantNames(fact));
    }

    void unknownName(String name, Collection<String> bound) {
        unknown(name, "'" + NodeText.shortened(name) + "' is not a known word.", bound);
    }

    void unknownFunction(String name, Node call) {
        unknown(
                name,
                "'" + NodeText.shortened(call) + "' is not allowed in a rule.",
                Vocabulary.functions().keySet());
    }

    void noBrackets(FieldAccessExpr access) {
        report.fault(
                access.getNameAsString(),
                "'" + NodeText.shortened(access) + "' has no brackets.",
                "After 'then', write words of a fact with brackets: " + NodeText.shortened(access) + "()");
    }

    private static String hasNo(Class<?> fact, String word) {
        return fact.getSimpleName() + " has no '" + NodeText.shortened(word) + "'.";
    }

    private void unknown(String word, String message, Collection<String> known) {
        if (known.contains(word)) {
            report.fault(word, "'" + word + "' needs arguments in brackets.", "See rules/README.md for what it takes.");
        } else if (word.startsWith("$") && known.isEmpty()) {
            report.fault(
                    word, message, "Name the fact first, such as: " + NodeText.shortened(word) + " : Candidate( … )");
        } else {
            report.fault(word, message, Suggestion.of(word, known));
        }
    }

    private static List<String> valuesOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    /** The type in words, "" if only the compiler can compare it. */
    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of " + valuesOf(type).stream().collect(Collectors.joining(", "));
        }
        if (Vocabulary.isFact(type)) {
            return "a " + type.getSimpleName();
        }
        return Collection.class.isAssignableFrom(type) ? "a list (ask whether it 'contains' something)" : "";
    }
}
