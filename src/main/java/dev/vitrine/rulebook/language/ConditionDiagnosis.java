package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.language.SyntaxDiagnosis.at;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.closes;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.opens;

import dev.vitrine.problem.Nearest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Mistakes between {@code when} and {@code then}. */
final class ConditionDiagnosis {
    private static final Set<String> COMPARES = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> WRONG_COMPARISONS =
            Set.of("=", "=<", "=>", "<>", "===", "!==", "\u2265", "\u2264", "\u2260");
    private static final Set<String> JOINS = Set.of("and", "or");
    /** What may stand before a word of a fact. */
    private static final Set<String> BEGINS = Set.of(",", "&&", "||", "!", ":");

    /** Words that may stand between two values. */
    private static final Set<String> BETWEEN =
            Set.of("contains", "matches", "memberOf", "soundslike", "in", "not", "str");

    /** What people write after an hour or a price. */
    private static final Set<String> UNITS = Set.of("am", "pm", "uhr", "oclock", "eur", "usd", "gbp", "chf");

    /** Words that may stand before a fact. */
    private static final Set<String> BEFORE = Set.of("and", "or", "not", "exists");

    private ConditionDiagnosis() {}

    /** Whether a line of conditions can begin with this token. */
    static boolean beginsCondition(Token token) {
        return token.first()
                && (Vocabulary.isFact(token.text())
                        || BEFORE.contains(token.text())
                        || token.text().startsWith("$"));
    }

    /** @param then the token that follows the conditions */
    static Optional<SyntaxDiagnosis> of(List<Token> conditions, Token then) {
        if (!conditions.isEmpty() && conditions.get(0).is("if")) {
            return notAFact(conditions.get(0), null);
        }
        Optional<SyntaxDiagnosis> brackets = SyntaxDiagnosis.brackets(conditions, then);
        if (brackets.isPresent()) {
            return brackets;
        }
        int depth = 0;
        String fact = "";
        for (int i = 0; i < conditions.size(); i++) {
            Token token = conditions.get(i);
            Token before = i == 0 ? null : conditions.get(i - 1);
            Token next = i + 1 == conditions.size() ? null : conditions.get(i + 1);
            if (depth == 0 && Vocabulary.isFact(token.text())) {
                fact = token.text();
            }
            int at = i;
            String of = fact;
            Optional<SyntaxDiagnosis> found = depth == 0
                    ? LooseCondition.at(conditions, at)
                            .map(loose -> at(loose.at(), LooseCondition.MESSAGE, loose.cure()))
                            .or(() -> function(token, next))
                            .or(() -> amongFacts(token, before, next))
                    : separated(conditions, at)
                            .or(() -> ForeignSigns.inCondition(conditions, at))
                            .or(() -> units(token, before))
                            .or(() -> SpokenCondition.at(conditions, at)
                                    .map(spoken -> at(spoken.at(), spoken.message(), spoken.cure())))
                            .or(() -> reserved(of, token, before, next))
                            .or(() -> withinFact(token, before, next));
            if (found.isPresent()) {
                return found;
            }
            depth += opens(token) ? 1 : closes(token) ? -1 : 0;
        }
        return Optional.empty();
    }

    private static Optional<SyntaxDiagnosis> separated(List<Token> conditions, int at) {
        Token token = conditions.get(at);
        return SeparatedNumber.at(conditions, at)
                .map(number -> at(token, SeparatedNumber.MESSAGE, "Write: " + number.plain()));
    }

    /** A word of the rule language where a word of the fact should stand. */
    private static Optional<SyntaxDiagnosis> reserved(String fact, Token token, Token before, Token next) {
        boolean begins = opens(before) || BEGINS.contains(before.text());
        boolean ends =
                next == null || next.is(",") || closes(next) || compares(next) || next.is("in") || next.is("contains");
        return begins && ends && ReservedWords.contains(token.text()) && Vocabulary.isFact(fact)
                ? Optional.of(at(
                        token,
                        NameFaults.hasNo(Vocabulary.fact(fact), token.text()),
                        NameFaults.wordMeant(Vocabulary.fact(fact), token.text())))
                : Optional.empty();
    }

    /** {@code COUNT( Candidate ) > 3} */
    private static Optional<SyntaxDiagnosis> function(Token token, Token next) {
        boolean called = isOtherWord(token) && next != null && next.is("(");
        String cure = called ? MeantComparison.functionCure(token.text()) : "";
        return cure.isEmpty()
                ? Optional.empty()
                : Optional.of(at(token, "There is no function '" + token.text() + "' in conditions.", cure));
    }

