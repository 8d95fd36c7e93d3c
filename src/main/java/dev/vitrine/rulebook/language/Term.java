package dev.vitrine.rulebook.language;

import java.util.Set;
import java.util.regex.Pattern;

/** One thing that a rule asks of a fact, such as {@code price < 10}; a term in another form has operator "". */
public record Term(String field, String operator, Value value) {
    /** {@code bare} is {@code BUNDLE} for {@code Kind.BUNDLE}, {@code number} is NaN if it is none. */
    record Value(String text, boolean literal, String bare, double number) {
        private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?");
        private static final Pattern CONSTANT = Pattern.compile("\\w+\\.[A-Z_]+");

        static Value of(String text) {
            return new Value(
                    text,
                    LITERAL.matcher(text).matches(),
                    CONSTANT.matcher(text).matches() ? text.substring(text.indexOf('.') + 1) : text,
                    NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN);
        }
    }

    private static final Pattern LITERAL =
            Pattern.compile("-?\\d+(?:\\.\\d+)?|\"[^\"]*\"|true|false|(?:\\w+\\.)?[A-Z][A-Z_]+");
    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=", "==");

    static Term opaque(String text) {
        return new Term(text, "", Value.of(""));
    }

    static Term compared(String left, String operator, String right) {
        Value one = Value.of(left);
        Value other = Value.of(right);
        return one.literal && !other.literal ? new Term(right, turned(operator), one) : new Term(left, operator, other);
    }

    private static String turned(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    /** Whether every fact that meets this term meets the other too. */
    boolean implies(Term other) {
        if (equals(other)) {
            return true;
        }
        if (!comparable(other)) {
            return false;
        }
        if (other.operator.equals("!=")) {
            return excludes(new Term(field, "==", other.value));
        }
        if (!ordered() || !other.ordered()) {
            return false;
        }
        boolean low = from() > other.from() || from() == other.from() && (other.closedFrom() || !closedFrom());
        boolean high = to() < other.to() || to() == other.to() && (other.closedTo() || !closedTo());
        return low && high;
    }

    /** Whether no fact can meet both terms. */
    boolean excludes(Term other) {
        if (!comparable(other)) {
            return false;
        }
        boolean same = value.bare.equals(other.value.bare);
        if (operator.equals("==") && other.operator.equals("==") && !(ordered() && other.ordered())) {
            return !same;
        }
        if (operator.equals("!=") || other.operator.equals("!=")) {
            return same && (operator.equals("==") || other.operator.equals("=="));
        }
        return ordered() && other.ordered() && (isBelow(this, other) || isBelow(other, this));
    }

    /** Whether no value within the range meets this term. */
    boolean isOutside(Ranges.Range range) {
        return Double.isFinite(range.max()) && excludes(bound("<=", range.max()))
                || Double.isFinite(range.min()) && excludes(bound(">=", range.min()));
    }

    /** Whether every value within the range meets this term. */
    boolean holdsWithin(Ranges.Range range) {
        return Double.isFinite(range.max()) && bound("<=", range.max()).implies(this)
                || Double.isFinite(range.min()) && bound(">=", range.min()).implies(this);
    }

    private Term bound(String comparison, double number) {
        return new Term(field, comparison, new Value("", true, "", number));
    }

    private static boolean isBelow(Term low, Term high) {
        return low.to() < high.from() || low.to() == high.from() && !(low.closedTo() && high.closedFrom());
    }

    private boolean comparable(Term other) {
        return field.equals(other.field)
                && !operator.isEmpty()
                && !other.operator.isEmpty()
                && value.literal
                && other.value.literal;
    }

    private boolean ordered() {
        return !Double.isNaN(value.number) && ORDERS.contains(operator);
    }

    private double from() {
        return operator.startsWith("<") ? Double.NEGATIVE_INFINITY : value.number;
    }

    private double to() {
        return operator.startsWith(">") ? Double.POSITIVE_INFINITY : value.number;
    }

    private boolean closedFrom() {
        return !operator.equals(">");
    }

    private boolean closedTo() {
        return !operator.equals("<");
    }

    @Override
    public String toString() {
        return operator.isEmpty() ? field : field + " " + operator + " " + value.text;
    }
}
