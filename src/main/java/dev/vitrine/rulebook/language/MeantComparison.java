package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Comparisons that have the form of one, and mean something else than other languages let people expect. */
final class MeantComparison {
    private static final Set<Operator> EQUALS = Set.of(Operator.EQUALS, Operator.NOT_EQUALS);
    private static final Set<Operator> ORDERS =
            Set.of(Operator.LESS, Operator.LESS_EQUALS, Operator.GREATER, Operator.GREATER_EQUALS);

    private final Class<?> fact;
    private final ExpressionFaults.Report report;

    /** @param fact that the condition belongs to */
    MeantComparison(Class<?> fact, ExpressionFaults.Report report) {
        this.fact = fact;
        this.report = report;
    }

    /** Whether a side is no value, which is reported. @param known tells the names that are values */
    boolean isNoValue(BinaryExpr comparison, Predicate<String> known) {
        return isMissing(comparison, known) || isChoice(comparison);
    }

    private boolean isMissing(BinaryExpr comparison, Predicate<String> known) {
        Expression value = comparison.getRight();
        boolean named = value instanceof NameExpr name
                && MissingValue.isMissing(name.getNameAsString())
                && !known.test(name.getNameAsString());
        if (!named && !value.isNullLiteralExpr()) {
            return false;
        }
        boolean there = comparison.getOperator() == Operator.NOT_EQUALS || ORDERS.contains(comparison.getOperator());
        String said = NodeText.of(value);
        if (comparison.getLeft() instanceof MethodCallExpr call
                && CompilerSource.PRESENT.containsKey(call.getNameAsString())) {
            if (!named) {
                return false;
            }
            String asked = CallCheck.text(call);
            MissingValue.condition(fact.getSimpleName(), asked, call.getNameAsString(), there)
                    .ifPresent(meant -> report.fault(said, isNone(said), "Write: " + meant));
            return true;
        }
        if (!(comparison.getLeft() instanceof NameExpr word)) {
            return false;
        }
        Class<?> type = Vocabulary.word(fact, word.getNameAsString());
        if (type == null || type == Double.class && !named) {
            return false;
        }
        String cure = MissingValue.cure(fact, word.getNameAsString(), there);
        if (named || type.isPrimitive()) {
            report.fault(said, named ? isNone(said) : isThere(word), cure);
        } else {
            report.slip(said, isThere(word), cure);
        }
        return true;
    }

    private static String isNone(String said) {
        return "'" + said + "' is not a value.";
    }

    private static String isThere(NameExpr word) {
        return "'" + word.getNameAsString() + "' is never null.";
    }

    /** {@code weekday == ( SATURDAY || SUNDAY )} */
    private boolean isChoice(BinaryExpr comparison) {
        if (!EQUALS.contains(comparison.getOperator())
                || !(comparison.getRight() instanceof EnclosedExpr enclosed)
                || !(enclosed.getInner() instanceof BinaryExpr joined)) {
            return false;
        }
        List<Expression> values = operands(joined);
        if (values.size() < 2 || !values.stream().allMatch(this::isValue)) {
            return false;
        }
        condition(comparison, values)
                .ifPresent(meant -> report.fault(
                        NodeText.of(values.get(0)),
                        "A comparison has one value, and '" + NodeText.shortened(joined) + "' are several.",
                        "Write: " + meant));
        return true;
    }

    private static Optional<String> condition(BinaryExpr comparison, List<Expression> values) {
        return AnyOf.condition(
                NodeText.of(comparison.getLeft()),
                comparison.getOperator().asString(),
                values.stream().map(NodeText::of).toList());
    }

    private boolean isValue(Expression value) {
        return value.isStringLiteralExpr()
                || value.isIntegerLiteralExpr()
                || value.isDoubleLiteralExpr()
                || value instanceof NameExpr name && Vocabulary.constant(fact, name.getNameAsString()) != null;
    }

    /** What is joined by the same sign, from the left. */
    private static List<Expression> operands(BinaryExpr joined) {
        List<Expression> operands = new ArrayList<>();
        Operator sign = joined.getOperator();
        boolean joins = Set.of(Operator.OR, Operator.AND, Operator.BINARY_OR, Operator.BINARY_AND)
                .contains(sign);
        if (!joins) {
            return operands;
        }
        Expression left = joined;
        while (left instanceof BinaryExpr more && more.getOperator() == sign) {
            operands.add(0, more.getRight());
            left = more.getLeft();
        }
        operands.add(0, left);
        return operands;
    }

