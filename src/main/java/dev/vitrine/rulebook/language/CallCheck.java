package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.vitrine.merchandising.DiversityKey;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.CallForms.Argument;
import dev.vitrine.rulebook.language.CallForms.Form;
import dev.vitrine.rulebook.language.CallForms.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Checks what a verb, a function or a word is given: how many values, of which kind, and which numbers. The compiler would find
 * the first two in terms of Java, and the numbers only where a case happens to fire the rule.
 */
final class CallCheck {
    /** From here on, a number that should be a share is taken for a percentage. */
    private static final double PERCENT_FROM = 5;

    private static final double PERCENT_TO = 100;

    private static final Pattern PERCENT = Pattern.compile("(?i)\\s*(%|percent|pct|prozent)$");

    /** The group that a comparison of a candidate names, by its word and its sign. */
    private static final Map<String, String> GROUPS = Map.of(
            "margin >", "withMarginFrom",
            "margin >=", "withMarginFrom",
            "margin <", "withMarginBelow",
            "margin <=", "withMarginBelow",
            "brand ==", "ofBrand",
            "category ==", "inCategory",
            "daysSinceLaunch <", "newerThan",
            "daysSinceLaunch <=", "newerThan",
            "views <", "viewedLessThan",
            "views <=", "viewedLessThan");

    private final ExpressionFaults.Report report;

    CallCheck(ExpressionFaults.Report report) {
        this.report = report;
    }

    /** @param types of the arguments, null for one whose fault was reported */
    void check(MethodCallExpr call, Form form, List<Class<?>> types) {
        List<Argument> wanted = form.arguments();
        if (types.size() != wanted.size()) {
            count(call, form, types);
            return;
        }
        if (types.contains(null)) {
            return;
        }
        boolean turned = types.size() == 2
                && !fits(wanted.get(0), types.get(0), call.getArgument(0))
                && fits(wanted.get(0), types.get(1), call.getArgument(1))
                && fits(wanted.get(1), types.get(0), call.getArgument(0));
        if (turned) {
            report.fault(
                    call.getNameAsString(),
                    "The values of '" + call.getNameAsString() + "' are in another order: it takes " + form + ".",
                    write(call, List.of(text(call.getArgument(1)), text(call.getArgument(0)))));
            return;
        }
        for (int i = 0; i < wanted.size(); i++) {
            if (!fits(wanted.get(i), types.get(i), call.getArgument(i))) {
                kind(call, form, i, types.get(i));
                return;
            }
        }
        for (int i = 0; i < wanted.size(); i++) {
            limits(call, wanted.get(i), i, types);
        }
        if (form.name().equals("withMarginBetween") && constant(call.getArgument(0)) >= constant(call.getArgument(1))) {
            report.slip(
                    text(call.getArgument(0)),
                    "No margin is at least " + text(call.getArgument(0)) + " and below " + text(call.getArgument(1))
                            + ".",
                    write(call, List.of(text(call.getArgument(1)), text(call.getArgument(0)))));
        }
    }

    private static boolean fits(Argument wanted, Class<?> type, Expression value) {
        boolean decimal = unsigned(value) instanceof DoubleLiteralExpr
                || type == double.class && !isComputed(value) && !isLiteral(unsigned(value));
        return wanted.kind().takes(type) && !(wanted.kind() == Kind.WHOLE && decimal);
    }

    /** What only the compiler can tell to be whole or not. */
    private static boolean isComputed(Expression value) {
        return unsigned(value) instanceof BinaryExpr || unsigned(value) instanceof NameExpr;
    }

    private static boolean isLiteral(Expression value) {
        return value instanceof IntegerLiteralExpr || value instanceof DoubleLiteralExpr;
    }

    private static Expression unsigned(Expression value) {
        if (value instanceof EnclosedExpr enclosed) {
            return unsigned(enclosed.getInner());
        }
        return value instanceof UnaryExpr sign && sign.getOperator() == UnaryExpr.Operator.MINUS
                ? unsigned(sign.getExpression())
                : value;
    }

    /** The number that is written there, NaN if it is none. */
    static double constant(Expression value) {
        if (value instanceof EnclosedExpr enclosed) {
            return constant(enclosed.getInner());
        } else if (value instanceof UnaryExpr sign && sign.getOperator() == UnaryExpr.Operator.MINUS) {
            return -constant(sign.getExpression());
        }
        return isLiteral(value) && RuleGrammar.NUMBER.matcher(value.toString()).matches()
                ? Double.parseDouble(value.toString())
                : Double.NaN;
    }

