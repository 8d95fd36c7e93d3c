package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.BooleanLiteralExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.EnclosedExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.expr.NullLiteralExpr;
import com.github.javaparser.ast.expr.SimpleName;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import com.github.javaparser.ast.expr.ThisExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import dev.vitrine.merchandising.Proposals;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.drools.mvel.parser.ast.expr.DrlNameExpr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/**
 * Walks an expression and finds its type, {@code Object} if unknown. It accepts only the kinds of nodes that {@link RuleGrammar}
 * lists, on words of the vocabulary: a node that no branch here knows is refused.
 */
final class ExpressionCheck {
    private static final Class<?> UNKNOWN = Object.class;
    /**
     * A backslash escapes a quote or itself: Java's other escapes would let a text hide what it says. Possessive, since a pattern
     * that may go back keeps a frame of the stack for each character.
     */
    private static final Pattern PLAIN_TEXT =
            Pattern.compile("[^\\\\\\p{Cntrl}]*+(?:\\\\[\"\\\\][^\\\\\\p{Cntrl}]*+)*+");

    private static final Set<BinaryExpr.Operator> ARITHMETIC = Set.of(
            BinaryExpr.Operator.PLUS,
            BinaryExpr.Operator.MINUS,
            BinaryExpr.Operator.MULTIPLY,
            BinaryExpr.Operator.DIVIDE,
            BinaryExpr.Operator.REMAINDER);

    private static final Set<CallForms.Kind> GROUPS =
            Set.of(CallForms.Kind.GROUP, CallForms.Kind.GROUP_OR_EACH, CallForms.Kind.TAG_OR_GROUP);

    /** The fact that a constraint belongs to, null in a consequence. */
    private final Class<?> own;

    private final Map<String, Class<?>> bound;
    private final ExpressionFaults faults;
    private final ComparisonFaults comparisons;
    private final NameFaults names;
    private final MeantComparison meant;
    private final ExpressionFaults.Report report;
    private final CallCheck calls;
    private final Map<Expression, Class<?>> types = new IdentityHashMap<>();
    private int depth;
    /** Within a call that takes no decimal there, such as a count. */
    private boolean wholeWanted;

    private ExpressionCheck(
            Class<?> own, Map<String, Class<?>> bound, String place, String cure, ExpressionFaults.Report report) {
        this.own = own;
        this.bound = bound;
        this.faults = new ExpressionFaults(place, cure, report);
        this.comparisons = new ComparisonFaults(own, report);
        this.names = new NameFaults(report);
        this.meant = new MeantComparison(own, report);
        this.report = report;
        this.calls = new CallCheck(report);
    }

    /** @param bound names and their types; names that the expression binds are added */
    static ExpressionCheck ofCondition(Class<?> own, Map<String, Class<?>> bound, ExpressionFaults.Report report) {
        return new ExpressionCheck(own, bound, "a condition", "Use the words of rules/README.md.", report);
    }

    static ExpressionCheck ofConsequence(Map<String, Class<?>> bound, String cure, ExpressionFaults.Report report) {
        return new ExpressionCheck(null, bound, "a rule", cure, report);
    }

    /** Checks a whole constraint, which is true or false. */
    void condition(DrlxExpression expression) {
        if (expression.getBind() == null && expression.getExpr() instanceof BinaryExpr path && isBareText(path)) {
            comparisons.alone(own, List.of("\"" + NodeText.of(path).replaceAll("\\s", "") + "\""));
            return;
        }
        Class<?> type = check(expression);
        if (expression.getBind() == null && type != boolean.class && type != Boolean.class) {
            comparisons.notACondition(own, expression, type);
        }
    }

    Class<?> check(Expression expression) {
        if (++depth > RuleGrammar.DEPTH_MAX) {
            depth--;
            faults.tooDeep();
            return UNKNOWN;
        }
        try {
            Class<?> type = typeOf(expression);
            types.put(expression, type);
            return type;
        } finally {
            depth--;
        }
    }

