package dev.vitrine.rulebook;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One thing that a rule asks of a fact: {@code price < 10}. Where the value is not written in the rule, or the form is
 * another, only the same text is known to be the same.
 *
 * @param operator "" where the whole is only a text
 */
record Term(String field, String operator, String value) {
    private static final Pattern WRITTEN =
            Pattern.compile("-?\\d+(?:\\.\\d+)?|\"[^\"]*\"|true|false|(?:\\w+\\.)?[A-Z][A-Z_]+");
    private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=", "==");

    static Term opaque(String text) {
        return new Term(text, "", "");
    }

    static Term compared(String left, String operator, String right) {
        return WRITTEN.matcher(left).matches() && !WRITTEN.matcher(right).matches()
                ? new Term(right, turned(operator), left)
                : new Term(left, operator, right);
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

    /** Whether every fact that meets this meets the other too. */
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

    /** Whether no fact can meet both. */
    boolean excludes(Term other) {
        if (!comparable(other)) {
            return false;
        }
        boolean same = bare(value).equals(bare(other.value));
        if (operator.equals("==") && other.operator.equals("==") && !(ordered() && other.ordered())) {
            return !same;
        }
        if (operator.equals("!=") || other.operator.equals("!=")) {
            return same && (operator.equals("==") || other.operator.equals("=="));
        }
        return ordered() && other.ordered() && (apart(this, other) || apart(other, this));
    }

    private static boolean apart(Term low, Term high) {
        return low.to() < high.from() || low.to() == high.from() && !(low.closedTo() && high.closedFrom());
    }

    private boolean comparable(Term other) {
        return field.equals(other.field)
                && !operator.isEmpty()
                && !other.operator.isEmpty()
                && WRITTEN.matcher(value).matches()
                && WRITTEN.matcher(other.value).matches();
    }

    /** {@code Kind.BUNDLE} is {@code BUNDLE}. */
    private static String bare(String value) {
        return value.matches("\\w+\\.[A-Z_]+") ? value.substring(value.indexOf('.') + 1) : value;
    }

    private boolean ordered() {
        return ORDERS.contains(operator) && value.matches("-?\\d.*");
    }

    private double from() {
        return operator.startsWith("<") ? Double.NEGATIVE_INFINITY : Double.parseDouble(value);
    }

    private double to() {
        return operator.startsWith(">") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
    }

    private boolean closedFrom() {
        return !operator.equals(">");
    }

    private boolean closedTo() {
        return !operator.equals("<");
    }

    @Override
    public String toString() {
        return operator.isEmpty() ? field : field + " " + operator + " " + value;
    }
}