    /** Outside of all brackets, facts follow each other. */
    private static Optional<SyntaxDiagnosis> amongFacts(Token token, Token before, Token next) {
        boolean fact = Vocabulary.isFact(token.text());
        boolean joins = JOINS.contains(token.text());
        if (joins && before == null) {
            return Optional.of(at(token, "Nothing stands before '" + token.text() + "'.", "Delete it."));
        } else if (joins && next == null) {
            return Optional.of(at(
                    token, "Nothing follows '" + token.text() + "'.", "Delete it, or write a fact on the next line."));
        } else if (joins && JOINS.contains(next.text())) {
            return Optional.of(at(
                    next,
                    "Nothing stands between '" + token.text() + "' and '" + next.text() + "'.",
                    "Delete one of them."));
        } else if (token.is(",")) {
            return Optional.of(at(
                    token,
                    "Facts are not separated by commas.",
                    "Delete the comma, and write each fact on its own line."));
        } else if (token.is("@")) {
            return Optional.of(at(token, "'@' does not belong below 'when'.", "Move the line above 'when'."));
        } else if (WRONG_COMPARISONS.contains(token.text()) && next != null && Vocabulary.isFact(next.text())) {
            return Optional.of(
                    at(token, "A colon must follow the name of a fact.", "Write: $c : " + next.text() + "( … )"));
        } else if (compares(token) || isOtherWord(token) && next != null && compares(next)) {
            return Optional.of(
                    at(token, LooseCondition.MESSAGE, "Write it inside the brackets: $c : Candidate( price < 10 )"));
        } else if (opens(token) && !token.is("(")) {
            return Optional.of(at(token, "'" + token.text() + "' is not used in rules.", "Use round brackets."));
        } else if (fact && next != null && next.text().startsWith("$") && !next.first()) {
            return Optional.of(at(
                    next,
                    "The name of a fact stands before it.",
                    "Write: " + next.text() + " : " + token.text() + "( … )"));
        } else if (fact && (next == null || !opens(next))) {
            return Optional.of(
                    at(token, "The fact " + token.text() + " has no brackets.", "Write: " + token.text() + "()"));
        } else if (fact && before != null && before.text().startsWith("$")) {
            return Optional.of(at(
                    before,
                    "A colon must follow the name of a fact.",
                    "Write: " + before.text() + " : " + token.text() + "( … )"));
        } else if (isOtherWord(token) && !BEFORE.contains(token.text())) {
            return notAFact(token, next);
        }
        return Optional.empty();
    }

    private static Optional<SyntaxDiagnosis> notAFact(Token token, Token next) {
        String small = token.text().toLowerCase(Locale.ROOT);
        if (token.is("when")) {
            return Optional.of(at(
                    token, "A rule has one 'when'.", "Delete it: facts in lines below each other must all be there."));
        }
        if (BEFORE.contains(small)) {
            return Optional.of(at(token, "'" + token.text() + "' must be in lower case.", "Write: " + small));
        } else if (next != null && (next.is("(") || next.is(":"))) {
            return Optional.empty();
        }
        return Optional.of(at(
                token,
                "'" + token.text() + "' does not belong among the conditions.",
                "Conditions are facts with brackets, and the words not, exists, and, or."));
    }

    /** A word that is neither a fact nor a bound name. */
    private static boolean isOtherWord(Token token) {
        return token.word() && !Vocabulary.isFact(token.text()) && !token.text().startsWith("$");
    }

    private static boolean compares(Token token) {
        return COMPARES.contains(token.text()) || WRONG_COMPARISONS.contains(token.text());
    }

