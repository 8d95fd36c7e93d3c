package dev.vitrine.rulebook.language;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Why a rule does not read as one, in the words of who wrote it. The parser tells only the place where it gave up, in terms
 * of its grammar; so we look for the slips that people make, in the order in which they hide one another: a quote that is
 * never closed first, since nothing behind it is what it seems.
 *
 * @param message what is wrong
 * @param cure what to do about it
 */
record SyntaxDiagnosis(int line, int column, String message, String cure) {
    /** Our choice: what quotes a file may quote a word of any length. */
    private static final int SAID_MAX = 240;

    private static final Set<String> PARTS = Set.of("rule", "when", "then", "end");
    private static final Set<String> OPENS = Set.of("(", "[", "{");
    private static final Set<String> CLOSES = Set.of(")", "]", "}");
    private static final Set<String> COMPARES = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> NO_COMPARISON = Set.of("=", "=<", "=>", "<>", "===", "!==");
    private static final Set<String> JOINS = Set.of("and", "or");
    /** Words that stand between two values. */
    private static final Set<String> BETWEEN =
            Set.of("contains", "matches", "memberOf", "soundslike", "in", "not", "str");

    /** Words that may stand before a fact. */
    private static final Set<String> BEFORE = Set.of("and", "or", "not", "exists");

    SyntaxDiagnosis {
        message = shortened(message);
        cure = shortened(cure);
    }

    static String shortened(String said) {
        return said.length() > SAID_MAX ? said.substring(0, SAID_MAX) + "…" : said;
    }

    private static SyntaxDiagnosis at(Token token, String message, String cure) {
        return new SyntaxDiagnosis(token.line(), token.column(), message, cure);
    }

    /** What is wrong with a rule that does not parse; nothing where it is none of the usual. */
    static Optional<SyntaxDiagnosis> of(List<Token> rule) {
        return first(rule, token -> token.kind() == Kind.UNCLOSED)
                .map(SyntaxDiagnosis::unclosed)
                .or(() -> first(rule, token -> "\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB"
                                .contains(token.text()))
                        .map(token -> at(
                                token,
                                "The quote is not a straight one.",
                                "The file holds typographic quotes; use the straight \" instead.")))
                .or(() -> first(
                                rule,
                                token -> Character.isSpaceChar(token.text().charAt(0)))
                        .map(token -> at(
                                token,
                                String.format(
                                        "The blank is a special one (U+%04X).",
                                        (int) token.text().charAt(0)),
                                "Type it anew.")))
                .or(() -> first(rule, token -> token.is("#"))
                        .map(token -> at(token, "'#' begins no comment.", "Begin comments with //.")))
                .or(() -> name(rule))
                .or(() -> parts(rule));
    }

    /** What is wrong where a rule should begin. */
    static SyntaxDiagnosis noRule(Token token) {
        if (token.kind() == Kind.UNCLOSED) {
            return unclosed(token);
        }
        return at(
                token,
                "'" + token.text() + "' begins no rule.",
                token.is("#")
                        ? "Begin comments with //."
                        : Nearest.to(token.text(), List.of("rule"))
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("A rule begins with: rule \"its name\". A comment begins with //."));
    }

    private static SyntaxDiagnosis unclosed(Token token) {
        return token.text().startsWith("/*")
                ? at(token, "The comment is never closed.", "Close it with */, or begin each of its lines with //.")
                : at(
                        token,
                        "The quote is never closed.",
                        "Close it in the same line with " + token.text().charAt(0) + ".");
    }

    private static Optional<Token> first(List<Token> tokens, Predicate<Token> which) {
        return tokens.stream().filter(which).findFirst();
    }

