package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/** What can be wrong with a comparison and with its two sides. */
final class ComparisonFaults {
    /** How to read what a map holds, by the map. */
    static final Map<String, String> VALUES_OF_MAPS =
            Map.of("interests", "interest", "gifts", "fade", "context", "text", "attributes", "text");

    private final String fact;
    private final ExpressionFaults.Report report;

    /** @param own the fact that the comparison belongs to, null in a consequence */
    ComparisonFaults(Class<?> own, ExpressionFaults.Report report) {
        this.fact = own == null ? "" : own.getSimpleName();
        this.report = report;
    }

    /** A word in place of a sign: {@code hour after 18}. */
    void spoken(String left, String operator, String sign, String right) {
        report.fault(
                operator,
                "'" + operator + "' is not a comparison.",
                "Write: " + left + " " + sign + " " + NodeText.shortened(right));
    }

    /** A constraint that is not true or false by itself. */
    void notACondition(Class<?> fact, DrlxExpression expression, Class<?> type) {
        String kind = ValueWords.kind(type);
        if (expression.getExpr() instanceof StringLiteralExpr || type.isEnum() && isConstant(expression)) {
            alone(fact, List.of(NodeText.of(expression)));
        } else if (!kind.isEmpty()) {
            report.fault(
                    NodeText.firstWord(expression),
                    "'" + NodeText.shortened(expression) + "' is " + kind + ", but a condition must be true or false.",
                    expression.getExpr().isLiteralExpr()
                            ? "Compare a word with it. Write decimals with a point: 9.99."
                            : "Compare it with a value.");
        }
    }

    private static boolean isConstant(DrlxExpression expression) {
        return NodeText.of(expression).matches("(\\w+\\.)?[A-Z_]+");
    }

    /** Values without the word that they are compared with, such as {@code Placement( "home-page" )}. */
    void alone(Class<?> fact, List<String> values) {
        String first = values.get(0);
        Optional<String> meant = MeantWords.compared(fact.getSimpleName(), first.replaceFirst("^\\w+\\.", ""));
        boolean several = values.size() > 1 && meant.isPresent() && meant.get().contains(" == ");
        report.fault(
                first,
                (first.startsWith("\"") ? NodeText.shortened(first) : "'" + NodeText.shortened(first) + "'")
                        + " is compared with nothing.",
                several
                        ? "Write: " + meant.get().replaceFirst(" == .*", "") + " in ( " + String.join(", ", values)
                                + " )"
                        : meant.map(condition -> "Write: " + condition)
                                .orElse("Write the word that it is compared with, such as: "
                                        + MeantWords.sample(fact.getSimpleName(), NodeText.shortened(first))));
    }

    /** @param whole the comparison that it stands in */
    void comparedComparison(Expression comparison, BinaryExpr whole, boolean left) {
        String text = NodeText.shortened(comparison);
        Optional<String> meant = chained(comparison, whole, left).or(() -> ofMap(comparison, whole));
        report.fault(
                NodeText.firstWord(comparison),
                "'" + text + "' is true or false already, and cannot be compared.",
                meant.orElse("Write it alone, or !( " + text + " ) for the opposite."));
    }

    /** {@code 5 < price < 10} */
    private static Optional<String> chained(Expression comparison, BinaryExpr whole, boolean left) {
        String operator = whole.getOperator().asString();
        return comparison instanceof BinaryExpr first
                        && left
                        && !first.getRight().isLiteralExpr()
                        && operator.matches("[<>]=?")
                ? Optional.of("Write two conditions: " + NodeText.shortened(first) + ", "
                        + NodeText.shortened(first.getRight()) + " " + operator + " "
                        + NodeText.shortened(whole.getRight()))
                : Optional.empty();
    }