    private Class<?> typeOf(Expression node) {
        if (node instanceof DrlxExpression drlx) {
            return binding(drlx);
        } else if (node instanceof EnclosedExpr enclosed) {
            return check(enclosed.getInner());
        } else if (node instanceof BinaryExpr binary) {
            return binary(binary);
        } else if (node instanceof UnaryExpr unary && RuleGrammar.SIGNS.contains(unary.getOperator())) {
            Class<?> type = check(unary.getExpression());
            if (unary.getOperator() != UnaryExpr.Operator.LOGICAL_COMPLEMENT) {
                return type;
            }
            boolean yesOrNo = type == boolean.class
                    || type == Boolean.class
                    || ValueWords.kind(type).isEmpty();
            if (own != null && !yesOrNo) {
                meant.negatedValue(unary, type);
                return UNKNOWN;
            }
            return boolean.class;
        } else if (node instanceof NameExpr name) {
            return name(name);
        } else if (node instanceof FieldAccessExpr access) {
            return access(access);
        } else if (node instanceof MethodCallExpr call) {
            return call(call);
        } else if (node instanceof ThisExpr self
                && own != null
                && self.getTypeName().isEmpty()) {
            return own;
        } else if (own != null && node instanceof PointFreeExpr words && words.getArg1() == null) {
            return words(words.getLeft(), words.getOperator(), words.getRight(), words);
        } else if (own != null && node instanceof HalfPointFreeExpr half && half.getArg1() == null) {
            return words(null, half.getOperator(), half.getRight(), half);
        } else if (own != null
                && node instanceof HalfBinaryExpr half
                && RuleGrammar.OPERATORS.contains(half.getOperator().asString())) {
            check(half.getRight());
            return boolean.class;
        }
        return literal(node);
    }

    private Class<?> literal(Expression node) {
        if (node instanceof TextBlockLiteralExpr) {
            return refuse(node);
        } else if (node instanceof StringLiteralExpr text) {
            if (!PLAIN_TEXT.matcher(text.getValue()).matches()) {
                faults.backslash();
            } else if (text.asString().length() > Proposals.TEXT_MAX) {
                faults.longText(text.asString(), Proposals.TEXT_MAX);
            }
            return String.class;
        } else if (node instanceof IntegerLiteralExpr || node instanceof DoubleLiteralExpr) {
            String number = node.toString();
            if (!RuleGrammar.NUMBER.matcher(number).matches()
                    || node instanceof IntegerLiteralExpr && !fitsInt(number)) {
                faults.number(number);
                return UNKNOWN;
            }
            return double.class;
        } else if (node instanceof CharLiteralExpr character) {
            faults.singleQuotes(character);
            return String.class;
        } else if (node instanceof BooleanLiteralExpr) {
            return boolean.class;
        } else if (node instanceof NullLiteralExpr && own != null) {
            return UNKNOWN;
        }
        return refuse(node);
    }

    private static boolean fitsInt(String number) {
        boolean octal = number.length() > 1 && number.startsWith("0");
        return !octal && Long.parseLong(number) <= Integer.MAX_VALUE;
    }

    private Class<?> binding(DrlxExpression drlx) {
        Class<?> type = check(drlx.getExpr());
        SimpleName name = drlx.getBind();
        if (name != null) {
            bind(name.asString(), drlx.getExpr() instanceof BinaryExpr binary ? boundBy(binary, type) : type);
        }
        return type;
    }

    /** {@code $p : price < 10} binds the price, and {@code $p : price + 1} the sum. */
    private Class<?> boundBy(BinaryExpr binary, Class<?> type) {
        return switch (binary.getOperator()) {
            case AND, OR -> UNKNOWN;
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> type;
            default -> types.getOrDefault(binary.getLeft(), UNKNOWN);
        };
    }

    /** Bound names begin with $, so that none can hide a word or a name of the engine. */
    void bind(String name, Class<?> type) {
        if (!RuleGrammar.BOUND_NAME.matcher(name).matches()) {
            faults.boundName(name);
        }
        bound.merge(name, type, (one, other) -> one == other ? one : UNKNOWN);
    }