    private static Optional<SyntaxDiagnosis> name(List<Token> rule) {
        if (rule.size() < 2) {
            return Optional.of(at(rule.get(0), "The rule has no name.", "Name it in a sentence: rule \"…\""));
        }
        List<Token> line = rule.stream()
                .skip(1)
                .takeWhile(token -> token.line() == rule.get(0).line() && !token.is("@") && !token.is("when"))
                .toList();
        if (line.isEmpty()
                || line.get(0).kind() == Kind.TEXT && line.get(0).text().startsWith("\"")) {
            return line.isEmpty()
                    ? Optional.of(at(rule.get(0), "The rule has no name.", "Name it in a sentence: rule \"…\""))
                    : Optional.empty();
        }
        String words =
                line.stream().map(Token::text).filter(word -> !word.equals(":")).collect(Collectors.joining(" "));
        return line.size() == 1 && line.get(0).word()
                ? Optional.empty()
                : Optional.of(at(
                        line.get(0),
                        "The rule's name does not stand in quotes.",
                        "Write: rule \"" + words.replaceAll("[\"']", "") + "\""));
    }

    private static Optional<SyntaxDiagnosis> parts(List<Token> rule) {
        int when = firstWord(rule, "when", 1);
        if (when < 0) {
            return Optional.of(missing(rule, 1, "when", "above the conditions"));
        }
        Optional<SyntaxDiagnosis> head = head(rule.subList(2, when));
        if (head.isPresent()) {
            return head;
        }
        int then = firstWord(rule, "then", when);
        if (then < 0) {
            return Optional.of(missing(rule, when + 1, "then", "above what the rule says"));
        }
        Optional<SyntaxDiagnosis> conditions = conditions(rule.subList(when + 1, then), rule.get(then));
        if (conditions.isPresent()) {
            return conditions;
        }
        int end = firstWord(rule, "end", then);
        if (end < 0) {
            return Optional.of(missing(rule, then + 1, "end", "below the rule"));
        }
        return end + 1 < rule.size()
                ? Optional.of(at(
                        rule.get(end + 1),
                        "'" + rule.get(end + 1).text() + "' stands behind the rule's end.",
                        "Delete it, or begin another rule with: rule \"its name\""))
                : Optional.empty();
    }

    private static int firstWord(List<Token> tokens, String word, int from) {
        return IntStream.range(from, tokens.size())
                .filter(i -> tokens.get(i).is(word))
                .findFirst()
                .orElse(-1);
    }

    /** A word that is not there, or is misspelt: then it stands in a line by itself. */
    private static SyntaxDiagnosis missing(List<Token> rule, int from, String word, String where) {
        for (int i = from; i < rule.size(); i++) {
            Token token = rule.get(i);
            boolean alone =
                    token.first() && (i + 1 == rule.size() || rule.get(i + 1).first());
            if (alone
                    && token.word()
                    && !PARTS.contains(token.text())
                    && Nearest.to(token.text(), List.of(word)).isPresent()) {
                return at(token, "'" + token.text() + "' is not a word of a rule.", "Did you mean '" + word + "'?");
            }
        }
        return at(
                switch (word) {
                    case "when" -> first(rule, SyntaxDiagnosis::ofACondition).orElse(rule.get(0));
                    case "then" -> first(rule, token -> token.is("shelf")).orElse(rule.get(0));
                    default -> rule.get(rule.size() - 1);
                },
                "The rule has no '" + word + "'.",
                "Write '" + word + "' in a line of its own " + where + ".");
    }

    /** Between the name and 'when'. */
    private static Optional<SyntaxDiagnosis> head(List<Token> head) {
        Optional<SyntaxDiagnosis> brackets = brackets(head, null);
        if (brackets.isPresent()) {
            return brackets;
        }
        for (int i = 0; i + 1 < head.size(); i++) {
            Token token = head.get(i);
            Token next = head.get(i + 1);
            boolean named = i > 0 && head.get(i - 1).is("@");
            if (named && !next.is("(")) {
                return Optional.of(at(
                        next,
                        "What @" + token.text() + " says does not stand in brackets.",
                        "Write: @" + token.text() + "( \"…\" )"));
            } else if (token.text().startsWith("date-") && next.kind() != Kind.TEXT) {
                return Optional.of(at(
                        next,
                        token.text() + " is not followed by a day in quotes.",
                        "Write: " + token.text() + " \"2026-11-25\""));
            }
        }
        Optional<Token> equals = first(head, token -> token.is("="));
        if (equals.isPresent()) {
            return Optional.of(at(equals.get(), "'=' does not belong above 'when'.", "Write: enabled false"));
        }
        Optional<SyntaxDiagnosis> misspelt = first(
                        head,
                        token -> token.first()
                                && token.word()
                                && !RuleGrammar.ATTRIBUTES.contains(token.text())
                                && Nearest.to(token.text(), RuleGrammar.ATTRIBUTES)
                                        .isPresent())
                .map(token -> at(
                        token,
                        "'" + token.text() + "' is not known above 'when'.",
                        "Did you mean '"
                                + Nearest.to(token.text(), RuleGrammar.ATTRIBUTES)
                                        .orElseThrow() + "'?"));
        if (misspelt.isPresent()) {
            return misspelt;
        }
        return first(head, SyntaxDiagnosis::ofACondition)
                .map(token -> at(
                        token,
                        "'" + token.text() + "' does not belong above 'when'.",
                        "Conditions stand between 'when' and 'then'."));
    }

