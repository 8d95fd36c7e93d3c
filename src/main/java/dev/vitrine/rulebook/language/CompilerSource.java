package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BinaryExpr.Operator;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.drools.drl.ast.descr.BaseDescr;
import org.drools.drl.ast.descr.ConditionalElementDescr;
import org.drools.drl.ast.descr.PatternDescr;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/**
 * The text of a rule file for the compiler. It writes out what two forms of conditions mean, which Drools reads otherwise or
 * not at all; every line keeps its number.
 *
 * <ul>
 *   <li>A comparison of a value that the shop has named does not hold where the value is missing: {@code text( "size" ) != "L"}
 *       becomes {@code has( "size" ), text( "size" ) != "L"}. Java would say that a missing text is unequal to each text, and
 *       Drools that one missing number equals another. In the same way, {@code rating < 3} becomes {@code rating != null,
 *       rating < 3}.
 *   <li>A map {@code contains} its keys: {@code interests contains "sport"} becomes {@code interests.keySet() contains "sport"}.
 *       Drools knows the operator for lists only.
 * </ul>
 */
final class CompilerSource {
    /** What must be true of the value that a word reads, by word. */
    static final Map<String, String> PRESENT = Map.of("text", "has", "number", "hasNumber");

    private static final Set<Operator> COMPARISONS = Set.of(
            Operator.EQUALS,
            Operator.NOT_EQUALS,
            Operator.LESS,
            Operator.LESS_EQUALS,
            Operator.GREATER,
            Operator.GREATER_EQUALS);

    /** Most constraints have none of these forms, and are not parsed again. */
    private static final Pattern CONCERNED = Pattern.compile(
            "\\b(?:text|number)\\s*\\(|\\b(?:contains|memberOf|" + String.join("|", Vocabulary.nullable()) + ")\\b");

    private record Place(int from, int to, String text) {}

    private final String source;
    private final List<Place> places = new ArrayList<>();

    private CompilerSource(String source) {
        this.source = source;
    }

    /** @param rules of the file, as parsed from the source */
    static String of(String source, List<RuleDescr> rules) {
        CompilerSource written = new CompilerSource(source);
        rules.forEach(rule -> written.element(rule.getLhs()));
        return written.text();
    }

    private String text() {
        StringBuilder text = new StringBuilder(source);
        places.stream()
                .sorted(Comparator.comparingInt(Place::from).reversed())
                .forEach(place -> text.replace(place.from, place.to, place.text));
        return text.toString();
    }

    private void element(BaseDescr element) {
        if (element instanceof PatternDescr pattern && Vocabulary.isFact(pattern.getObjectType())) {
            Class<?> fact = Vocabulary.fact(pattern.getObjectType());
            pattern.getConstraint().getDescrs().forEach(constraint -> constraint(constraint, fact));
        } else if (element instanceof ConditionalElementDescr group) {
            group.getDescrs().forEach(part -> element((BaseDescr) part));
        }
    }

    private void constraint(BaseDescr constraint, Class<?> fact) {
        String text = constraint.toString();
        if (!CONCERNED.matcher(text).find()) {
            return;
        }
        DrlxExpression parsed = ConstraintSource.of(constraint, 0).parsed();
        if (parsed == null) {
            return;
        }
        String meant = constraint(parsed, fact);
        if (!meant.equals(NodeText.of(parsed))) {
            int from = constraint.getStartCharacter();
            if (from < 0 || !source.startsWith(text, from)) {
                throw new IllegalStateException("the place of '" + NodeText.shortened(text) + "' is unknown");
            }
            String breaks =
                    "\n".repeat((int) text.chars().filter(c -> c == '\n').count());
            places.add(new Place(from, from + text.length(), meant + breaks));
        }
    }

    /** A constraint, or several of them. */
    private static String constraint(DrlxExpression parsed, Class<?> fact) {
        Expression expression = parsed.getExpr();
        String bind = parsed.getBind() == null ? "" : parsed.getBind().asString() + " : ";
        boolean joined = expression instanceof BinaryExpr binary
                && (binary.getOperator() == Operator.AND || binary.getOperator() == Operator.OR);
        if (joined && !hasHalves(expression)) {
            return bind + written(expression, fact);
        }
        boolean holdsByItself = bind.isEmpty() && !isComparison(expression) && !joined;
        Set<String> guards = holdsByItself ? Set.of() : guards(expression, fact);
        return Stream.concat(guards.stream(), Stream.of(bind + plain(expression, fact)))
                .collect(Collectors.joining(", "));
    }

