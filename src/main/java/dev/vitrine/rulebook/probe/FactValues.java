package dev.vitrine.rulebook.probe;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Reading;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.rulebook.language.ConditionParts;
import dev.vitrine.rulebook.language.VocabularyMembers;
import dev.vitrine.rulebook.source.ShortNumber;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.model.codegen.execmodel.generator.DrlxParseUtil;
import org.drools.mvel.parser.printer.PrintUtil;

/**
 * Reads what the words of a constraint were. It only explains: whether a constraint held is asked of the engine. It calls nothing
 * but the words that rules may use, and leaves out what it does not understand.
 */
final class FactValues {
    private static final int FACTS_MAX = 5;
    private static final int MEMBERS_MAX = 10;
    private static final int TEXT_MAX = 200;

    /** What says more than that a question was answered with no. */
    private static final Map<String, String> ANSWERED_BY =
            Map.of("tagged", "tags", "within", "category", "about", "category", "has", "attributes");

    /** How candidates relate to the last order says what was bought. */
    private static final Set<String> OF_SHOPPER = Set.of("variantTo", "substituteTo", "complementTo", "fitsTo");

    private final Facts facts;
    private final List<Reading> readings;
    private final boolean shopperToo;

    /** @param shopperToo whether values of the shopper may be told */
    FactValues(Facts facts, List<Reading> readings, boolean shopperToo) {
        this.facts = facts;
        this.readings = readings;
        this.shopperToo = shopperToo;
    }

    boolean mayTell(String type) {
        return shopperToo || !type.equals(Shopper.class.getSimpleName());
    }

    List<?> facts(String type) {
        return switch (type) {
            case "Shop" -> List.of(facts.shop());
            case "Placement" -> List.of(facts.placement());
            case "Page" -> List.of(facts.page());
            case "Shopper" -> List.of(facts.shopper());
            case "Visit" -> List.of(facts.visit());
            case "Cart" -> List.of(facts.cart());
            case "Campaign" -> facts.campaigns();
            case "Candidate" -> facts.candidates();
            default -> readings;
        };
    }

    /**
     * What the words of a constraint are, of these facts.
     *
     * @param at the element of the constraint: what stands before it gives names their meaning
     * @param candidate what the rule's candidate stands for, null where it is not one of them
     */
    Map<String, String> of(ConditionParts parts, int at, String constraint, List<?> asked, Candidate candidate) {
        Expression expression;
        try {
            expression = DrlxParseUtil.parseExpression(constraint).getExpr();
        } catch (RuntimeException | StackOverflowError e) {
            return Map.of();
        }
        Map<String, Set<String>> values = new LinkedHashMap<>();
        for (Object fact : asked.subList(0, Math.min(asked.size(), FACTS_MAX))) {
            Scope scope = new Scope(fact, names(parts, at, fact, candidate), constraint);
            try {
                scope.collect(expression, true, values);
            } catch (RuntimeException e) {
                // a value that cannot be read is not told
            }
        }
        Map<String, String> told = new LinkedHashMap<>();
        values.forEach((word, all) -> {
            if (shopperToo || !OF_SHOPPER.contains(word)) {
                told.put(word, String.join(" or ", all));
            }
        });
        return told;
    }

    /** What names stand for where only one fact can be meant. */
    private Map<String, Object> names(ConditionParts parts, int at, Object own, Candidate candidate) {
        Map<String, Object> names = new HashMap<>();
        for (int i = 0; i <= at; i++) {
            ConditionParts.FactPart part = parts.elements().get(i).fact();
            if (part == null
                    || !mayTell(part.type())
                    || parts.elements().get(i).kind() != ConditionParts.Kind.FACT && i < at) {
                continue;
            }
            List<?> there = facts(part.type());
            Object fact = i == at
                    ? own
                    : part.name() != null && part.name().equals(parts.target())
                            ? candidate
                            : there.size() == 1 ? there.get(0) : null;
            if (fact == null) {
                continue;
            }
            if (part.name() != null) {
                names.put(part.name(), fact);
            }
            for (ConditionParts.ConstraintPart constraint : part.constraints()) {
                if (constraint.bound() != null) {
                    try {
                        Object value = new Scope(fact, names, "")
                                .value(DrlxParseUtil.parseExpression(constraint.word())
                                        .getExpr());
                        names.put(constraint.bound(), value);
                    } catch (RuntimeException e) {
                        // the name stays without a meaning
                    }
                }
            }
        }
        return names;
    }

    /** A fact and what names stand for beside it. @param constraint the text in which they are read */
    private record Scope(Object fact, Map<String, Object> names, String constraint) {
        private void collect(Node node, boolean whole, Map<String, Set<String>> values) {
            if (node instanceof EnclosedExpr enclosed) {
                collect(enclosed.getInner(), whole, values);
            } else if (node instanceof MethodCallExpr call
                    && call.getScope().isEmpty()
                    && call.getArguments().size() == 1
                    && ANSWERED_BY.containsKey(call.getNameAsString())) {
                String word = ANSWERED_BY.get(call.getNameAsString());
                tell(word, invoke(fact, word, List.of()), values);
            } else if (node instanceof NameExpr || node instanceof MethodCallExpr || node instanceof FieldAccessExpr) {
                Object value = known((Expression) node);
                boolean answer = value instanceof Boolean && whole;
                if (value != UNKNOWN && !answer) {
                    tell(PrintUtil.printNode(node), value, values);
                }
                if (node instanceof MethodCallExpr call) {
                    call.getArguments().forEach(argument -> collect(argument, false, values));
                }
            } else {
                node.getChildNodes().forEach(part -> collect(part, false, values));
            }
        }