    private Class<?> binary(BinaryExpr binary) {
        String operator = binary.getOperator().asString();
        if (operator.equals("|") || operator.equals("&")) {
            if (own == null || !meant.hasJoinedValues(binary)) {
                faults.singleSign(operator);
            }
            return boolean.class;
        } else if (!RuleGrammar.OPERATORS.contains(operator)) {
            return refuse(binary);
        }
        if (own != null && meant.isNoValue(binary, this::isKnown)) {
            return boolean.class;
        }
        Class<?> left = check(binary.getLeft());
        Class<?> right = compared(binary.getRight(), left);
        switch (binary.getOperator()) {
            case AND, OR -> {
                if (own != null && !meant.hasJoinedValues(binary)) {
                    comparisons.notJoined(binary, left, right);
                }
                return boolean.class;
            }
            case PLUS -> {
                return sum(binary, left, right);
            }
            case DIVIDE -> {
                boolean whole = isWhole(binary);
                if (whole && !wholeWanted) {
                    WholeDivision.check(binary, report);
                }
                return whole ? int.class : double.class;
            }
            case MINUS, MULTIPLY, REMAINDER -> {
                return isWhole(binary) ? int.class : double.class;
            }
            default -> {
                boolean compares = own == null || side(binary, true) && side(binary, false);
                if (compares
                        && !comparisons.mismatch(binary.getLeft(), left, binary.getRight(), right)
                        && own != null) {
                    range(binary);
                    meant.check(binary, left);
                }
                return boolean.class;
            }
        }
    }

    private boolean isWhole(BinaryExpr computed) {
        return WholeDivision.isWhole(computed.getLeft(), types) && WholeDivision.isWhole(computed.getRight(), types);
    }

    /** What a comparison may not have on a side: Drools takes another comparison there for its first value. */
    private boolean side(BinaryExpr comparison, boolean left) {
        Expression side = left ? comparison.getLeft() : comparison.getRight();
        Expression inner = side instanceof EnclosedExpr enclosed ? enclosed.getInner() : side;
        Expression other = left ? comparison.getRight() : comparison.getLeft();
        boolean holdsOrNot = inner instanceof PointFreeExpr
                || inner instanceof BinaryExpr binary && !ARITHMETIC.contains(binary.getOperator());
        if (holdsOrNot) {
            comparisons.comparedComparison(inner, comparison, left);
            return false;
        } else if (other.isNullLiteralExpr()
                && inner instanceof MethodCallExpr call
                && CompilerSource.PRESENT.containsKey(call.getNameAsString())) {
            comparisons.neverNull(call, CompilerSource.PRESENT.get(call.getNameAsString()));
        }
        return true;
    }

    /** A comparison that nothing meets, because the word is never such a number, or that everything meets. */
    private void range(BinaryExpr comparison) {
        Term term = Term.compared(
                NodeText.of(comparison.getLeft()).replaceAll("\\s", ""),
                comparison.getOperator().asString(),
                NodeText.of(comparison.getRight()).replaceAll("\\s", ""));
        Ranges.of(own, IdleComparison.word(term)).ifPresent(range -> {
            if (term.isOutside(range)) {
                comparisons.outOfRange(own, comparison, term, range);
            } else if (IdleComparison.is(term, range)) {
                IdleComparison.report(own, comparison, term, range, report);
            }
        });
    }

    /**
     * Adds numbers, or joins texts. Conditions join none: a name that stands for a joined text could be joined with itself, again
     * and again. A whole fact is no text either: its words would be told to whoever reads the explanation.
     */
    private Class<?> sum(BinaryExpr binary, Class<?> left, Class<?> right) {
        boolean joins = left == String.class || right == String.class;
        if (own != null && (joins || isOpen(binary.getLeft()) || isOpen(binary.getRight()))) {
            faults.joined(binary);
        } else if (joins) {
            part(binary.getLeft(), left);
            part(binary.getRight(), right);
        }
        return joins ? String.class : isWhole(binary) ? int.class : double.class;
    }