    /** Values that are joined with a comparison. */
    private record Joined(BinaryExpr compared, List<Expression> values) {}

    /**
     * Values that are joined with a comparison, such as {@code brand == "Asana" || "Movo"}: reported once for all that one sign
     * joins.
     *
     * @return whether there are any
     */
    boolean hasJoinedValues(BinaryExpr joined) {
        BinaryExpr whole = joined;
        while (whole.getParentNode().orElse(null) instanceof BinaryExpr more
                && more.getOperator() == joined.getOperator()) {
            whole = more;
        }
        List<Joined> found = joinedValues(operands(whole));
        if (whole.equals(joined)) {
            found.forEach(this::report);
        }
        return !found.isEmpty();
    }

    private List<Joined> joinedValues(List<Expression> operands) {
        List<Joined> found = new ArrayList<>();
        Joined last = null;
        for (Expression operand : operands) {
            if (last != null && isValue(operand)) {
                last.values.add(operand);
                continue;
            }
            boolean compares =
                    operand instanceof BinaryExpr one && EQUALS.contains(one.getOperator()) && isValue(one.getRight());
            last = compares ? new Joined((BinaryExpr) operand, new ArrayList<>()) : null;
            if (last != null) {
                found.add(last);
            }
        }
        return found.stream().filter(joined -> !joined.values.isEmpty()).toList();
    }

    private void report(Joined joined) {
        List<Expression> all = new ArrayList<>(List.of(joined.compared.getRight()));
        all.addAll(joined.values);
        String first = NodeText.of(joined.values.get(0));
        condition(joined.compared, all)
                .ifPresent(meant -> report.fault(
                        first, "'" + NodeText.shortened(first) + "' is compared with nothing.", "Write: " + meant));
    }

    /** What compiles and cannot be meant. */
    void check(BinaryExpr comparison, Class<?> type) {
        if (EQUALS.contains(comparison.getOperator())
                && type == String.class
                && comparison.getRight() instanceof StringLiteralExpr text) {
            wildcards(comparison.getLeft(), List.of(text), comparison.getOperator() == Operator.NOT_EQUALS);
        }
        if (ORDERS.contains(comparison.getOperator()) && type.isEnum() && isValue(comparison.getRight())) {
            report.slip(
                    NodeText.of(comparison.getLeft()),
                    "'" + NodeText.shortened(comparison.getLeft()) + "' has no order.",
                    "Write: " + NodeText.of(comparison.getLeft()) + " in ( " + ordered(comparison, type) + " )");
        }
        if (EQUALS.contains(comparison.getOperator())
                && comparison.getRight() instanceof BinaryExpr difference
                && difference.getOperator() == Operator.MINUS
                && difference.getLeft().isIntegerLiteralExpr()
                && difference.getRight().isIntegerLiteralExpr()) {
            String word = NodeText.of(comparison.getLeft());
            report.slip(
                    NodeText.of(difference.getLeft()),
                    "'" + NodeText.of(difference) + "' is a subtraction.",
                    "For a range, write: "
                            + SpokenCondition.between(
                                    fact.getSimpleName(),
                                    word,
                                    NodeText.of(difference.getLeft()),
                                    NodeText.of(difference.getRight()),
                                    comparison.getOperator() == Operator.NOT_EQUALS));
        }
    }

    private static String ordered(BinaryExpr comparison, Class<?> type) {
        List<String> all = ValueWords.valuesOf(type);
        String value = NodeText.of(comparison.getRight()).replaceFirst("^\\w+\\.", "");
        int at = Math.max(0, all.indexOf(value));
        return String.join(
                ", ",
                switch (comparison.getOperator()) {
                    case LESS -> all.subList(0, Math.max(1, at));
                    case LESS_EQUALS -> all.subList(0, at + 1);
                    case GREATER -> all.subList(Math.min(at + 1, all.size() - 1), all.size());
                    default -> all.subList(at, all.size());
                });
    }

    /** Values of {@code in}, or of a comparison, with a star for any letters. */
    void wildcards(Expression left, List<Expression> values, boolean negated) {
        List<String> texts = values.stream()
                .filter(StringLiteralExpr.class::isInstance)
                .map(value -> ((StringLiteralExpr) value).getValue())
                .toList();
        Optional<String> found = texts.stream().filter(Wildcard::isIn).findFirst();
        if (found.isEmpty() || !(left instanceof NameExpr word)) {
            return;
        }
        String meant = texts.stream()
                .map(text -> Wildcard.isIn(text)
                        ? Wildcard.condition(fact, word.getNameAsString(), text, negated)
                        : word.getNameAsString() + (negated ? " != \"" : " == \"") + text + "\"")
                .collect(Collectors.joining(negated ? ", " : " || "));
        report.slip(
                "\"" + found.get() + "\"",
                "A text is compared letter by letter, and '"
                        + found.get().replaceAll("[^*%]", "").charAt(0) + "' does not stand for others.",
                "Write: " + meant);
    }

