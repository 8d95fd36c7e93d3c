package dev.vitrine.rulebook.language;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Why a rule does not parse, in the words of people who write rules. The parser tells only where it gave up, in terms of its
 * grammar. So the usual mistakes are looked for, in the order in which they hide one another: an unclosed quote first, since
 * nothing behind it is what it seems.
 */
record SyntaxDiagnosis(int line, int column, String message, String cure) {
    /** A message may quote a word of the file, and that may have any length. */
    private static final int LENGTH_MAX = 240;

    private static final Set<String> PARTS = Set.of("rule", "when", "then", "end");
    private static final Set<String> OPENS = Set.of("(", "[", "{");
    private static final Set<String> CLOSES = Set.of(")", "]", "}");

    SyntaxDiagnosis {
        message = shortened(message);
        cure = shortened(cure);
    }

    static String shortened(String text) {
        return text.length() > LENGTH_MAX ? text.substring(0, LENGTH_MAX) + "…" : text;
    }

    static SyntaxDiagnosis at(Token token, String message, String cure) {
        return new SyntaxDiagnosis(token.line(), token.column(), message, cure);
    }

    /** @return nothing if it is none of the usual mistakes */
    static Optional<SyntaxDiagnosis> of(List<Token> rule) {
        return HeadDiagnosis.quotesInName(rule)
                .or(() -> characters(rule))
                .or(() -> first(rule, token -> token.is("#"))
                        .map(token -> at(token, "'#' does not begin a comment.", "Begin comments with //.")))
                .or(() -> dashes(rule))
                .or(() -> HeadDiagnosis.name(rule))
                .or(() -> parts(rule));
    }

    /** Two dashes begin a comment elsewhere. */
    static Optional<SyntaxDiagnosis> dashes(List<Token> tokens) {
        for (int i = 0; i + 1 < tokens.size(); i++) {
            Token dash = tokens.get(i);
            Token next = tokens.get(i + 1);
            boolean two =
                    dash.is("-") && next.is("-") && next.line() == dash.line() && next.column() == dash.column() + 1;
            Token before = i == 0 ? null : tokens.get(i - 1);
            if (two && (before == null || dash.first() || before.is(";") || before.is(")"))) {
                return Optional.of(at(dash, "'--' does not begin a comment.", "Begin comments with //."));
            }
        }
        return Optional.empty();
    }

    /** Quotes and blanks that look right and are not. */
    static Optional<SyntaxDiagnosis> characters(List<Token> rule) {
        return first(rule, token -> token.kind() == Kind.UNCLOSED)
                .map(SyntaxDiagnosis::unclosed)
                .or(() -> first(rule, token -> "\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB"
                                .contains(token.text()))
                        .map(token -> at(
                                token,
                                "The quote is not straight.",
                                "The file contains typographic quotes; use straight ones instead: \".")))
                .or(() -> first(
                                rule,
                                token -> Character.isSpaceChar(token.text().charAt(0)))
                        .map(token -> at(
                                token,
                                String.format(
                                        "This is a special space character (U+%04X).",
                                        (int) token.text().charAt(0)),
                                "Replace it with an ordinary space.")));
    }

    /** What is wrong where a rule should begin. */
    static SyntaxDiagnosis notARule(Token token) {
        if (token.kind() == Kind.UNCLOSED) {
            return unclosed(token);
        }
        return at(
                token,
                "A rule cannot begin with '" + token.text() + "'.",
                Set.of("#", "-", "<", "%", "*").contains(token.text())
                        ? "Begin comments with //."
                        : Nearest.to(token.text(), List.of("rule"))
                                .map(near -> "Did you mean '" + near + "'?")
                                .orElse("A rule begins with: rule \"its name\". A comment begins with //."));
    }

    private static SyntaxDiagnosis unclosed(Token token) {
        if (token.text().matches("'\\d{3}\\b.*")) {
            return at(
                    token,
                    "A number cannot have an apostrophe.",
                    "Write it without separators of thousands, such as 1000.");
        }
        return token.text().startsWith("/*")
                ? at(token, "The comment is never closed.", "Close it with */, or begin each of its lines with //.")
                : at(
                        token,
                        "The quote is never closed.",
                        "Close it on the same line with " + token.text().charAt(0) + ".");
    }