    private void part(Expression part, Class<?> type) {
        boolean several = Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type);
        if (several || Vocabulary.isFact(type) || isOpen(part)) {
            faults.noText(part);
        }
    }

    /** Whether it is a bound name of which only the compiler knows what it stands for. */
    private boolean isOpen(Expression part) {
        return part instanceof NameExpr name && bound.get(name.getNameAsString()) == UNKNOWN;
    }

    /** Checks a value that is compared with something of this type. */
    private Class<?> compared(Expression value, Class<?> type) {
        boolean named = type == String.class
                || Collection.class.isAssignableFrom(type)
                || type.isEnum()
                || type == boolean.class;
        if (named && own != null && value instanceof NameExpr name && !isKnown(name.getNameAsString())) {
            names.unknownValue(own, type, name.getNameAsString());
            return UNKNOWN;
        } else if (own != null && meant.isYesOrNo(value, type, this::isKnown)) {
            return UNKNOWN;
        } else if (own != null && type == String.class && isBareText(value)) {
            faults.withoutQuotes(value, null);
            return UNKNOWN;
        }
        return check(value);
    }

    private boolean isKnown(String word) {
        return word.startsWith("$")
                || bound.containsKey(word)
                || own != null && Vocabulary.word(own, word) != null
                || Vocabulary.constant(own, word) != null;
    }

    /** A path or a name of several words that lacks its quotes: {@code sport/yoga}. */
    private boolean isBareText(Expression value) {
        if (value instanceof BinaryExpr joined
                && (joined.getOperator() == BinaryExpr.Operator.DIVIDE
                        || joined.getOperator() == BinaryExpr.Operator.MINUS)) {
            return isBareText(joined.getLeft()) && isBareText(joined.getRight());
        }
        return value instanceof NameExpr name
                && !isKnown(name.getNameAsString())
                && Vocabulary.function(name.getNameAsString()) == null;
    }

    private Class<?> words(Expression left, SimpleName operator, List<Expression> right, Expression whole) {
        if (!RuleGrammar.WORD_OPERATORS.contains(operator.asString())) {
            Optional<String> sign =
                    left == null || right.size() != 1 ? Optional.empty() : SpokenCondition.sign(operator.asString());
            if (sign.isEmpty()) {
                return refuse(whole);
            }
            comparisons.spoken(NodeText.of(left), operator.asString(), sign.get(), NodeText.of(right.get(0)));
            return boolean.class;
        }
        Class<?> type = left == null ? UNKNOWN : check(left);
        Class<?> asked = operator.asString().equals("contains") && left != null ? String.class : type;
        right.forEach(value -> compared(value, Collection.class.isAssignableFrom(type) ? type : asked));
        boolean searches =
                left instanceof NameExpr name && name.getNameAsString().equals("searchWords");
        if (searches && right.size() == 1 && right.get(0) instanceof StringLiteralExpr text) {
            faults.searchWord(text, false);
        }
        if (operator.asString().equals("in") && left != null) {
            meant.severalIn(left, type, right, whole instanceof PointFreeExpr list && list.isNegated());
            meant.wildcards(left, right, whole instanceof PointFreeExpr list && list.isNegated());
        }
        if (operator.asString().equals("matches")) {
            matches(left, right);
        }
        return boolean.class;
    }

    /** Matching a word of the fact itself runs the pattern once for each fact, not once for each combination of facts. */
    private void matches(Expression left, List<Expression> right) {
        boolean ownWord = left == null || left instanceof NameExpr name && !bound.containsKey(name.getNameAsString());
        if (!ownWord || right.size() != 1 || !(right.get(0) instanceof StringLiteralExpr text)) {
            faults.patternForm();
        } else if (PLAIN_TEXT.matcher(text.getValue()).matches()) {
            Optional<String> objection = RegularExpression.objection(text.asString());
            objection.ifPresent(why -> faults.pattern(text.asString(), why));
            if (objection.isEmpty() && left != null) {
                meant.starInPattern(left, text.asString());
            }
        }
    }

    private Class<?> name(NameExpr node) {
        String name = node.getNameAsString();
        if (node instanceof DrlNameExpr from && from.getBackReferencesCount() > 0) {
            return refuse(node);
        }
        if (bound.containsKey(name)) {
            return bound.get(name);
        }
        Class<?> type = own == null ? null : Vocabulary.word(own, name);
        if (type == null) {
            type = Vocabulary.constant(own, name);
        }
        return type == null ? unknownName(name, node) : type;
    }

    private Class<?> unknownName(String name, NameExpr node) {
        if (own == null || name.startsWith("$")) {
            names.unknownName(name, bound, own != null);
        } else if (name.matches("[A-Z][A-Z_]+")
                && !Vocabulary.constantNames(own).isEmpty()) {
            names.unknownConstant(own, name);
        } else {
            names.unknownWord(own, name, isNegated(node));
        }
        return UNKNOWN;
    }

    private static boolean isNegated(Expression node) {
        return node.getParentNode()
                .filter(above ->
                        above instanceof UnaryExpr sign && sign.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT)
                .isPresent();
    }

    private Class<?> access(FieldAccessExpr access) {
        if (access.getTypeArguments().isPresent()) {
            return refuse(access);
        }
        String word = access.getNameAsString();
        if (isUnbound(access.getScope())) {
            return unbound(access.getScope());
        } else if (access.getScope() instanceof NameExpr scope && !bound.containsKey(scope.getNameAsString())) {
            Class<?> constant = Vocabulary.constant(scope.getNameAsString(), word);
            if (constant == null && factMeant(scope).isPresent()) {
                names.notNamed(factMeant(scope).get(), scope, own, word + (own == null ? "()" : ""), bound);
                return UNKNOWN;
            }
            Class<?> valued = own == null ? null : Vocabulary.word(own, scope.getNameAsString());
            if (constant == null && valued != null && !Vocabulary.isFact(valued)) {
                meant.hasNo(valued, word);
                return UNKNOWN;
            }
            return constant == null ? refuse(access) : constant;
        }
        Class<?> fact = check(access.getScope());
        if (!Vocabulary.isFact(fact)) {
            return refuse(access);
        }
        Class<?> type = Vocabulary.word(fact, word);
        if (type == null) {
            names.unknownWord(fact, word, isNegated(access));
            return UNKNOWN;
        }
        if (own == null) {
            names.noBrackets(access);
        }
        return type;
    }

    private Class<?> call(MethodCallExpr call) {
        String name = call.getNameAsString();
        if (call.getTypeArguments().isPresent()) {
            return refuse(call);
        }
        Optional<Expression> scope = call.getScope();
        if (scope.isEmpty() && own == null) {
            return function(call, null);
        }
        boolean onFact = scope.isEmpty()
                || scope.get().isThisExpr()
                || scope.get() instanceof NameExpr one && bound.containsKey(one.getNameAsString());
        if (!onFact) {
            call.getArguments().forEach(this::check);
            if (own != null && NodeText.of(scope.get()).equals("Math") && meant.isFunction(call)) {
                return UNKNOWN;
            }
            if (isUnbound(scope.get())) {
                return unbound(scope.get());
            }
            Class<?> valued = own != null && scope.get() instanceof NameExpr word
                    ? Vocabulary.word(own, word.getNameAsString())
                    : null;
            if (valued != null) {
                meant.callOfValue(call, valued);
                return UNKNOWN;
            }
            if (scope.get() instanceof NameExpr named && factMeant(named).isPresent()) {
                CallForms.Form form = CallForms.of(name);
                boolean bare = form == null && call.getArguments().isEmpty();
                String asked = bare
                        ? name + "()"
                        : CallCheck.call(
                                name,
                                call.getArguments().stream()
                                        .map(CallCheck::text)
                                        .toList());
                names.notNamed(factMeant(named).get(), named, own, asked, bound);
                return UNKNOWN;
            }
            return refuse(call);
        }
        Class<?> fact = scope.isEmpty() ? own : check(scope.get());
        Class<?> type = Vocabulary.isFact(fact) ? Vocabulary.question(fact, name) : null;
        if (type == null && own != null && scope.isEmpty() && meant.isFunction(call)) {
            return UNKNOWN;
        }
        if (type == null) {
            boolean explained = own != null && Vocabulary.isFact(fact) && names.foreign(fact, call);
            return explained || fact == UNKNOWN ? UNKNOWN : refuse(call);
        }
        arguments(call, CallForms.of(name));
        if (name.equals("searchedFor")
                && call.getArguments().size() == 1
                && call.getArgument(0) instanceof StringLiteralExpr word) {
            faults.searchWord(word, true);
        }
        return type;
    }

    /** @param kind what the function must make, null if anything will do */
    private Class<?> function(MethodCallExpr call, CallForms.Kind kind) {
        Class<?> returned = Vocabulary.function(call.getNameAsString());
        if (returned == null) {
            names.unknownFunction(call, kind);
            return UNKNOWN;
        }
        arguments(call, CallForms.of(call.getNameAsString()));
        return returned;
    }

    /** Checks what a call is given; the form is null for a word that takes nothing. */
    void arguments(MethodCallExpr call, CallForms.Form form) {
        CallForms.Form known = form == null ? new CallForms.Form(call.getNameAsString(), List.of()) : form;
        List<Class<?>> types = new ArrayList<>();
        for (int i = 0; i < call.getArguments().size(); i++) {
            boolean wanted = i < known.arguments().size();
            types.add(wanted ? argument(call, known, i) : check(call.getArgument(i)));
        }
        calls.check(call, known, types);
    }

    /** The type of an argument; null for one that nobody knows, which is reported with what was meant. */
    private Class<?> argument(MethodCallExpr call, CallForms.Form form, int at) {
        Expression value = call.getArgument(at);
        CallForms.Argument wanted = form.arguments().get(at);
        boolean text = wanted.kind() == CallForms.Kind.TEXT || wanted.kind() == CallForms.Kind.TAG_OR_GROUP;
        if (text && !(value instanceof NameExpr) && isBareText(value)) {
            faults.withoutQuotes(value, call);
            return null;
        } else if (value instanceof NameExpr name
                && !isKnown(name.getNameAsString())
                && !(own != null && wanted.kind() == CallForms.Kind.ANCHOR)) {
            calls.unknown(call, wanted, at, name.getNameAsString(), bound.keySet());
            return null;
        } else if (own == null
                && GROUPS.contains(wanted.kind())
                && value instanceof BinaryExpr compared
                && !ARITHMETIC.contains(compared.getOperator())) {
            calls.condition(call, wanted, at, compared);
            return null;
        } else if (value instanceof MethodCallExpr inner && inner.getScope().isEmpty() && own == null) {
            return function(inner, wanted.kind());
        }
        wholeWanted = wanted.kind() == CallForms.Kind.WHOLE;
        Class<?> type = check(value);
        wholeWanted = false;
        return type;
    }

    /** The fact whose name, or nearly its name, stands where that of this rule for it should. */
    private static Optional<Class<?>> factMeant(NameExpr name) {
        String text = name.getNameAsString();
        String capital = text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
        return Vocabulary.isFact(capital) ? Optional.of(Vocabulary.fact(capital)) : Optional.empty();
    }

    private Class<?> unbound(Expression scope) {
        names.unknownFact(((NameExpr) scope).getNameAsString(), bound);
        return UNKNOWN;
    }

    private boolean isUnbound(Expression scope) {
        return scope instanceof NameExpr name
                && name.getNameAsString().startsWith("$")
                && !bound.containsKey(name.getNameAsString());
    }

    private Class<?> refuse(Node node) {
        faults.notAllowed(node);
        return UNKNOWN;
    }
}