    // --- how many ---

    private void count(MethodCallExpr call, Form form, List<Class<?>> types) {
        int given = types.size();
        String name = call.getNameAsString();
        Optional<List<String>> decimal = decimalComma(call, form);
        String message = "'" + name + "' takes " + form + ", but is given "
                + (given == 0 ? "nothing" : given == 1 ? "one value" : given + " values") + ".";
        if (decimal.isPresent()) {
            report.fault(name, message, "A decimal has a point. " + write(call, decimal.get()));
            return;
        }
        boolean each = form.arguments().size() == 1 && given > 1 && Vocabulary.function(name) == null;
        if (each && !Vocabulary.verbs().contains(name)) {
            report.fault(
                    name,
                    message,
                    "Write: "
                            + call.getArguments().stream()
                                    .map(value -> call(name, List.of(text(value))))
                                    .collect(Collectors.joining(", ")));
            return;
        }
        List<String> values = IntStream.range(0, form.arguments().size())
                .mapToObj(i -> i < given
                                && types.get(i) != null
                                && fits(form.arguments().get(i), types.get(i), call.getArgument(i))
                        ? text(call.getArgument(i))
                        : form.arguments().get(i).sample())
                .toList();
        report.fault(name, message, (given < values.size() ? "Write for example: " : "Write: ") + whole(call, values));
    }

    /** {@code 1,5} is two values where {@code 1.5} was meant. */
    private static Optional<List<String>> decimalComma(MethodCallExpr call, Form form) {
        List<String> values = new ArrayList<>();
        boolean joined = false;
        for (int i = 0; i < call.getArguments().size(); i++) {
            Expression value = call.getArgument(i);
            boolean next = i + 1 < call.getArguments().size()
                    && values.size() < form.arguments().size()
                    && form.arguments().get(values.size()).kind() != Kind.WHOLE
                    && call.getArgument(i + 1) instanceof IntegerLiteralExpr
                    && unsigned(value) instanceof IntegerLiteralExpr;
            if (next && !joined) {
                values.add(text(value) + "." + text(call.getArgument(i + 1)));
                joined = true;
                i++;
            } else {
                values.add(text(value));
            }
        }
        return joined && values.size() == form.arguments().size() ? Optional.of(values) : Optional.empty();
    }

    // --- of which kind ---

    private void kind(MethodCallExpr call, Form form, int at, Class<?> type) {
        Argument wanted = form.arguments().get(at);
        Expression value = call.getArgument(at);
        report.fault(
                text(value),
                "'" + call.getNameAsString() + "' takes " + wanted.kind() + " here, not " + text(value) + ".",
                cure(call, wanted, at, type));
    }

    private static String cure(MethodCallExpr call, Argument wanted, int at, Class<?> type) {
        Expression value = call.getArgument(at);
        String literal =
                value instanceof StringLiteralExpr text ? text.asString().strip() : null;
        if (type == DiversityKey.class) {
            return "Only atMost counts each of them: shelf.atMost( 2, " + text(value) + " );";
        } else if (wanted.kind() == Kind.CANDIDATE && literal != null) {
            return "Name it in the condition, $c : Candidate( sku == " + text(value) + " ). "
                    + write(call, replaced(call, at, "$c"));
        } else if (wanted.kind() == Kind.DISPLAY) {
            return "Displays: nothing(), reinforce( sku ), bundle( $c ), comparison( 3, category ), article( $c ).";
        } else if (wanted.name().equals("count") && constant(value) < 1 && constant(value) > 0) {
            return "For a share, write: shelf.cap( " + text(value) + ", ofBrand( \"…\" ) ); for a count: "
                    + whole(call, replaced(call, at, wanted.sample()));
        }
        Optional<String> meant = meant(wanted.kind(), value, literal);
        String percent = literal != null && PERCENT.matcher(literal).find() && meant.isPresent()
                ? PERCENT.matcher(literal).replaceFirst(" %") + " is " + meant.get() + ". "
                : "";
        return meant.map(text -> percent + write(call, replaced(call, at, text)))
                .orElseGet(() -> "Write for example: " + whole(call, replaced(call, at, wanted.sample())));
    }

