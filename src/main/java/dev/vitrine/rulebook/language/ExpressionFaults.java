package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.CharLiteralExpr;
import com.github.javaparser.ast.expr.DoubleLiteralExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.IntegerLiteralExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import dev.vitrine.merchandising.Proposal;
import dev.vitrine.problem.Nearest;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.drools.mvel.parser.ast.expr.DrlxExpression;
import org.drools.mvel.parser.ast.expr.PointFreeExpr;

/** What can be wrong in an expression: each kind of mistake with its message, its cure and the word at which it stands. */
final class ExpressionFaults {
    interface Report {
        /** @param word the word to look for in the source, "" for the whole expression */
        void fault(String word, String message, String cure);

        /** What compiles and cannot be meant: see {@link RuleReport}. */
        void slip(String word, String message, String cure);

        /** What does no harm and says nothing. */
        void remark(String word, String message, String cure);

        /** Reports at a place that the report finds for a word. */
        static Report at(RuleReport report, ToIntFunction<String> line, ToIntFunction<String> column) {
            return new Report() {
                @Override
                public void fault(String word, String message, String cure) {
                    report.fault(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }

                @Override
                public void slip(String word, String message, String cure) {
                    report.slip(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }

                @Override
                public void remark(String word, String message, String cure) {
                    report.remark(line.applyAsInt(word), column.applyAsInt(word), message, cure);
                }
            };
        }
    }

    /** How to read what a map holds, by the map. */
    static final Map<String, String> VALUES_OF_MAPS =
            Map.of("interests", "interest", "gifts", "fade", "context", "text", "attributes", "text");

    private static final Pattern IN_MAP = Pattern.compile("(\\w+)\\[(\"[^\"]*\")\\]");

    /** What a condition says for a group of the candidates. */
    private static final Map<String, String> GROUPS_IN_CONDITIONS = Map.of(
            "taggedWith", "tagged( %s )",
            "inCategory", "within( %s )",
            "outside", "!within( %s )",
            "ofBrand", "brand == %s",
            "newerThan", "daysSinceLaunch < %s",
            "viewedLessThan", "views < %s",
            "withMarginFrom", "margin >= %s",
            "withMarginBelow", "margin < %s",
            "coveredBy", "%s.covers( this )",
            "unrelated", "!complement");

    /** What asks for a category where 'within' is no word, by fact. */
    private static final Map<String, String> WITHIN_OF = Map.of(
            "Cart", "categories contains %s",
            "Shopper", "interest( %s ) > 0, or lastPurchaseWithin( %1$s )",
            "Visit", "comparedCategory == %s, or in a line of its own: Page( within( %1$s ) )",
            "Campaign", "categories contains %s",
            "Reading", "category == %s",
            "Placement", "a line of its own: Page( within( %s ) )",
            "Shop", "a line of its own: Page( within( %s ) )");

    /** Facts with more words than that have them on a page. */
    private static final int WORDS_LISTED = 35;

    private final String place;
    private final String cure;
    private final Report report;

    /** @param place what the expression is part of, in the words of a message */
    ExpressionFaults(String place, String cure, Report report) {
        this.place = place;
        this.cure = cure;
        this.report = report;
    }

    void notAllowed(Node node) {
        Matcher held = IN_MAP.matcher(NodeText.of(node));
        String word = held.matches() ? VALUES_OF_MAPS.get(held.group(1)) : null;
        if (word != null) {
            report.fault(
                    NodeText.firstWord(node),
                    "'" + NodeText.shortened(node) + "' is not allowed in " + place + ".",
                    "Write: " + word + "( " + held.group(2).strip() + " )");
            return;
        }
        report.fault(
                NodeText.firstWord(node), "'" + NodeText.shortened(node) + "' is not allowed in " + place + ".", cure);
    }

    void tooDeep() {
        report.fault("", "The expression is nested too deeply.", "Write it as several constraints.");
    }

    /** A constraint that is not true or false by itself. */
    void notACondition(Class<?> fact, DrlxExpression expression, Class<?> type) {
        String kind = kind(type);
        if (expression.getExpr() instanceof StringLiteralExpr || type.isEnum() && isConstant(expression)) {
            alone(fact, List.of(NodeText.of(expression)));
        } else if (!kind.isEmpty()) {
            report.fault(
                    NodeText.firstWord(expression),
                    "'" + NodeText.shortened(expression) + "' is " + kind + ", but a condition must be true or false.",
                    expression.getExpr().isLiteralExpr()
                            ? "Compare a word with it. Write decimals with a point: 9.99."
                            : "Compare it with a value.");
        }
    }

    private static boolean isConstant(DrlxExpression expression) {
        return NodeText.of(expression).matches("(\\w+\\.)?[A-Z_]+");
    }

    /** Values without the word that they are compared with, such as {@code Placement( "home-page" )}. */
    void alone(Class<?> fact, List<String> values) {
        String first = values.get(0);
        Optional<String> meant = MeantWords.compared(fact.getSimpleName(), first.replaceFirst("^\\w+\\.", ""));
        boolean several = values.size() > 1 && meant.isPresent() && meant.get().contains(" == ");
        report.fault(
                first,
                (first.startsWith("\"") ? NodeText.shortened(first) : "'" + NodeText.shortened(first) + "'")
                        + " is compared with nothing.",
                several
                        ? "Write: " + meant.get().replaceFirst(" == .*", "") + " in ( " + String.join(", ", values)
                                + " )"
                        : meant.map(condition -> "Write: " + condition)
                                .orElse("Write the word that it is compared with, such as: "
                                        + MeantWords.sample(fact.getSimpleName(), NodeText.shortened(first))));
    }

    /** @param whole the comparison that it stands in */
    void comparedComparison(Expression comparison, BinaryExpr whole, boolean left) {
        String text = NodeText.shortened(comparison);
        Optional<String> meant = chained(comparison, whole, left).or(() -> ofMap(comparison, whole));
        report.fault(
                NodeText.firstWord(comparison),
                "'" + text + "' is true or false already, and cannot be compared.",
                meant.orElse("Write it alone, or !( " + text + " ) for the opposite."));
    }

    /** {@code 5 < price < 10} */
    private static Optional<String> chained(Expression comparison, BinaryExpr whole, boolean left) {
        String operator = whole.getOperator().asString();
        return comparison instanceof BinaryExpr first
                        && left
                        && !first.getRight().isLiteralExpr()
                        && operator.matches("[<>]=?")
                ? Optional.of("Write two conditions: " + NodeText.shortened(first) + ", "
                        + NodeText.shortened(first.getRight()) + " " + operator + " "
                        + NodeText.shortened(whole.getRight()))
                : Optional.empty();
    }

    /** {@code interests contains "sport/yoga" > 0.5} */
    private static Optional<String> ofMap(Expression comparison, BinaryExpr whole) {
        boolean value = !whole.getRight().isBooleanLiteralExpr();
        if (!value
                || !(comparison instanceof PointFreeExpr words)
                || words.getRight().size() != 1) {
            return Optional.empty();
        }
        return Optional.ofNullable(VALUES_OF_MAPS.get(NodeText.of(words.getLeft())))
                .map(word -> "Write: " + word + "( "
                        + NodeText.shortened(words.getRight().get(0)) + " ) "
                        + whole.getOperator().asString() + " " + NodeText.shortened(whole.getRight()));
    }

    /** A value joined with a condition: {@code brand == "Asana" || "Movo"}. */
    void notJoined(BinaryExpr joined, Class<?> left, Class<?> right) {
        boolean first = !isOpen(left) && left != boolean.class && left != Boolean.class;
        boolean second = !isOpen(right) && right != boolean.class && right != Boolean.class;
        if (!first && !second) {
            return;
        }
        Expression value = first ? joined.getLeft() : joined.getRight();
        String cure = "Compare it with a value.";
        Expression before = joined.getLeft();
        while (before instanceof BinaryExpr more && more.getOperator() == joined.getOperator()) {
            before = more.getRight();
        }
        if (!first && value.isLiteralExpr() && before instanceof BinaryExpr compared) {
            cure = "Write: " + NodeText.shortened(compared) + " "
                    + joined.getOperator().asString() + " "
                    + NodeText.shortened(compared.getLeft()) + " "
                    + compared.getOperator().asString() + " "
                    + NodeText.shortened(value);
        }
        report.fault(NodeText.of(value), "'" + NodeText.shortened(value) + "' is compared with nothing.", cure);
    }

    private static boolean isOpen(Class<?> type) {
        return type == Object.class;
    }

    /** @param comparison in which no value of the word can stand */
    void outOfRange(Class<?> fact, BinaryExpr comparison, Term term, Ranges.Range range) {
        String number = term.value().text();
        double value = term.value().number();
        String operator = term.operator();
        String cure = range.isShare() && value >= 2 && value <= 100
                ? Proposal.number(value) + " % is " + CallCheck.share(value) + ". Write: " + term.field() + " "
                        + operator + " " + CallCheck.share(value)
                : "Write a number within these limits" + (term.field().equals("hour") ? ", such as hour >= 18." : ".");
        report.slip(
                NodeText.firstWord(comparison.getLeft()).isEmpty()
                        ? NodeText.firstWord(comparison.getRight())
                        : NodeText.firstWord(comparison.getLeft()),
                "'" + term.field() + "' of a " + fact.getSimpleName() + " is " + range + ", so '" + term.field() + " "
                        + operator + " " + number + "' is never true.",
                cure);
    }

    /** A path without quotes. In a call, the call is written with them. */
    void withoutQuotes(Expression value, MethodCallExpr call) {
        String text = "\"" + NodeText.of(value).replaceAll("\\s", "") + "\"";
        report.fault(
                NodeText.firstWord(value),
                "'" + NodeText.shortened(value).replaceAll("\\s", "") + "' is not in quotes.",
                "Write: " + (call == null ? text : CallCheck.call(call.getNameAsString(), List.of(text))));
    }

    /** A word that this fact does not have, but another one or a group after 'then'; false if nobody has it. */
    boolean foreign(Class<?> fact, MethodCallExpr call) {
        String name = call.getNameAsString();
        String given = call.getArguments().stream().map(CallCheck::text).collect(Collectors.joining(", "));
        String group = GROUPS_IN_CONDITIONS.get(name);
        if (group != null) {
            report.fault(
                    name,
                    "'" + name + "' names a group, for verbs after 'then'.",
                    "In a condition, write: " + group.formatted(given));
            return true;
        }
        List<String> owners = Vocabulary.facts().stream()
                .filter(other -> Vocabulary.question(other, name) != null)
                .map(Class::getSimpleName)
                .sorted()
                .toList();
        if (owners.isEmpty()) {
            return false;
        }
        String instead = name.equals("within") ? WITHIN_OF.get(fact.getSimpleName()) : null;
        report.fault(
                name,
                hasNo(fact, name),
                instead != null
                        ? "Write: " + instead.formatted(given)
                        : "It is a word of " + String.join(" and ", owners) + ": " + owners.get(0) + "( "
                                + CallCheck.text(call) + " )");
        return true;
    }

    void neverNull(MethodCallExpr call, String present) {
        report.fault(
                call.getNameAsString(),
                "'" + NodeText.shortened(call) + "' is never null.",
                "Write " + present + "( … ) for what has such a value, or !" + present + "( … ) for what lacks it.");
    }

    void backslash() {
        report.fault(
                "\\",
                "In a text, a backslash is only allowed before a quote or another backslash.",
                "Delete it, or in a pattern write it twice: \"\\\\d\".");
    }

    void longText(String text, int most) {
        report.fault(
                NodeText.shortened(text),
                "A text in a rule has " + text.length() + " characters; at most " + most + " are allowed.",
                "Shorten it.");
    }

    void joined(Node sum) {
        report.fault(
                NodeText.firstWord(sum),
                "'" + NodeText.shortened(sum) + "' joins texts, and conditions only add numbers.",
                "Compare the texts one by one.");
    }

    void noText(Node part) {
        report.fault(
                NodeText.firstWord(part),
                "'" + NodeText.shortened(part) + "' is neither a text nor a number.",
                "Join single words of a fact, such as $c.name().");
    }

    void number(String number) {
        report.fault(
                number,
                NodeText.shortened(number) + " is not a valid number in a rule.",
                "Write plain digits such as 1000 or 0.25, without separators of thousands.");
    }

    void singleQuotes(CharLiteralExpr text) {
        report.fault(
                "'",
                NodeText.shortened(text) + " is not in double quotes.",
                "Write a text in double quotes: \"" + text.getValue() + "\".");
    }

    void boundName(String name) {
        report.fault(
                name,
                "'" + NodeText.shortened(name) + "' is not a valid name.",
                name.matches("[A-Za-z]\\w{0,59}")
                        ? "A name begins with $. Write: $" + name
                        : "Begin a name with $ and a letter: $c.");
    }

    void singleSign(String sign) {
        report.fault(sign, "'" + sign + "' is not an operator here.", "Use " + sign + sign + ".");
    }

    /** An unknown word that a field is compared with. Forgotten quotes are the most likely mistake there. */
    void unknownValue(Class<?> fact, Class<?> type, String word) {
        String has = fact.getSimpleName() + " has no '" + NodeText.shortened(word) + "'.";
        if (type.isEnum()) {
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            report.fault(
                    word,
                    shouted ? fact.getSimpleName() + " has no value '" + NodeText.shortened(word) + "'." : has,
                    valuesOf(type).contains(word) ? askedOf(type, word) : Suggestion.of(word, valuesOf(type)));
        } else if (type == boolean.class) {
            report.fault(word, has, "Write true or false.");
        } else {
            String near = Nearest.to(word, Vocabulary.wordNames(fact))
                    .map(known -> "Did you mean '" + known + "'? ")
                    .orElse("");
            report.fault(word, has, near + "Write a text in quotes: \"" + NodeText.shortened(word) + "\".");
        }
    }

    /** A value that exists is compared in the line of the fact that has it. */
    private static String askedOf(Class<?> type, String value) {
        return Vocabulary.facts().stream()
                .sorted(Comparator.comparing(Class::getSimpleName))
                .flatMap(fact -> Vocabulary.wordNames(fact).stream()
                        .filter(word -> Vocabulary.word(fact, word) == type)
                        .map(word -> fact.getSimpleName() + "( " + word + " == " + value + " )"))
                .findFirst()
                .map(condition -> "Compare it in a line of its own: " + condition)
                .orElse("Compare it in a line of the fact that has it.");
    }

    /** Whether a word is compared with a value of another kind. What has no kind in words is left to the compiler. */
    boolean mismatch(Expression left, Class<?> leftType, Expression right, Class<?> rightType) {
        if (kind(leftType).isEmpty()
                || kind(rightType).isEmpty()
                || kind(leftType).equals(kind(rightType))) {
            return false;
        }
        boolean turned = left.isLiteralExpr();
        Expression word = turned ? right : left;
        Expression value = turned ? left : right;
        Class<?> type = turned ? rightType : leftType;
        Class<?> valueType = turned ? leftType : rightType;
        report.fault(
                NodeText.of(word),
                "'" + NodeText.of(word) + "' is " + kind(type) + ", but " + NodeText.of(value) + " is "
                        + (valueType == String.class ? "a text" : kind(valueType)) + ".",
                mismatchCure(left, word, type, value));
        return true;
    }

    /** A value that the shop has named can be read as a text and as a number. */
    private static Optional<String> otherReading(Expression word, Expression value) {
        if (!(word instanceof MethodCallExpr call) || call.getArguments().size() != 1) {
            return Optional.empty();
        }
        String name = call.getNameAsString();
        boolean number = value instanceof IntegerLiteralExpr || value instanceof DoubleLiteralExpr;
        String other = name.equals("text") && number
                ? "number"
                : name.equals("number") && value instanceof StringLiteralExpr ? "text" : "";
        String scope = call.getScope().map(of -> NodeText.of(of) + ".").orElse("");
        return other.isEmpty()
                ? Optional.empty()
                : Optional.of(scope + other + "( " + NodeText.of(call.getArgument(0)) + " )");
    }

    private static String mismatchCure(Expression left, Expression word, Class<?> type, Expression value) {
        if (left instanceof BinaryExpr between
                && !between.getOperator().asString().matches("[-+*/%]")) {
            return "Write two conditions, such as: price > 5, price < 20";
        }
        Optional<String> other = otherReading(word, value);
        if (other.isPresent()) {
            return "Write: " + other.get();
        }
        String map = VALUES_OF_MAPS.get(NodeText.of(word));
        if (Map.class.isAssignableFrom(type)) {
            return map == null
                    ? "Ask whether it holds a key: " + NodeText.of(word) + " contains \"…\""
                    : "Write for example: " + map + "( \"" + (map.equals("text") ? "material" : "sport/yoga") + "\" ) "
                            + comparison(left) + " " + NodeText.shortened(value);
        } else if (Collection.class.isAssignableFrom(type)) {
            return "Write: " + NodeText.of(word) + " contains " + NodeText.shortened(value);
        } else if (!(value instanceof StringLiteralExpr text)) {
            return "Compare it with " + kind(type) + ".";
        } else if (type.isEnum()) {
            return "Write it without quotes: "
                    + Nearest.to(text.getValue().replace('-', '_'), valuesOf(type))
                            .orElse("one of " + String.join(", ", valuesOf(type)));
        } else if (type == boolean.class && Set.of("true", "false").contains(text.getValue())) {
            return "Write it without quotes: " + text.getValue();
        } else if (CallForms.isNumber(type) && text.getValue().matches("\\d+(\\.\\d+)?")) {
            return "Write it without quotes: " + text.getValue();
        } else if (CallForms.isNumber(type) && text.getValue().matches("\\d{1,2}:\\d\\d")) {
            return "Write the hour alone: " + text.getValue().replaceFirst("^0?(\\d+):.*", "$1");
        }
        return "Compare it with " + kind(type) + ".";
    }

    /** The sign between the word and its value. */
    private static String comparison(Expression left) {
        return left.getParentNode()
                .filter(BinaryExpr.class::isInstance)
                .map(whole -> ((BinaryExpr) whole).getOperator().asString())
                .orElse("==");
    }

    /** A word of a search that no search can hold. @param any whether capitals are all the same */
    void searchWord(StringLiteralExpr value, boolean any) {
        String text = value.asString();
        List<String> words = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        boolean one = words.size() == 1 && words.get(0).equals(any ? text.toLowerCase(Locale.ROOT) : text);
        if (!one && !words.isEmpty()) {
            report.slip(
                    NodeText.of(value),
                    words.size() == 1
                            ? "Searches are kept in lower case and word by word, so none holds '"
                                    + NodeText.shortened(text) + "'."
                            : "'" + NodeText.shortened(text) + "' is not one word: searches are kept word by word.",
                    "Write: "
                            + words.stream()
                                    .map(word -> "searchedFor( \"" + word + "\" )")
                                    .collect(Collectors.joining(", ")));
        }
    }

    void patternForm() {
        report.fault(
                "matches",
                "'matches' compares a word of the fact itself with one pattern in quotes.",
                "Write: name matches \".*yoga.*\"");
    }

    void pattern(String pattern, String why) {
        boolean star = pattern.matches("\\*?[\\w ]+\\*?");
        report.fault(
                "matches",
                star
                        ? "The pattern is invalid: in a pattern, '.*' stands for any text."
                        : "The pattern is invalid or could take too long. " + why,
                star ? "Write: matches \"" + pattern.replace("*", ".*") + "\"" : "Simplify it.");
    }

    /** @param negated whether a {@code !} stands before it */
    void unknownWord(Class<?> fact, String word, boolean negated) {
        List<String> own = Vocabulary.wordNames(fact);
        if (own.contains(word)) {
            unknown(word, hasNo(fact, word), own);
        } else if (word.matches("[\u20AC$\u00A3\u00A5]\\d+")) {
            report.fault(
                    word,
                    "A number cannot have '" + word.charAt(0) + "'.",
                    "Write only the number, in the shop's currency: " + word.substring(1));
        } else {
            String cure =
                    MeantWords.cure(fact.getSimpleName(), word, negated).orElseGet(() -> wordMeant(fact, word, own));
            report.fault(word, hasNo(fact, word), cure);
        }
    }

    static String wordMeant(Class<?> fact, String word) {
        return MeantWords.cure(fact.getSimpleName(), word, false)
                .orElseGet(() -> wordMeant(fact, word, Vocabulary.wordNames(fact)));
    }

    private static String wordMeant(Class<?> fact, String word, List<String> own) {
        List<String> owners = Vocabulary.facts().stream()
                .filter(other -> Vocabulary.word(other, word) != null)
                .map(Class::getSimpleName)
                .sorted()
                .toList();
        if (!owners.isEmpty()) {
            return "It is a word of " + String.join(" and ", owners) + ", which stands in a line of its own: "
                    + owners.get(0) + "( " + word + " … )";
        }
        boolean named = Vocabulary.question(fact, "text") != null;
        return Nearest.to(word, own)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(
                        own.size() <= WORDS_LISTED
                                ? Suggestion.of(word, own)
                                : (named
                                                ? "What the shop has named itself is read with text( \""
                                                        + NodeText.shortened(word) + "\" ) or number( \""
                                                        + NodeText.shortened(word) + "\" ). "
                                                : "")
                                        + "The words of a " + fact.getSimpleName() + " are in rules/README.md.");
    }

    void unknownConstant(Class<?> fact, String word) {
        unknown(
                word,
                fact.getSimpleName() + " has no value '" + NodeText.shortened(word) + "'.",
                Vocabulary.constantNames(fact));
    }

    void unknownName(String name, Map<String, Class<?>> bound, boolean compared) {
        String message = "'" + NodeText.shortened(name) + "' is not a known word.";
        if (name.matches("\\$\\d+")) {
            report.fault(
                    name,
                    "A number cannot have '$'.",
                    "Write only the number, in the shop's currency: " + name.substring(1));
            return;
        }
        // a whole fact is compared with nothing
        List<String> names = bound.keySet().stream()
                .filter(known -> !compared || !Vocabulary.isFact(bound.get(known)))
                .toList();
        if (compared && names.isEmpty()) {
            report.fault(
                    name,
                    "'" + NodeText.shortened(name) + "' is not a name of this rule.",
                    "Name the value first, in a line above, such as: Page( " + NodeText.shortened(name) + " : price )");
        } else {
            unknown(name, message, names);
        }
    }

    /** A name of which a word is asked, and that stands for no fact. */
    void unknownFact(String name, Map<String, Class<?>> bound) {
        List<String> facts = bound.keySet().stream()
                .filter(known -> Vocabulary.isFact(bound.get(known)))
                .toList();
        String fact = Nearest.to(name.substring(1), Vocabulary.factNames()).orElse("Candidate");
        report.fault(
                name,
                "'" + NodeText.shortened(name) + "' is not a name of this rule.",
                Nearest.to(name, facts)
                        .filter(near -> near.length() > 2)
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse("Name the fact first, such as: " + NodeText.shortened(name) + " : " + fact + "( … )"));
    }

    /** @param kind what the function must make, null if anything will do */
    void unknownFunction(MethodCallExpr call, CallForms.Kind kind) {
        String name = call.getNameAsString();
        String message = "'" + NodeText.shortened(call) + "' is not allowed in a rule.";
        String group = GROUPS_IN_CONDITIONS.entrySet().stream()
                .filter(one -> one.getValue().startsWith(name + "("))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
        boolean wanted = kind != null && !CallForms.functionsFor(kind).isEmpty();
        if (group != null) {
            report.fault(
                    name,
                    "'" + name + "' is a word for conditions.",
                    "After 'then', write: "
                            + CallCheck.call(
                                    group,
                                    call.getArguments().stream()
                                            .map(CallCheck::text)
                                            .toList()));
        } else if (wanted) {
            report.fault(
                    name, "There is no '" + NodeText.shortened(name) + "'.", CallCheck.unknownFunction(name, kind));
        } else {
            unknown(name, message, Vocabulary.functions().keySet());
        }
    }

    void noBrackets(FieldAccessExpr access) {
        report.fault(
                access.getNameAsString(),
                "'" + NodeText.shortened(access) + "' has no brackets.",
                "After 'then', write words of a fact with brackets: " + NodeText.shortened(access) + "()");
    }

    static String hasNo(Class<?> fact, String word) {
        return fact.getSimpleName() + " has no '" + NodeText.shortened(word) + "'.";
    }

    private void unknown(String word, String message, Collection<String> known) {
        CallForms.Form form = CallForms.of(word);
        if (known.contains(word) && form != null) {
            report.fault(
                    word,
                    "'" + word + "' needs a value in brackets.",
                    "Write: "
                            + CallCheck.call(
                                    word,
                                    form.arguments().stream()
                                            .map(CallForms.Argument::sample)
                                            .toList()));
        } else if (word.startsWith("$") && known.isEmpty()) {
            report.fault(
                    word, message, "Name the fact first, such as: " + NodeText.shortened(word) + " : Candidate( … )");
        } else {
            report.fault(word, message, Suggestion.of(word, known));
        }
    }

    private static List<String> valuesOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    /** The type in words, "" if only the compiler can compare it. */
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
            return "one of " + valuesOf(type).stream().collect(Collectors.joining(", "));
        }
        if (Vocabulary.isFact(type)) {
            return "a " + type.getSimpleName();
        }
        if (Map.class.isAssignableFrom(type)) {
            return "a table of values by key";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "";
    }
}
