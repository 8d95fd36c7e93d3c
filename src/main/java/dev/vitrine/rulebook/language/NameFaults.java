package dev.vitrine.rulebook.language;

import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import dev.vitrine.problem.Nearest;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What can be wrong with a name: a word, a constant or a function that is not known, or not there. */
final class NameFaults {
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

    private final ExpressionFaults.Report report;

    NameFaults(ExpressionFaults.Report report) {
        this.report = report;
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

    /** An unknown word that a field is compared with. Forgotten quotes are the most likely mistake there. */
    void unknownValue(Class<?> fact, Class<?> type, String word) {
        String has = fact.getSimpleName() + " has no '" + NodeText.shortened(word) + "'.";
        if (type.isEnum()) {
            boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
            report.fault(
                    word,
                    shouted ? fact.getSimpleName() + " has no value '" + NodeText.shortened(word) + "'." : has,
                    ValueWords.valuesOf(type).contains(word)
                            ? askedOf(type, word)
                            : MeantWords.of(fact.getSimpleName(), word)
                                            .filter(meant -> meant.contains(" in ( "))
                                            .isPresent()
                                    ? "Write: "
                                            + MeantWords.of(fact.getSimpleName(), word)
                                                    .get()
                                    : Suggestion.of(word, ValueWords.valuesOf(type)));
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

    /**
     * A fact that is asked by what it is, and not by the name that the rule gives it: {@code price < Page.price}.
     *
     * @param own the fact of the condition, null in a consequence
     * @param asked the word, with what it is given
     */
    void notNamed(Class<?> fact, Expression written, Class<?> own, String asked, Map<String, Class<?>> bound) {
        String name = NodeText.of(written);
        List<String> names = bound.keySet().stream()
                .filter(known -> bound.get(known) == fact)
                .sorted()
                .toList();
        String usual = fact.getSimpleName().equals("Candidate")
                ? "$c"
                : "$" + fact.getSimpleName().toLowerCase(Locale.ROOT);
        String cure = fact == own
                ? "Write: " + asked
                : names.isEmpty()
                        ? "Name the fact in a line above, such as " + usual + " : " + fact.getSimpleName()
                                + "( … ), and write: " + usual + "." + asked
                        : "Write: " + names.get(0) + "." + asked;
        report.fault(name, "'" + name + "' is not a name of this rule.", cure);
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
}