    private static Optional<String> meant(Kind kind, Expression value, String literal) {
        if (kind == Kind.WHOLE && !Double.isNaN(constant(value))) {
            return Optional.of(Proposal.number(Math.max(1, Math.rint(constant(value)))));
        } else if (kind == Kind.TEXT && isLiteral(unsigned(value))) {
            return Optional.of("\"" + text(value) + "\"");
        } else if (literal == null) {
            return Optional.empty();
        } else if (kind.isNumber()) {
            Optional<NumberWithUnit> unit = NumberWithUnit.in("", "", literal);
            if (unit.isPresent()
                    && (kind == Kind.SHARE || !PERCENT.matcher(literal).find())) {
                return Optional.of(unit.get().number());
            }
            return literal.matches("\\d+([.,]\\d+)?") ? Optional.of(literal.replace(',', '.')) : Optional.empty();
        } else if (kind == Kind.MOOD) {
            return Nearest.to(literal.replace('-', '_'), CallForms.moods());
        }
        return kind == Kind.GROUP || kind == Kind.GROUP_OR_EACH
                ? Optional.of("taggedWith( " + text(value) + " )")
                : Optional.empty();
    }

    /** A condition where a group is named: {@code guarantee( 0.2, margin > 0.4 )}. */
    void condition(MethodCallExpr call, Argument wanted, int at, BinaryExpr condition) {
        Expression word = condition.getLeft();
        String name = word instanceof MethodCallExpr asked ? asked.getNameAsString() : text(word);
        String group = GROUPS.get(name + " " + condition.getOperator().asString());
        boolean literal = condition.getRight().isLiteralExpr();
        report.fault(
                text(condition),
                "'" + text(condition) + "' is a condition, and '" + call.getNameAsString() + "' takes " + wanted.kind()
                        + " here.",
                group != null && literal
                        ? write(call, replaced(call, at, call(group, List.of(text(condition.getRight())))))
                        : "Write for example: " + whole(call, replaced(call, at, wanted.sample())));
    }

    // --- which numbers ---

    private void limits(MethodCallExpr call, Argument wanted, int at, List<Class<?>> types) {
        double value = constant(call.getArgument(at));
        boolean noPlace = value == 0 && at == 0 && types.size() == 2 && types.get(1) == DiversityKey.class;
        if (Double.isNaN(value) || wanted.limits().hold(value) && !noPlace) {
            return;
        }
        String limits = noPlace ? "1 to 100" : wanted.limits().toString();
        report.slip(
                text(call.getArgument(at)),
                "The " + wanted.name() + " of '" + call.getNameAsString() + "' is " + limits + ", not "
                        + text(call.getArgument(at)) + ".",
                number(call, wanted, at, value));
    }

    private static String number(MethodCallExpr call, Argument wanted, int at, double value) {
        String name = call.getNameAsString();
        String candidate = text(call.getArgument(0));
        if (name.equals("boost") && value == 1) {
            return "1 changes nothing; write for example: " + whole(call, replaced(call, at, wanted.sample()));
        } else if (name.equals("boost") && value < 1) {
            String lower = value > 0 ? text(call.getArgument(at)) : "0.5";
            return "To lower it, write: shelf.bury( " + candidate + ", " + lower + " ); to keep it off the shelf: "
                    + "shelf.hide( " + candidate + " );";
        } else if (name.equals("bury")) {
            return value <= 0
                    ? "To keep it off the shelf, write: shelf.hide( " + candidate + " );"
                    : value == 1
                            ? "1 changes nothing; write for example: " + whole(call, replaced(call, at, "0.5"))
                            : "To lift it, write: shelf.boost( " + candidate + ", "
                                    + Proposal.number(Math.min(value, 100)) + " ); to lower it: "
                                    + whole(
                                            call,
                                            replaced(call, at, value >= 10 && value < 100 ? share(value) : "0.5"));
        }
        boolean share = wanted.limits().max() == 1;
        boolean count = wanted.kind() == Kind.SHARE && value >= 2 && value < PERCENT_FROM && value == Math.rint(value);
        if (count) {
            return count(call, at, value);
        }
        if (share && value >= PERCENT_FROM && value <= PERCENT_TO) {
            return Proposal.number(value) + " % is " + share(value) + ". "
                    + write(call, replaced(call, at, share(value)));
        }
        double least = wanted.limits().min();
        double nearest = value > wanted.limits().max() ? wanted.limits().max() : least;
        boolean useful = nearest > 0 && (nearest != 1 || !share);
        return useful
                ? write(call, replaced(call, at, Proposal.number(nearest)))
                : "Write for example: " + whole(call, replaced(call, at, wanted.sample()));
    }