    /** A pattern in which a star repeats the sign before it, where any letters are meant: {@code "sport/*"}. */
    void starInPattern(Expression left, String pattern) {
        if (left instanceof NameExpr word && pattern.matches("[\\w/ -]+\\*") && !pattern.endsWith("?*")) {
            report.slip(
                    "\"" + pattern + "\"",
                    "In a pattern, '*' repeats the sign before it, and '.*' stands for any text.",
                    "Write: " + Wildcard.condition(fact, word.getNameAsString(), pattern, false));
        }
    }

    /** {@code stock == TRUE}, which is reported. @param known tells the names that are values */
    boolean isYesOrNo(Expression value, Class<?> type, Predicate<String> known) {
        boolean said = value instanceof NameExpr name
                && name.getNameAsString().matches("(?i)true|false|yes|no")
                && !known.test(name.getNameAsString());
        if (!said || !CallForms.isNumber(type)) {
            return false;
        }
        String text = NodeText.of(value);
        boolean yes = text.matches("(?i)true|yes");
        String word = value.getParentNode()
                .filter(BinaryExpr.class::isInstance)
                .map(whole -> NodeText.of(((BinaryExpr) whole).getLeft()))
                .orElse("");
        report.fault(text, "'" + word + "' is a number, but " + text + " is not.", MissingValue.cure(fact, word, yes));
        return true;
    }

    /** {@code tags in ( "core", "gift" )}: nothing meets it. */
    void severalIn(Expression left, Class<?> type, List<Expression> values, boolean negated) {
        boolean several = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        if (several && left instanceof NameExpr) {
            String word = NodeText.of(left);
            report.slip(
                    word,
                    "'" + word + "' holds several values, and 'in' compares one.",
                    "Write: "
                            + values.stream()
                                    .map(value -> word + (negated ? " not" : "") + " contains " + NodeText.of(value))
                                    .collect(Collectors.joining(negated ? ", " : " || ")));
        }
    }

    /** Whether a text holds another one, or a list a value, as a condition; nothing where rules cannot ask it. */
    static Optional<String> holds(String fact, String word, String value) {
        Class<?> of = Vocabulary.isFact(fact) ? Vocabulary.fact(fact) : null;
        Class<?> type = of == null ? null : Vocabulary.word(of, word);
        if (type == null || !value.matches("\"[^\"]*\"")) {
            return Optional.empty();
        }
        return Optional.of(
                type == String.class
                        ? word + " matches \".*" + value.substring(1, value.length() - 1) + ".*\""
                        : word + " contains " + value);
    }

    /** A call that texts and lists have in other languages. */
    void callOfValue(MethodCallExpr call, Class<?> type) {
        String word = NodeText.of(call.getScope().orElseThrow());
        String name = call.getNameAsString();
        String value = call.getArguments().size() == 1 ? CallCheck.text(call.getArgument(0)) : "";
        boolean quoted = value.matches("\"[^\"]*\"");
        String text = quoted ? value.substring(1, value.length() - 1) : "";
        boolean several = Collection.class.isAssignableFrom(type);
        String meant =
                switch (name) {
                    case "equals", "equalsIgnoreCase", "eq", "is" -> value.isEmpty() ? null : word + " == " + value;
                    case "isEmpty", "isBlank", "isNull" ->
                        MissingValue.condition(fact.getSimpleName(), word, word, false)
                                .orElse(null);
                    case "contains", "includes", "has", "indexOf" ->
                        several && !value.isEmpty()
                                ? word + " contains " + value
                                : quoted ? word + " matches \".*" + text + ".*\"" : null;
                    case "startsWith", "beginsWith" ->
                        quoted ? Wildcard.condition(fact, word, text + "*", false) : null;
                    case "endsWith" -> quoted ? word + " matches \".*" + text + "\"" : null;
                    case "matches", "match", "test" -> quoted ? word + " matches " + value : null;
                    default -> null;
                };
        hasNo(type, name, meant == null ? "" : "Write: " + meant);
    }

    /** A word that texts and lists have in other languages, such as {@code length}. */
    void hasNo(Class<?> type, String word) {
        hasNo(type, word, "");
    }