    /** Within the brackets of a fact, commas separate the conditions. */
    private static Optional<SyntaxDiagnosis> withinFact(Token token, Token before, Token next) {
        boolean last = next == null || next.is(",") || closes(next);
        if (token.is(",") && last) {
            return Optional.of(at(token, "Nothing follows the comma.", "Delete it, or write a condition."));
        } else if (token.text().equalsIgnoreCase("not") && (opens(before) || before.is(","))) {
            return Optional.of(at(
                    token,
                    "'not' goes before a fact; inside its brackets, use '!'.",
                    "Write: !" + (next == null ? "onSale" : next.text())));
        } else if ((token.is("||") || token.is("&&")) && last) {
            return Optional.of(
                    at(token, "Nothing follows '" + token.text() + "'.", "Delete it, or write a condition after it."));
        } else if (WRONG_COMPARISONS.contains(token.text())) {
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' is not a comparison.",
                    "Use " + meant(token.text()) + " to compare."));
        } else if (COMPARES.contains(token.text()) && (last || COMPARES.contains(next.text()))) {
            return Optional.of(
                    at(token, "'" + token.text() + "' has no value to compare with.", "Write the value after it."));
        } else if (JOINS.contains(token.text().toLowerCase(Locale.ROOT)) && !opens(before)) {
            boolean both = token.text().equalsIgnoreCase("and");
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' joins facts, not conditions inside the brackets of a fact.",
                    "Use " + (both ? "a comma, or &&." : "||.")));
        } else if (token.is("in") && (next == null || !next.is("("))) {
            return Optional.of(
                    at(token, "The list after 'in' is not in round brackets.", "Write: in ( \"…\", \"…\" )"));
        } else if (token.is("\u20AC") || token.is("%") && last) {
            boolean percent = token.is("%") && before.kind() == Token.Kind.NUMBER;
            return Optional.of(at(
                    token,
                    "A number cannot have '" + token.text() + "'.",
                    percent
                            ? before.text() + " % is " + CallCheck.share(Double.parseDouble(before.text())) + "."
                            : "Write only the number, in the shop's currency."));
        } else if (token.is(":") && isNumber(before) && isNumber(next)) {
            return Optional.of(at(
                    before,
                    "An hour is a whole number, without minutes.",
                    "Write for example: hour >= " + before.text()));
        } else if (token.value() && !BETWEEN.contains(token.text())) {
            return missing(token, before);
        }
        return Optional.empty();
    }

    private static boolean isNumber(Token token) {
        return token != null && token.kind() == Token.Kind.NUMBER;
    }

    /** What people write after an hour or a price. */
    private static Optional<SyntaxDiagnosis> units(Token token, Token before) {
        if (!isNumber(before) || !UNITS.contains(token.text().toLowerCase(Locale.ROOT))) {
            return Optional.empty();
        }
        boolean hour = !token.text().matches("[A-Z]{3}");
        return Optional.of(at(
                token,
                "A number cannot have '" + token.text() + "'.",
                hour
                        ? "Write the hour, 0 to 23, such as: hour >= 18"
                        : "Write only the number, in the shop's currency: " + before.text()));
    }

    /** What is missing between a value and what stands before it. */
    private static Optional<SyntaxDiagnosis> missing(Token token, Token before) {
        boolean afterValue = before.value() && !BETWEEN.contains(before.text());
        boolean ended = before.is(")") || before.kind() != Token.Kind.WORD || isWord(before.text());
        if (afterValue && before.word() && token.kind() == Token.Kind.TEXT && CallForms.of(before.text()) != null) {
            return Optional.of(at(
                    token,
                    "The value of '" + before.text() + "' is not in brackets.",
                    "Write: " + before.text() + "( " + token.text() + " )"));
        } else if ((afterValue || before.is(")")) && ended && isWord(token.text()) && CallForms.of(token.text()) == null
                || before.is(")") && token.word()) {
            return Optional.of(at(
                    token,
                    "A comma is missing before '" + token.text() + "'.",
                    "Write: " + (before.is(")") ? "… )" : before.text()) + ", " + token.text()));
        }
        return afterValue
                ? Optional.of(at(
                        token,
                        "Something is missing between '" + before.text() + "' and '" + token.text() + "'.",
                        missingBetween(token)))
                : Optional.empty();
    }

    /** Whether it is a word of some fact. */
    private static boolean isWord(String text) {
        return Vocabulary.facts().stream().anyMatch(fact -> Vocabulary.question(fact, text) != null);
    }

    private static String meant(String comparison) {
        return switch (comparison) {
            case "=<", "\u2264" -> "<=";
            case "=>", "\u2265" -> ">=";
            case "<>", "!==", "\u2260" -> "!=";
            default -> "==";
        };
    }

    private static String missingBetween(Token token) {
        return switch (token.text()) {
            case "within" -> "Write: within( \"sport/yoga\" )";
            case "tagged" -> "Write: tagged( \"core\" )";
            default ->
                Nearest.to(token.text(), List.of("contains", "matches"))
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(
                                "Separate two conditions with a comma; compare with ==, !=, <, <=, >, >=, contains or matches.");
        };
    }
}