    private static boolean ofACondition(Token token) {
        return token.first()
                && (CompilerMessages.FACTS.containsKey(token.text())
                        || BEFORE.contains(token.text())
                        || token.text().startsWith("$"));
    }

    /**
     * Brackets that do not match.
     *
     * @param end what ends the part, null where its own end does
     */
    private static Optional<SyntaxDiagnosis> brackets(List<Token> part, Token end) {
        Deque<Token> open = new ArrayDeque<>();
        for (Token token : part) {
            if (OPENS.contains(token.text())) {
                open.push(token);
            } else if (CLOSES.contains(token.text())) {
                if (open.isEmpty()) {
                    return Optional.of(at(
                            token,
                            "The bracket '" + token.text() + "' closes none.",
                            "Delete it, or open one before."));
                }
                open.pop();
            }
        }
        return Optional.ofNullable(open.peekLast())
                .map(token -> at(
                        token,
                        "The bracket '" + token.text() + "' is never closed"
                                + (end == null ? "." : " before '" + end.text() + "'."),
                        "Close it in the same line."));
    }

    /** Between 'when' and 'then'. */
    private static Optional<SyntaxDiagnosis> conditions(List<Token> part, Token then) {
        Optional<SyntaxDiagnosis> brackets = brackets(part, then);
        if (brackets.isPresent()) {
            return brackets;
        }
        int depth = 0;
        for (int i = 0; i < part.size(); i++) {
            Token token = part.get(i);
            Token before = i == 0 ? null : part.get(i - 1);
            Token next = i + 1 == part.size() ? null : part.get(i + 1);
            Optional<SyntaxDiagnosis> slip =
                    depth == 0 ? ofFacts(token, before, next) : ofConstraints(token, before, next);
            if (slip.isPresent()) {
                return slip;
            }
            depth += OPENS.contains(token.text()) ? 1 : CLOSES.contains(token.text()) ? -1 : 0;
        }
        return Optional.empty();
    }

    /** Outside of all brackets, facts follow each other. */
    private static Optional<SyntaxDiagnosis> ofFacts(Token token, Token before, Token next) {
        boolean fact = CompilerMessages.FACTS.containsKey(token.text());
        if (token.is(",")) {
            return Optional.of(at(token, "Facts are joined by nothing.", "Write each in a line of its own."));
        } else if (token.is("@")) {
            return Optional.of(at(token, "'@' does not belong below 'when'.", "Move the line above 'when'."));
        } else if (NO_COMPARISON.contains(token.text())
                && next != null
                && CompilerMessages.FACTS.containsKey(next.text())) {
            return Optional.of(at(token, "A fact is named with a colon.", "Write: $c : " + next.text() + "( … )"));
        } else if (compares(token) || ofItsOwn(token) && next != null && compares(next)) {
            return Optional.of(at(
                    token,
                    "A condition stands outside of the brackets of a fact.",
                    "Write it within them, such as: $c : Candidate( price < 10 )"));
        } else if (OPENS.contains(token.text()) && !token.is("(")) {
            return Optional.of(at(token, "'" + token.text() + "' opens nothing in a rule.", "Use round brackets."));
        } else if (fact && (next == null || !next.is("("))) {
            return Optional.of(
                    at(token, "The fact " + token.text() + " has no brackets.", "Write: " + token.text() + "()"));
        } else if (fact && before != null && before.text().startsWith("$")) {
            return Optional.of(at(
                    before,
                    "A fact is named with a colon.",
                    "Write: " + before.text() + " : " + token.text() + "( … )"));
        } else if (ofItsOwn(token) && !BEFORE.contains(token.text())) {
            return BEFORE.contains(token.text().toLowerCase(Locale.ROOT))
                    ? Optional.of(at(
                            token,
                            "'" + token.text() + "' is written in small letters.",
                            "Write: " + token.text().toLowerCase(Locale.ROOT)))
                    : next != null && next.is("(") || next != null && next.is(":")
                            ? Optional.empty()
                            : Optional.of(at(
                                    token,
                                    "'" + token.text() + "' does not belong among the conditions.",
                                    "They are facts with brackets, and the words not, exists, and, or."));
        }
        return Optional.empty();
    }