    /** {@code interests contains "sport/yoga" > 0.5} */
    private static Optional<String> ofMap(Expression comparison, BinaryExpr whole) {
        boolean value = !whole.getRight().isBooleanLiteralExpr();
        if (!value
                || !(comparison instanceof PointFreeExpr words)
                || words.getRight().size() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(VALUES_OF_MAPS.get(NodeText.of(words.getLeft())))
                .map(word -> "Write: " + word + "( "
                        + NodeText.shortened(words.getRight().get(0)) + " ) "
                        + whole.getOperator().asString() + " " + NodeText.shortened(whole.getRight()));
    }

    /** A value joined with a condition: {@code brand == "Asana" || "Movo"}. */
    void notJoined(BinaryExpr joined, Class<?> left, Class<?> right) {
        boolean first = !isOpen(left) && left != boolean.class && left != Boolean.class;
        boolean second = !isOpen(right) && right != boolean.class && right != Boolean.class;
        if (!first && !second) {
            return;
        }
        Expression value = first ? joined.getLeft() : joined.getRight();
        String cure = "Compare it with a value.";
        Expression before = joined.getLeft();
        while (before instanceof BinaryExpr more && more.getOperator() == joined.getOperator()) {
            before = more.getRight();
        }
        if (!first && value.isLiteralExpr() && before instanceof BinaryExpr compared) {
            cure = "Write: " + NodeText.shortened(compared) + " "
                    + joined.getOperator().asString() + " "
                    + NodeText.shortened(compared.getLeft()) + " "
                    + compared.getOperator().asString() + " "
                    + NodeText.shortened(value);
        }
        report.fault(NodeText.of(value), "'" + NodeText.shortened(value) + "' is compared with nothing.", cure);
    }

    private static boolean isOpen(Class<?> type) {
        return type == Object.class;
    }

    /** @param comparison in which no value of the word can stand */
    void outOfRange(Class<?> fact, BinaryExpr comparison, Term term, Ranges.Range range) {
        String number = term.value().text();
        double value = term.value().number();
        String operator = term.operator();
        String cure = range.isShare() && value >= 2 && value <= 100
                ? Proposal.number(value) + " % is " + CallCheck.share(value) + ". Write: " + term.field() + " "
                        + operator + " " + CallCheck.share(value)
                : "Write a number within these limits" + (term.field().equals("hour") ? ", such as hour >= 18." : ".");
        report.slip(
                NodeText.firstWord(comparison.getLeft()).isEmpty()
                        ? NodeText.firstWord(comparison.getRight())
                        : NodeText.firstWord(comparison.getLeft()),
                "'" + term.field() + "' of a " + fact.getSimpleName() + " is " + range + ", so '" + term.field() + " "
                        + operator + " " + number + "' is never true.",
                cure);
    }

    void neverNull(MethodCallExpr call, String present) {
        report.fault(
                call.getNameAsString(),
                "'" + NodeText.shortened(call) + "' is never null.",
                "Write " + present + "( … ) for what has such a value, or !" + present + "( … ) for what lacks it.");
    }

    /** Whether a word is compared with a value of another kind. What has no kind in words is left to the compiler. */
    boolean mismatch(Expression left, Class<?> leftType, Expression right, Class<?> rightType) {
        if (ValueWords.kind(leftType).isEmpty()
                || ValueWords.kind(rightType).isEmpty()
                || ValueWords.kind(leftType).equals(ValueWords.kind(rightType))) {
            return false;
        }
        boolean turned = left.isLiteralExpr();
        Expression word = turned ? right : left;
        Expression value = turned ? left : right;
        Class<?> type = turned ? rightType : leftType;
        Class<?> valueType = turned ? leftType : rightType;
        report.fault(
                NodeText.of(word),
                "'" + NodeText.of(word) + "' is " + ValueWords.kind(type) + ", but " + NodeText.of(value) + " is "
                        + (valueType == String.class ? "a text" : ValueWords.kind(valueType)) + ".",
                mismatchCure(left, word, type, value));
        return true;
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

    private String mismatchCure(Expression left, Expression word, Class<?> type, Expression value) {
        if (left instanceof BinaryExpr between
                && !between.getOperator().asString().matches("[-+*/%]")) {
            return "Write two conditions, such as: price > 5, price < 20";
        }
        Optional<NumberWithUnit> unit = CallForms.isNumber(type) && value instanceof StringLiteralExpr text
                ? NumberWithUnit.in(fact, NodeText.of(word), text.getValue())
                : Optional.empty();
        if (unit.isPresent()) {
            return unit.get().cure();
        }
        Optional<String> other = otherReading(word, value);
        if (other.isPresent()) {
            return "Write: " + other.get();
        }
        String map = VALUES_OF_MAPS.get(NodeText.of(word));
        if (Map.class.isAssignableFrom(type)) {
            return map == null
                    ? "Ask whether it holds a key: " + NodeText.of(word) + " contains \"…\""
                    : "Write for example: " + map + "( \"" + (map.equals("text") ? "material" : "sport/yoga") + "\" ) "
                            + comparison(left) + " " + NodeText.shortened(value);
        } else if (Collection.class.isAssignableFrom(type)) {
            return "Write: " + NodeText.of(word) + (comparison(left).equals("!=") ? " not" : "") + " contains "
                    + NodeText.shortened(value);
        } else if (!(value instanceof StringLiteralExpr text)) {
            return "Compare it with " + ValueWords.kind(type) + ".";
        } else if (type.isEnum()) {
            return "Write it without quotes: "
                    + Nearest.to(text.getValue().replace('-', '_'), ValueWords.valuesOf(type))
                            .orElse("one of " + String.join(", ", ValueWords.valuesOf(type)));
        } else if (type == boolean.class && Set.of("true", "false").contains(text.getValue())) {
            return "Write it without quotes: " + text.getValue();
        } else if (CallForms.isNumber(type) && text.getValue().matches("\\d+(\\.\\d+)?")) {
            return "Write it without quotes: " + text.getValue();
        } else if (CallForms.isNumber(type) && text.getValue().matches("\\d{1,2}:\\d\\d")) {
            return "Write the hour alone: " + text.getValue().replaceFirst("^0?(\\d+):.*", "$1");
        }
        return "Compare it with " + ValueWords.kind(type) + ".";
    }

    /** The sign between the word and its value. */
    private static String comparison(Expression left) {
        return left.getParentNode()
                .filter(BinaryExpr.class::isInstance)
                .map(whole -> ((BinaryExpr) whole).getOperator().asString())
                .orElse("==");
    }
}