    private void hasNo(Class<?> type, String word, String cure) {
        boolean several = Collection.class.isAssignableFrom(type);
        report.fault(
                word,
                (several ? "A list" : type == String.class ? "A text" : "A value") + " has no '" + word + "'.",
                !cure.isEmpty()
                        ? cure
                        : several ? "Ask for what it holds, with contains." : "Compare it with ==, !=, matches or in.");
    }

    /** A function of spreadsheets and databases, which is reported. */
    boolean isFunction(MethodCallExpr call) {
        String name = call.getNameAsString();
        List<String> values = call.getArguments().stream().map(CallCheck::text).toList();
        String first = values.isEmpty() ? "" : values.get(0);
        String word = call.getArguments().isEmpty() ? "" : NodeText.firstWord(call.getArgument(0));
        String asked =
                switch (name.toLowerCase(Locale.ROOT)) {
                    case "isblank", "isempty", "isnull", "isna", "isnone", "empty", "notexists", "missing" ->
                        "Write: "
                                + MissingValue.condition(fact.getSimpleName(), first, word, false)
                                        .orElse("");
                    case "exists", "isnotempty", "isnotblank", "isnotnull", "isset", "notempty" ->
                        "Write: "
                                + MissingValue.condition(fact.getSimpleName(), first, word, true)
                                        .orElse("");
                    case "contains", "includes", "search", "find", "instr", "like" ->
                        "Write: "
                                + (values.size() == 2
                                        ? holds(fact.getSimpleName(), first, values.get(1))
                                                .or(() -> holds(fact.getSimpleName(), values.get(1), first))
                                                .orElse("")
                                        : "");
                    case "coalesce", "ifnull", "nvl", "iferror", "ifna" ->
                        first.isEmpty()
                                ? ""
                                : "No comparison holds of what is unknown, so the word stands alone. Write: " + first;
                    case "round", "floor", "ceil", "abs", "trunc", "int", "rounddown", "roundup" ->
                        first.isEmpty() ? "" : "Numbers are compared as they are. Write: " + first;
                    default -> "";
                };
        String cure = !asked.isEmpty() && !asked.equals("Write: ") ? asked : functionCure(name);
        if (!cure.isEmpty()) {
            report.fault(name, "There is no function '" + name + "' in conditions.", cure);
        }
        return !cure.isEmpty();
    }

    /** What to write in place of a function of spreadsheets and databases, "" if nobody knows. */
    static String functionCure(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "count", "sum", "avg", "average", "max", "min", "median", "length", "len", "size" ->
                "A condition asks one fact for its words. Where a price stands in its category says priceLevel.";
            case "today", "now", "date", "weekday", "hour", "time", "day" ->
                "Ask the shop in a line of its own, such as: Shop( hour >= 18, weekday == FRIDAY )";
            case "lower", "upper", "trim", "tolower", "toupper" -> "Compare the text as the catalog has it.";
            case "isblank", "isempty", "isnull", "isna", "exists", "isset", "coalesce", "ifnull", "nvl" ->
                "What is not there is == \"\" for a text, and !has( \"material\" ) for what the shop has named itself.";
            case "contains", "search", "find", "instr", "like" ->
                "A text is asked with matches, and a list with contains: name matches \".*yoga.*\"";
            case "round", "floor", "ceil", "abs", "trunc" -> "Numbers are compared as they are.";
            default -> "";
        };
    }

    /** {@code !brand == "Asana"}: the sign belongs to the comparison. */
    void negatedValue(UnaryExpr negated, Class<?> type) {
        String word = NodeText.of(negated.getExpression());
        BinaryExpr compared = negated.getParentNode()
                .filter(BinaryExpr.class::isInstance)
                .map(BinaryExpr.class::cast)
                .filter(above ->
                        EQUALS.contains(above.getOperator()) && above.getLeft().equals(negated))
                .orElse(null);
        String cure;
        if (compared != null) {
            boolean list = Collection.class.isAssignableFrom(type);
            boolean equals = compared.getOperator() == Operator.EQUALS;
            cure = "Write: " + word + " "
                    + (list ? equals ? "not contains" : "contains" : equals ? "!=" : "==") + " "
                    + NodeText.of(compared.getRight());
        } else {
            cure = MissingValue.cure(fact, word, false);
        }
        report.fault(
                NodeText.firstWord(negated.getExpression()),
                "'!' stands before what is true or false, and '" + NodeText.shortened(word) + "' is "
                        + ValueWords.kind(type) + ".",
                cure);
    }
}
