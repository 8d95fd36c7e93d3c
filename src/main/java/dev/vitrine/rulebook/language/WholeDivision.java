package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers that are divided: the language drops the rest, and {@code margin > 1/2} would mean {@code margin > 0}. */
public final class WholeDivision {
    private static final String MESSAGE = "Whole numbers are divided without a rest: ";
    private static final Pattern TOLD =
            Pattern.compile(Pattern.quote(MESSAGE) + "(.+?) is (?:-?\\d+|a whole number)\\.");

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, long.class, short.class, byte.class, Integer.class, Long.class, Short.class, Byte.class);

    /** A share with more decimals than that is not what anybody means to read. */
    private static final int DECIMALS_MAX = 4;

    private WholeDivision() {}

    /** @param types of the expressions within it; a number that is written there has that of a decimal */
    static boolean isWhole(Expression value, Map<Expression, Class<?>> types) {
        if (value instanceof EnclosedExpr enclosed) {
            return isWhole(enclosed.getInner(), types);
        } else if (value instanceof UnaryExpr sign && sign.getOperator() == UnaryExpr.Operator.MINUS) {
            return isWhole(sign.getExpression(), types);
        }
        return value instanceof IntegerLiteralExpr || WHOLE.contains(types.getOrDefault(value, Object.class));
    }

    static void check(BinaryExpr division, ExpressionFaults.Report report) {
        double divided = CallCheck.constant(division.getLeft());
        double by = CallCheck.constant(division.getRight());
        String said = NodeText.of(division);
        boolean numbers = !Double.isNaN(divided) && !Double.isNaN(by);
        if (by == 0 || numbers && divided % by == 0) {
            return;
        }
        report.slip(
                said,
                MESSAGE + NodeText.shortened(said) + " is " + (numbers ? (long) (divided / by) : "a whole number")
                        + ".",
                "Write: " + (numbers ? exact(divided, by).orElseGet(() -> meant(division)) : meant(division)));
    }

    private static Optional<String> exact(double divided, double by) {
        BigDecimal share = BigDecimal.valueOf((long) divided)
                .divide(BigDecimal.valueOf((long) by), DECIMALS_MAX + 1, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return share.scale() <= DECIMALS_MAX ? Optional.of(share.toPlainString()) : Optional.empty();
    }

    private static String meant(BinaryExpr division) {
        Expression by = division.getRight();
        return by instanceof IntegerLiteralExpr number
                ? CallCheck.text(division.getLeft()) + " / " + number + ".0"
                : "1.0 * " + CallCheck.text(division.getLeft()) + " / " + CallCheck.text(by);
    }

    /** The division that a message is about. */
    public static Optional<String> told(String message) {
        Matcher told = TOLD.matcher(message);
        return told.matches() ? Optional.of(told.group(1)) : Optional.empty();
    }
}