    /** {@code == "a" || == "b"}: the other half is what stands before it. */
    static boolean hasHalves(Expression expression) {
        return expression instanceof HalfBinaryExpr
                || expression instanceof HalfPointFreeExpr
                || expression instanceof BinaryExpr binary
                        && (hasHalves(binary.getLeft()) || hasHalves(binary.getRight()));
    }

    private static boolean isComparison(Expression expression) {
        return expression instanceof PointFreeExpr
                || expression instanceof BinaryExpr binary && COMPARISONS.contains(binary.getOperator());
    }

    private static String written(Expression expression, Class<?> fact) {
        if (expression instanceof EnclosedExpr enclosed) {
            return "( " + written(enclosed.getInner(), fact) + " )";
        }
        if (expression instanceof UnaryExpr unary) {
            return unary.getOperator().asString() + written(unary.getExpression(), fact);
        }
        if (isComparison(expression)) {
            Set<String> guards = guards(expression, fact);
            String text = plain(expression, fact);
            return guards.isEmpty() ? text : "( " + String.join(" && ", guards) + " && " + text + " )";
        }
        if (expression instanceof BinaryExpr binary) {
            return written(binary.getLeft(), fact) + " " + binary.getOperator().asString() + " "
                    + written(binary.getRight(), fact);
        }
        return NodeText.of(expression);
    }

    /** The expression without guards. */
    private static String plain(Expression expression, Class<?> fact) {
        if (expression instanceof EnclosedExpr || expression instanceof UnaryExpr) {
            return written(expression, fact);
        }
        if (!(expression instanceof PointFreeExpr words)) {
            return NodeText.of(expression);
        }
        String text = NodeText.of(words);
        if (words.getOperator().asString().equals("contains") && isMap(words.getLeft(), fact)) {
            String map = NodeText.of(words.getLeft());
            return map + ".keySet()" + text.substring(map.length());
        }
        boolean within = words.getOperator().asString().equals("memberOf")
                && words.getRight().size() == 1
                && isMap(words.getRight().get(0), fact);
        return within ? text + ".keySet()" : text;
    }

    /** A name of the fact's own, or a word of another fact. */
    private static boolean mayBeNull(Expression expression, Class<?> fact) {
        if (expression instanceof NameExpr name) {
            return Vocabulary.word(fact, name.getNameAsString()) == Double.class;
        }
        return Vocabulary.nullable().contains(wordOfAnother(expression));
    }

    /** The word without arguments that is asked of a fact by its name, "" if the expression is something else. */
    private static String wordOfAnother(Expression expression) {
        if (expression instanceof FieldAccessExpr access) {
            return access.getNameAsString();
        }
        return expression instanceof MethodCallExpr call
                        && call.getArguments().isEmpty()
                        && call.getScope().isPresent()
                ? call.getNameAsString()
                : "";
    }

    private static boolean isMap(Expression expression, Class<?> fact) {
        if (expression instanceof NameExpr name) {
            Class<?> type = Vocabulary.word(fact, name.getNameAsString());
            return type != null && Map.class.isAssignableFrom(type);
        }
        return Vocabulary.isMap(wordOfAnother(expression));
    }

    private static Set<String> guards(Expression expression, Class<?> fact) {
        boolean asksForNull = expression instanceof BinaryExpr binary
                && (binary.getLeft().isNullLiteralExpr() || binary.getRight().isNullLiteralExpr());
        Set<String> guards = new LinkedHashSet<>();
        if (!asksForNull) {
            addGuards(expression, fact, guards);
        }
        return guards;
    }

    private static void addGuards(Expression expression, Class<?> fact, Set<String> guards) {
        if (mayBeNull(expression, fact)) {
            guards.add(NodeText.of(expression) + " != null");
        } else if (expression instanceof MethodCallExpr call) {
            String present = call.getArguments().size() == 1 ? PRESENT.get(call.getNameAsString()) : null;
            if (present != null) {
                String scope = call.getScope().map(of -> NodeText.of(of) + ".").orElse("");
                guards.add(scope + present + "( " + NodeText.of(call.getArgument(0)) + " )");
            }
            call.getArguments().forEach(argument -> addGuards(argument, fact, guards));
        } else if (expression instanceof BinaryExpr binary) {
            addGuards(binary.getLeft(), fact, guards);
            addGuards(binary.getRight(), fact, guards);
        } else if (expression instanceof PointFreeExpr words) {
            addGuards(words.getLeft(), fact, guards);
            words.getRight().forEach(value -> addGuards(value, fact, guards));
        } else if (expression instanceof EnclosedExpr enclosed) {
            addGuards(enclosed.getInner(), fact, guards);
        } else if (expression instanceof UnaryExpr unary) {
            addGuards(unary.getExpression(), fact, guards);
        }
    }
}