    /** A share where the number is a count of places. */
    private static String count(MethodCallExpr call, int at, double count) {
        String ofTen = Proposal.number(count / 10);
        if (!call.getNameAsString().equals("cap")) {
            return "It is a share of the list: " + Proposal.number(count) + " of 10 places are " + ofTen + ". "
                    + write(call, replaced(call, at, ofTen));
        }
        Expression group = call.getArgument(1 - at);
        String named = group instanceof StringLiteralExpr ? call("taggedWith", List.of(text(group))) : text(group);
        return "A count is given with atMost: shelf.atMost( " + Proposal.number(count) + ", " + named
                + " ); a share is such as: " + whole(call, replaced(call, at, ofTen));
    }

    /** Rounded, because 7 / 100.0 is not 0.07. */
    static String share(double percent) {
        return Proposal.number(Math.round(percent * 100) / 10_000.0);
    }

    // --- names that nobody knows ---

    /** Says what a name was meant for that stands where a value of this kind must be; false if it is known. */
    void unknown(MethodCallExpr call, Argument wanted, int at, String name, Collection<String> bound) {
        String message = "'" + NodeText.shortened(name) + "' is not " + wanted.kind() + ".";
        String cure;
        if (wanted.kind() == Kind.MOOD) {
            message = "There is no mood '" + NodeText.shortened(name) + "'.";
            cure = Nearest.to(name.replace('-', '_'), CallForms.moods())
                    .map(near -> write(call, replaced(call, at, near)))
                    .orElse("Moods: " + String.join(", ", CallForms.moods()) + ".");
        } else if (Vocabulary.function(name) != null && wanted.kind().takes(Vocabulary.function(name))) {
            message = "'" + name + "' has no brackets.";
            cure = write(call, replaced(call, at, sample(name)));
        } else if (wanted.kind() == Kind.TEXT || wanted.kind() == Kind.TAG_OR_GROUP) {
            cure = write(call, replaced(call, at, "\"" + name + "\""));
        } else if (wanted.kind() == Kind.CANDIDATE || wanted.kind() == Kind.CAMPAIGN) {
            message = "'" + NodeText.shortened(name) + "' is not a name of this rule.";
            cure = Nearest.to(name, bound)
                    .map(near -> write(call, replaced(call, at, near)))
                    .orElse("Name " + wanted.kind() + " in the condition, such as " + wanted.sample() + " : "
                            + capital(wanted.name()) + "( … ). " + write(call, replaced(call, at, wanted.sample())));
        } else {
            cure = "Write for example: " + whole(call, replaced(call, at, wanted.sample()));
        }
        report.fault(name, message, cure);
    }

    private static String capital(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String sample(String name) {
        return call(
                name,
                CallForms.of(name).arguments().stream().map(Argument::sample).toList());
    }

    /** How a function is called that nobody knows, where a value of this kind must be. */
    static String unknownFunction(String name, Kind kind) {
        List<String> known = CallForms.functionsFor(kind);
        return Nearest.to(name, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse("Write " + (known.size() > 1 ? "one of " : "") + String.join(", ", known) + ".");
    }

    // --- the call as it should be ---

    private static String write(MethodCallExpr call, List<String> values) {
        return "Write: " + whole(call, values);
    }

    private static List<String> replaced(MethodCallExpr call, int at, String value) {
        return IntStream.range(0, call.getArguments().size())
                .mapToObj(i -> i == at ? value : text(call.getArgument(i)))
                .toList();
    }

    private static String whole(MethodCallExpr call, List<String> values) {
        String name = call.getNameAsString();
        if (Vocabulary.verbs().contains(name)) {
            return "shelf." + call(name, values) + ";";
        }
        return call.getScope().map(scope -> text(scope) + ".").orElse("") + call(name, values);
    }

    static String call(String name, List<String> values) {
        return values.isEmpty() ? name + "()" : name + "( " + String.join(", ", values) + " )";
    }

    /** A value as people write it: with blanks within brackets. */
    static String text(Expression value) {
        if (value instanceof MethodCallExpr call) {
            return call.getScope().map(scope -> text(scope) + ".").orElse("")
                    + call(
                            call.getNameAsString(),
                            call.getArguments().stream().map(CallCheck::text).toList());
        }
        return NodeText.shortened(value);
    }
}