    static Optional<Token> first(List<Token> tokens, Predicate<Token> which) {
        return tokens.stream().filter(which).findFirst();
    }

    private static Optional<SyntaxDiagnosis> parts(List<Token> rule) {
        int when = indexOf("when", rule, 1);
        if (when < 0) {
            return Optional.of(missing(rule, 1, "when", "above the conditions"));
        }
        Optional<SyntaxDiagnosis> head = HeadDiagnosis.of(rule.subList(2, when));
        if (head.isPresent()) {
            return head;
        }
        int then = indexOf("then", rule, when);
        if (then < 0) {
            return Optional.of(missing(rule, when + 1, "then", "above the consequence"));
        }
        Optional<SyntaxDiagnosis> conditions = ConditionDiagnosis.of(rule.subList(when + 1, then), rule.get(then));
        if (conditions.isPresent()) {
            return conditions;
        }
        int end = indexOf("end", rule, then);
        int second = indexOf("then", rule, then + 1);
        if (second > 0 && (end < 0 || second < end)) {
            return Optional.of(at(
                    rule.get(second),
                    "A rule has one 'then'.",
                    "Delete it, so that the verbs stand below each other, or write another rule."));
        }
        if (end < 0) {
            return Optional.of(missing(rule, then + 1, "end", "below the rule"));
        }
        return end + 1 < rule.size()
                ? Optional.of(at(
                        rule.get(end + 1),
                        "'" + rule.get(end + 1).text() + "' comes after the rule's 'end'.",
                        "Delete it, or begin another rule with: rule \"its name\""))
                : Optional.empty();
    }

    private static int indexOf(String word, List<Token> tokens, int from) {
        return IntStream.range(from, tokens.size())
                .filter(i -> tokens.get(i).is(word))
                .findFirst()
                .orElse(-1);
    }

    /** A misspelt word of the rule stands in a line by itself; otherwise the word is not there. */
    private static SyntaxDiagnosis missing(List<Token> rule, int from, String word, String where) {
        Optional<Token> other = first(
                rule.subList(Math.min(from, rule.size()), rule.size()),
                token -> token.first() && MeantWords.part(token.text()).equals(Optional.of(word)));
        if (other.isPresent()) {
            return at(other.get(), "A rule has no '" + other.get().text() + "'.", "Write: " + word);
        }
        for (int i = from; i < rule.size(); i++) {
            Token token = rule.get(i);
            boolean alone =
                    token.first() && (i + 1 == rule.size() || rule.get(i + 1).first());
            if (alone
                    && token.word()
                    && !PARTS.contains(token.text())
                    && Nearest.to(token.text(), List.of(word)).isPresent()) {
                return at(token, "'" + token.text() + "' is not a keyword of a rule.", "Did you mean '" + word + "'?");
            }
        }
        return at(
                switch (word) {
                    case "when" ->
                        first(rule, ConditionDiagnosis::beginsCondition).orElse(rule.get(0));
                    case "then" -> first(rule, token -> token.is("shelf")).orElse(rule.get(0));
                    default -> rule.get(rule.size() - 1);
                },
                "The rule has no '" + word + "'.",
                "Write '" + word + "' on a line of its own " + where + ".");
    }

    static boolean opens(Token token) {
        return OPENS.contains(token.text());
    }

    static boolean closes(Token token) {
        return CLOSES.contains(token.text());
    }

    /** Brackets that do not match; {@code end} follows the part, null if no token marks its end. */
    static Optional<SyntaxDiagnosis> brackets(List<Token> part, Token end) {
        Deque<Token> open = new ArrayDeque<>();
        for (Token token : part) {
            if (opens(token)) {
                open.push(token);
            } else if (closes(token)) {
                if (open.isEmpty()) {
                    return Optional.of(at(
                            token,
                            "Unmatched '" + token.text() + "'.",
                            "Delete it, or add the bracket that it closes."));
                }
                open.pop();
            }
        }
        return Optional.ofNullable(open.peekLast())
                .map(token -> at(
                        token,
                        "The bracket '" + token.text() + "' is never closed"
                                + (end == null ? "." : " before '" + end.text() + "'."),
                        "Close it on the same line."));
    }
}
