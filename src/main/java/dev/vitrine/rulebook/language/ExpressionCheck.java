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
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.problem.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.mvel.parser.ast.expr.DrlNameExpr;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.HalfBinaryExpr;
import org.drools.mvel.parser.ast.expr.HalfPointFreeExpr;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;
import org.drools.mvel.parser.printer.PrintUtil;

/**
 * Walks an expression and takes only the kinds of nodes that {@link RuleGrammar} lists, on words of the vocabulary; a kind that
 * no branch here knows is refused. Answers the expression's type, {@code Object} where it cannot be told.
 */
final class ExpressionCheck {
    private static final Class<?> UNKNOWN = Object.class;
    /** In a text a backslash escapes a quote or itself; Java's other escapes are nothing that a shop needs. */
    private static final Pattern PLAIN_TEXT = Pattern.compile("(?:[^\\\\\\p{Cntrl}]|\\\\[\"\\\\])*");

    /** Told of what may not stand there: the word to look for in the source, and why. */
    interface Complaint {
        void about(String word, String message, String cure);
    }

    private final Class<?> own;
    private final Map<String, Class<?>> bound;
    private final Complaint complaint;
    private final String place;
    private final String cure;
    private final Set<String> namedSkus = new HashSet<>();
    private int depth;

    private ExpressionCheck(Class<?> own, Map<String, Class<?>> bound, String place, String cure, Complaint complaint) {
        this.own = own;
        this.bound = bound;
        this.place = place;
        this.cure = cure;
        this.complaint = complaint;
    }

    /** @param bound names and their types; names that the expression binds are added */
    static ExpressionCheck ofCondition(Class<?> own, Map<String, Class<?>> bound, Complaint complaint) {
        return new ExpressionCheck(own, bound, "a condition", "Use the words of rules/README.md.", complaint);
    }

    static ExpressionCheck ofConsequence(Map<String, Class<?>> bound, String cure, Complaint complaint) {
        return new ExpressionCheck(null, bound, "a rule", cure, complaint);
    }

    /** Skus that the expressions checked so far ask for by name. */
    Set<String> namedSkus() {
        return namedSkus;
    }

    /** What stands by itself between two commas: something that is true or false. */
    void condition(DrlxExpression expression) {
        Class<?> type = check(expression);
        String kind = expression.getBind() == null && type != boolean.class && type != Boolean.class ? kind(type) : "";
        if (!kind.isEmpty()) {
            complaint.about(
                    firstWord(expression),
                    "'" + shortened(expression) + "' is " + kind + "; a condition is true or false.",
                    expression.getExpr().isLiteralExpr()
                            ? "Compare a word with it. A number is written with a point: 9.99."
                            : "Compare it with something.");
        }
    }

