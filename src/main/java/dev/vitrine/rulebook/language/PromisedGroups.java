package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.stmt.BlockStmt;
import dev.vitrine.merchandising.Group;
import dev.vitrine.merchandising.Groups;
import dev.vitrine.merchandising.Promises;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.drools.drl.ast.descr.RuleDescr;

/** The groups to which a rule guarantees places, as far as its text alone tells which they are. */
final class PromisedGroups {
    private static final String OF_CAMPAIGN = "coveredBy";

    private PromisedGroups() {}

    static Promises of(RuleDescr rule) {
        BlockStmt consequence = ConsequenceCheck.parsed(String.valueOf(rule.getConsequence()))
                .getResult()
                .orElse(null);
        if (consequence == null) {
            return Promises.NONE;
        }
        Set<Group> groups = new HashSet<>();
        boolean[] campaigns = new boolean[1];
        consequence.findAll(MethodCallExpr.class).stream()
                .filter(call -> call.getNameAsString().equals("guarantee"))
                .filter(call -> call.getArguments().size() == 2)
                .map(call -> call.getArgument(1))
                .forEach(named -> {
                    Object group = value(named, Group.class);
                    if (group instanceof Group known) {
                        groups.add(known);
                    }
                    campaigns[0] |= named.findAll(MethodCallExpr.class).stream()
                            .anyMatch(call -> call.getNameAsString().equals(OF_CAMPAIGN));
                });
        return new Promises(groups, campaigns[0]);
    }

    /** Null where the text does not tell it: where it depends on a fact. */
    private static Object value(Expression written, Class<?> type) {
        if (written.isStringLiteralExpr()) {
            String text = written.asStringLiteralExpr().asString();
            return type == Group.class && !text.isBlank() ? Groups.taggedWith(text) : text;
        }
        if (type == Group.class && written instanceof MethodCallExpr call) {
            return group(call);
        }
        boolean negative = written instanceof UnaryExpr unary && unary.getOperator() == UnaryExpr.Operator.MINUS;
        Expression number = negative ? written.asUnaryExpr().getExpression() : written;
        if (!number.isIntegerLiteralExpr() && !number.isDoubleLiteralExpr()) {
            return null;
        }
        double value = Double.parseDouble(number.toString().replace("_", "")) * (negative ? -1 : 1);
        return type == int.class ? (Object) (int) value : (Object) value;
    }

    private static Object group(MethodCallExpr call) {
        for (Method function : Groups.class.getMethods()) {
            if (function.getName().equals(call.getNameAsString())
                    && function.getParameterCount() == call.getArguments().size()) {
                Object[] values = new Object[function.getParameterCount()];
                Arrays.setAll(values, i -> value(call.getArgument(i), function.getParameterTypes()[i]));
                return Arrays.stream(values).allMatch(value -> value != null) ? made(function, values) : null;
            }
        }
        return null;
    }

    private static Object made(Method function, Object[] values) {
        try {
            return function.invoke(null, values);
        } catch (InvocationTargetException | IllegalArgumentException | IllegalAccessException e) {
            // a value that the group does not take: the check of the rules says so
            return null;
        }
    }
}