    private static String between(Token token) {
        return switch (token.text()) {
            case "equals", "equal", "is", "eq" -> "Did you mean '=='?";
            case "like" -> "Write: name matches \".*yoga.*\"";
            default ->
                Nearest.to(token.text(), List.of("contains", "matches"))
                        .map(near -> "Did you mean '" + near + "'?")
                        .orElse(
                                "A comma joins two conditions; ==, !=, <, <=, > and >= compare, and so do contains and matches.");
        };
    }

    /** Neither a fact nor a name. */
    private static boolean ofItsOwn(Token token) {
        return token.word()
                && !CompilerMessages.FACTS.containsKey(token.text())
                && !token.text().startsWith("$");
    }

    private static boolean compares(Token token) {
        return COMPARES.contains(token.text()) || NO_COMPARISON.contains(token.text());
    }

    /** Within the brackets of a fact, conditions are joined by commas. */
    private static Optional<SyntaxDiagnosis> ofConstraints(Token token, Token before, Token next) {
        if (token.is(",") && (next == null || next.is(",") || CLOSES.contains(next.text()))) {
            return Optional.of(at(token, "Nothing stands behind the comma.", "Delete it, or write a condition."));
        } else if (token.is("not") && (OPENS.contains(before.text()) || before.is(","))) {
            return Optional.of(at(
                    token,
                    "'not' stands before a fact; within its brackets it is '!'.",
                    "Write: !" + (next == null ? "onSale" : next.text())));
        } else if (NO_COMPARISON.contains(token.text())) {
            String meant =
                    switch (token.text()) {
                        case "=<" -> "<=";
                        case "=>" -> ">=";
                        case "<>", "!==" -> "!=";
                        default -> "==";
                    };
            return Optional.of(at(token, "'" + token.text() + "' compares nothing.", "Write " + meant + "."));
        } else if (COMPARES.contains(token.text())
                && (next == null || CLOSES.contains(next.text()) || next.is(",") || COMPARES.contains(next.text()))) {
            return Optional.of(at(
                    token,
                    "Nothing stands behind '" + token.text() + "' to compare with.",
                    "Write the value behind it."));
        } else if (JOINS.contains(token.text().toLowerCase(Locale.ROOT)) && !OPENS.contains(before.text())) {
            boolean both = token.text().equalsIgnoreCase("and");
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' joins facts; within the brackets of one it joins nothing.",
                    "Write " + (both ? "a comma, or &&." : "||.")));
        } else if (token.is("in") && (next == null || !next.is("("))) {
            return Optional.of(
                    at(token, "What 'in' chooses from does not stand in brackets.", "Write: in ( \"…\", \"…\" )"));
        } else if (token.is("\u20AC")
                || token.is("%") && (next == null || next.is(",") || CLOSES.contains(next.text()))) {
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' belongs to no number here.",
                    "Money is in the shop's currency, and 30 % is 0.3."));
        } else if (token.value()
                && before.value()
                && !BETWEEN.contains(token.text())
                && !BETWEEN.contains(before.text())) {
            return Optional.of(at(
                    token,
                    "Between '" + before.text() + "' and '" + token.text() + "' something is missing.",
                    between(token)));
        }
        return Optional.empty();
    }
}