    Class<?> check(Expression expression) {
        if (++depth > RuleGrammar.DEPTH_MAX) {
            depth--;
            complaint.about("", "The expression nests too deeply.", "Write it as several constraints.");
            return UNKNOWN;
        }
        try {
            return typeOf(expression);
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
            return unary.getOperator() == UnaryExpr.Operator.LOGICAL_COMPLEMENT ? boolean.class : type;
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
            return words(words.getLeft(), words.getOperator(), words.getRight(), words.isNegated(), words);
        } else if (own != null && node instanceof HalfPointFreeExpr half && half.getArg1() == null) {
            return words(null, half.getOperator(), half.getRight(), half.isNegated(), half);
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
                complaint.about(
                        "\\",
                        "A backslash in a text stands only before a quote or another backslash.",
                        "Leave it out; in a pattern write it twice: \"\\\\d\".");
            }
            return String.class;
        } else if (node instanceof IntegerLiteralExpr || node instanceof DoubleLiteralExpr) {
            String number = node.toString();
            if (!RuleGrammar.NUMBER.matcher(number).matches() || tooLargeForInt(node, number)) {
                complaint.about(number, shortened(number) + " is not a number that a rule takes.", "Write 25 or 0.25.");
            }
            return double.class;
        } else if (node instanceof CharLiteralExpr character) {
            complaint.about(
                    "'",
                    shortened(character) + " is not in double quotes.",
                    "Write a text in double quotes: \"" + character.getValue() + "\".");
            return String.class;
        } else if (node instanceof BooleanLiteralExpr) {
            return boolean.class;
        } else if (node instanceof NullLiteralExpr && own != null) {
            return UNKNOWN;
        }
        return refuse(node);
    }

    private static boolean tooLargeForInt(Expression node, String number) {
        return node instanceof IntegerLiteralExpr && (Long.parseLong(number) > Integer.MAX_VALUE || octal(number));
    }

    private static boolean octal(String number) {
        return number.length() > 1 && number.startsWith("0");
    }

    private Class<?> binding(DrlxExpression drlx) {
        Class<?> type = check(drlx.getExpr());
        SimpleName name = drlx.getBind();
        if (name != null) {
            bind(name.asString(), drlx.getExpr() instanceof BinaryExpr ? UNKNOWN : type);
        }
        return type;
    }

    /** A name of one's own begins with $, so that it hides no word and nothing of the engine. */
    void bind(String name, Class<?> type) {
        if (!RuleGrammar.BOUND_NAME.matcher(name).matches()) {
            complaint.about(
                    name, "'" + shortened(name) + "' cannot be a name.", "A name begins with $ and has letters: $c.");
        }
        bound.merge(name, type, (one, other) -> one == other ? one : UNKNOWN);
    }

    private Class<?> binary(BinaryExpr binary) {
        if (!RuleGrammar.takes(binary.getOperator())) {
            String single = binary.getOperator().asString();
            if (!single.equals("|") && !single.equals("&")) {
                return refuse(binary);
            }
            complaint.about(single, "'" + single + "' joins nothing here.", "Write " + single + single + ".");
            return boolean.class;
        }
        Class<?> left = check(binary.getLeft());
        Class<?> right = compared(binary.getRight(), left);
        switch (binary.getOperator()) {
            case AND, OR -> {
                return boolean.class;
            }
            case PLUS, MINUS, MULTIPLY, DIVIDE, REMAINDER -> {
                return left == String.class || right == String.class ? String.class : double.class;
            }
            default -> {
                mismatch(binary.getLeft(), left, binary.getRight(), right);
                if (binary.getOperator() == BinaryExpr.Operator.EQUALS && asksSku(binary.getLeft())) {
                    named(binary.getRight());
                }
                return boolean.class;
            }
        }
    }

    /** What a text or a list of texts is compared with; quotes that were forgotten are the likeliest slip there. */
    private Class<?> compared(Expression value, Class<?> asked) {
        boolean texts = asked == String.class || Collection.class.isAssignableFrom(asked);
        boolean single = asked.isEnum() || asked == boolean.class;
        if (!(texts || single) || own == null || !(value instanceof NameExpr name) || known(name.getNameAsString())) {
            return check(value);
        }
        String word = name.getNameAsString();
        String has = own.getSimpleName() + " has no '" + shortened(word) + "'.";
        if (asked.isEnum()) {
            List<String> values = Arrays.stream(asked.getEnumConstants())
                    .map(constant -> ((Enum<?>) constant).name())
                    .toList();
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            complaint.about(
                    word,
                    shouted ? own.getSimpleName() + " knows no '" + shortened(word) + "'." : has,
                    CompilerMessages.cure(word, values));
            return UNKNOWN;
        } else if (asked == boolean.class) {
            complaint.about(word, has, "Write true or false.");
            return UNKNOWN;
        }
        complaint.about(
                word,
                has,
                Nearest.to(word, Vocabulary.wordNames(own))
                                .map(near -> "Did you mean '" + near + "'? ")
                                .orElse("") + "A text stands in quotes: \"" + shortened(word) + "\".");
        return UNKNOWN;
    }

    private boolean known(String word) {
        return word.startsWith("$")
                || bound.containsKey(word)
                || Vocabulary.word(own, word) != null
                || Vocabulary.constant(own, word) != null;
    }

    private boolean asksSku(Expression left) {
        return own == Candidate.class
                && (left instanceof NameExpr name && name.getNameAsString().equals("sku")
                        || left instanceof FieldAccessExpr access
                                && access.getScope().isThisExpr()
                                && access.getNameAsString().equals("sku"));
    }

    private void named(Expression value) {
        if (value instanceof StringLiteralExpr text) {
            namedSkus.add(text.asString());
        }
    }

    /** A word compared with a value of another kind. What is compared with what is not known is the compiler's to say. */
    private void mismatch(Expression left, Class<?> leftType, Expression right, Class<?> rightType) {
        if (kind(leftType).isEmpty()
                || kind(rightType).isEmpty()
                || kind(leftType).equals(kind(rightType))) {
            return;
        }
        boolean turned = left.isLiteralExpr();
        Class<?> type = turned ? rightType : leftType;
        Class<?> other = turned ? leftType : rightType;
        complaint.about(
                text(turned ? right : left),
                "'" + text(turned ? right : left) + "' is " + kind(type) + "; " + text(turned ? left : right) + " is "
                        + (other == String.class ? "a text" : kind(other)) + ".",
                cure(left, type, turned ? left : right));
    }

    private static String cure(Expression left, Class<?> type, Expression value) {
        if (left instanceof BinaryExpr between
                && !between.getOperator().asString().matches("[-+*/%]")) {
            return "Write two conditions, such as: price > 5, price < 20";
        }
        return type.isEnum() && value instanceof StringLiteralExpr text
                ? "Write it without quotes: " + text.getValue().toUpperCase(Locale.ROOT)
                : "Compare it with " + kind(type) + ".";
    }

    /** In words, "" for what only the compiler can compare. */
    private static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of "
                    + Arrays.stream(type.getEnumConstants())
                            .map(constant -> ((Enum<?>) constant).name())
                            .collect(Collectors.joining(", "));
        }
        if (Vocabulary.isFact(type)) {
            return "a " + type.getSimpleName();
        }
        return Collection.class.isAssignableFrom(type) ? "a list (ask whether it 'contains' something)" : "";
    }

    private Class<?> words(
            Expression left, SimpleName operator, List<Expression> right, boolean negated, Expression whole) {
        if (!RuleGrammar.WORD_OPERATORS.contains(operator.asString())) {
            return refuse(whole);
        }
        Class<?> asked = left == null ? UNKNOWN : check(left);
        right.forEach(value -> compared(value, asked));
        if (operator.asString().equals("matches")) {
            matches(left, right);
        } else if (operator.asString().equals("in") && !negated && left != null && asksSku(left)) {
            right.forEach(this::named);
        }
        return boolean.class;
    }

    /** Asked of the fact's own word, a pattern is tried once a fact and not once a combination of facts. */
    private void matches(Expression left, List<Expression> right) {
        boolean ownWord = left == null || left instanceof NameExpr name && !bound.containsKey(name.getNameAsString());
        if (!ownWord || right.size() != 1 || !(right.get(0) instanceof StringLiteralExpr text)) {
            complaint.about(
                    "matches",
                    "'matches' asks a word of the fact itself, for one pattern in quotes.",
                    "Write: name matches \".*yoga.*\"");
            return;
        }
        if (PLAIN_TEXT.matcher(text.getValue()).matches()) {
            RegularExpression.objection(text.asString())
                    .ifPresent(why -> complaint.about(
                            "matches", "The pattern could take for ever, or is none. " + why, "Make it simpler."));
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
        if (type != null) {
            return type;
        }
        if (own == null || name.startsWith("$")) {
            return unknown(name, "'" + shortened(name) + "' is not a known word.", bound.keySet());
        }
        List<String> constants = Vocabulary.constantNames(own);
        boolean shouted = name.matches("[A-Z][A-Z_]+") && !constants.isEmpty();
        return unknown(
                name,
                own.getSimpleName() + (shouted ? " knows no '" : " has no '") + shortened(name) + "'.",
                shouted ? constants : Vocabulary.wordNames(own));
    }

    private Class<?> access(FieldAccessExpr access) {
        if (access.getTypeArguments().isPresent()) {
            return refuse(access);
        }
        String word = access.getNameAsString();
        if (unnamed(access.getScope())) {
            return check(access.getScope());
        } else if (access.getScope() instanceof NameExpr scope && !bound.containsKey(scope.getNameAsString())) {
            Class<?> constant = Vocabulary.constant(scope.getNameAsString(), word);
            return constant == null ? refuse(access) : constant;
        }
        Class<?> fact = check(access.getScope());
        if (!Vocabulary.isFact(fact)) {
            return refuse(access);
        }
        Class<?> type = Vocabulary.word(fact, word);
        if (type != null && own == null) {
            complaint.about(
                    word,
                    "'" + shortened(access) + "' has no brackets.",
                    "What a rule says asks a fact with brackets: " + shortened(access) + "()");
        }
        return type != null
                ? type
                : unknown(
                        word, fact.getSimpleName() + " has no '" + shortened(word) + "'.", Vocabulary.wordNames(fact));
    }

    private Class<?> call(MethodCallExpr call) {
        String name = call.getNameAsString();
        if (call.getTypeArguments().isPresent()) {
            return refuse(call);
        }
        call.getArguments().forEach(this::check);
        Optional<Expression> scope = call.getScope();
        if (scope.isEmpty() && own == null) {
            Class<?> made = Vocabulary.function(name);
            return made != null
                    ? made
                    : unknown(name, "'" + shortened(call) + "' may not stand in a rule.", Vocabulary.functions());
        }
        boolean onFact = scope.isEmpty()
                || scope.get().isThisExpr()
                || scope.get() instanceof NameExpr one && bound.containsKey(one.getNameAsString());
        if (!onFact) {
            return unnamed(scope.get()) ? check(scope.get()) : refuse(call);
        }
        Class<?> fact = scope.isEmpty() ? own : check(scope.get());
        if (!Vocabulary.isFact(fact)) {
            return refuse(call);
        }
        Class<?> type = Vocabulary.question(fact, name);
        return type != null ? type : refuse(call);
    }

    /** A name of one's own that nothing has. */
    private boolean unnamed(Expression scope) {
        return scope instanceof NameExpr name
                && name.getNameAsString().startsWith("$")
                && !bound.containsKey(name.getNameAsString());
    }

    private Class<?> unknown(String word, String message, Collection<String> known) {
        if (known.contains(word)) {
            complaint.about(word, "'" + word + "' is not asked so.", "See rules/README.md for what it takes.");
        } else if (word.startsWith("$") && known.isEmpty()) {
            complaint.about(word, message, "Name the fact first, such as: " + shortened(word) + " : Candidate( … )");
        } else {
            complaint.about(word, message, CompilerMessages.cure(word, List.copyOf(known)));
        }
        return UNKNOWN;
    }

    private Class<?> refuse(Node node) {
        complaint.about(firstWord(node), "'" + shortened(node) + "' may not stand in " + place + ".", cure);
        return UNKNOWN;
    }

    private static String firstWord(Node node) {
        String text = text(node);
        int end = 0;
        while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
            end++;
        }
        return text.substring(0, end);
    }

    static String text(Node node) {
        try {
            return PrintUtil.printNode(node);
        } catch (RuntimeException e) {
            // some kinds of nodes have no print
            return node.getClass().getSimpleName().replaceAll("(Literal)?(Expr(ession)?|Stmt)$", "");
        }
    }

    static String shortened(Node node) {
        return shortened(text(node));
    }

    private static String shortened(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() > 60 ? line.substring(0, 60) + "…" : line;
    }
}