        private void tell(String word, Object value, Map<String, Set<String>> values) {
            if (isPlain(value)) {
                values.computeIfAbsent(word, any -> new LinkedHashSet<>()).add(written(value, constraint));
            }
        }

        private static final Object UNKNOWN = new Object();

        private Object known(Expression expression) {
            try {
                return value(expression);
            } catch (IllegalArgumentException e) {
                return UNKNOWN;
            }
        }

        /** @throws IllegalArgumentException for what has no value of its own, such as a constant */
        private Object value(Expression expression) {
            if (expression instanceof EnclosedExpr enclosed) {
                return value(enclosed.getInner());
            }
            if (expression instanceof ThisExpr) {
                return fact;
            }
            if (expression instanceof StringLiteralExpr text) {
                return text.getValue();
            }
            if (expression instanceof IntegerLiteralExpr whole) {
                return Integer.valueOf(whole.getValue());
            }
            if (expression instanceof DoubleLiteralExpr number) {
                return number.asDouble();
            }
            if (expression instanceof BooleanLiteralExpr bool) {
                return bool.getValue();
            }
            if (expression instanceof NameExpr name) {
                return names.containsKey(name.getNameAsString())
                        ? names.get(name.getNameAsString())
                        : invoke(fact, name.getNameAsString(), List.of());
            }
            if (expression instanceof FieldAccessExpr access) {
                return invoke(value(access.getScope()), access.getNameAsString(), List.of());
            }
            if (expression instanceof MethodCallExpr call) {
                Object on = call.getScope().isPresent() ? value(call.getScope().get()) : fact;
                return invoke(on, call.getNameAsString(), call.getArguments());
            }
            throw new IllegalArgumentException("no value");
        }

        private Object invoke(Object on, String word, List<Expression> arguments) {
            if (on == null || !VocabularyMembers.contains(on.getClass().getName(), word)) {
                throw new IllegalArgumentException("no word");
            }
            for (Method method : on.getClass().getMethods()) {
                if (method.getName().equals(word) && method.getParameterCount() == arguments.size()) {
                    try {
                        Object[] values = new Object[arguments.size()];
                        for (int i = 0; i < values.length; i++) {
                            values[i] = argument(arguments.get(i), method.getParameterTypes()[i]);
                        }
                        return method.invoke(on, values);
                    } catch (IllegalAccessException | InvocationTargetException e) {
                        throw new IllegalArgumentException("no value", e);
                    }
                }
            }
            throw new IllegalArgumentException("no word");
        }

        private Object argument(Expression expression, Class<?> type) {
            if (type.isEnum()) {
                String name =
                        expression instanceof FieldAccessExpr access ? access.getNameAsString() : expression.toString();
                for (Object constant : type.getEnumConstants()) {
                    if (((Enum<?>) constant).name().equals(name)) {
                        return constant;
                    }
                }
            }
            Object value = value(expression);
            return type == double.class && value instanceof Number number ? (Object) number.doubleValue() : value;
        }
    }

    private static boolean isPlain(Object value) {
        return value == null
                || value instanceof Number
                || value instanceof String
                || value instanceof Boolean
                || value instanceof Enum<?>
                || value instanceof Collection<?>
                || value instanceof Map<?, ?>;
    }

    /** @param constraint a number that only rounding makes equal to one in it keeps its digits */
    private static String written(Object value, String constraint) {
        String text;
        if (value == null) {
            return "unknown";
        } else if (value instanceof Integer whole && whole == Candidate.NEVER) {
            return "never";
        } else if (value instanceof Double number) {
            text = Double.isNaN(number) ? "unknown" : told(number, constraint);
        } else if (value instanceof String quoted) {
            text = "\"" + quoted + "\"";
        } else if (value instanceof Map<?, ?> map) {
            text = map.isEmpty() ? "empty" : members(map.keySet());
        } else if (value instanceof Collection<?> all) {
            text = all.isEmpty() ? "empty" : members(all);
        } else {
            text = value.toString();
        }
        return text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "…" : text;
    }

    private static String told(double number, String constraint) {
        String rounded = ShortNumber.of(number);
        boolean same = Double.parseDouble(rounded) == number;
        return !same && constraint.matches("(?s).*(?<![\\w.])" + Pattern.quote(rounded) + "(?![\\w.]).*")
                ? Double.toString(number)
                : rounded;
    }

    private static String members(Collection<?> all) {
        List<String> texts =
                new ArrayList<>(all.stream().map(String::valueOf).sorted().toList());
        String more = texts.size() > MEMBERS_MAX ? " and " + (texts.size() - MEMBERS_MAX) + " more" : "";
        return texts.stream().limit(MEMBERS_MAX).collect(Collectors.joining(", ")) + more;
    }
}
