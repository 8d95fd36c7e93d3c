package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.language.SyntaxDiagnosis.at;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.first;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Mistakes above {@code when}: in the name, the owner and the attributes of a rule. */
final class HeadDiagnosis {
    /** What the rule language has, and rules may not use: refused once the rule is read. */
    private static final Set<String> OTHERS = Set.of(
            "salience",
            "dialect",
            "no-loop",
            "timer",
            "calendars",
            "duration",
            "agenda-group",
            "lock-on-active",
            "ruleflow-group",
            "activation-group",
            "auto-focus",
            "extends",
            "true",
            "false");

    private HeadDiagnosis() {}

    /** A quote inside the name ends it there; what follows is never what it seems. */
    static Optional<SyntaxDiagnosis> quotesInName(List<Token> rule) {
        List<Token> line = rule.stream()
                .skip(1)
                .takeWhile(token -> token.line() == rule.get(0).line() && !token.is("@"))
                .toList();
        int quotes = (int) line.stream()
                .flatMapToInt(token -> token.text().chars())
                .filter(c -> c == '"')
                .count();
        boolean ended = line.size() < 2
                || !line.get(0).text().startsWith("\"")
                || line.get(0).kind() != Kind.TEXT
                || quotes < 3
                || RuleGrammar.ATTRIBUTES.contains(line.get(1).text())
                || line.get(1).text().equalsIgnoreCase("owner")
                || line.get(1).is("when")
                || line.get(1).is("extends");
        if (ended) {
            return Optional.empty();
        }
        Token name = line.get(0);
        StringBuilder whole = new StringBuilder();
        int end = name.column();
        for (Token token : line) {
            whole.append(" ".repeat(Math.max(0, token.column() - end))).append(token.text());
            end = token.column() + token.text().length();
        }
        return Optional.of(new SyntaxDiagnosis(
                name.line(),
                name.column() + name.text().length() - 1,
                "A rule's name cannot have quotes in it.",
                "Write: rule \"" + whole.toString().replace("\"", "").strip() + "\""));
    }

    static Optional<SyntaxDiagnosis> name(List<Token> rule) {
        List<Token> line = rule.stream()
                .skip(1)
                .takeWhile(token -> token.line() == rule.get(0).line() && !token.is("@") && !token.is("when"))
                .toList();
        if (line.isEmpty()) {
            return Optional.of(at(rule.get(0), "The rule has no name.", "Name it in a sentence: rule \"…\""));
        }
        Token name = line.get(0);
        boolean quoted = name.kind() == Kind.TEXT && name.text().startsWith("\"");
        boolean oneWord = line.size() == 1 && name.word();
        if (quoted && line.size() > 1 && line.get(1).is(":")) {
            return Optional.of(at(line.get(1), "No colon follows a rule's name.", "Delete the colon."));
        } else if (quoted || oneWord) {
            return Optional.empty();
        }
        String words =
                line.stream().map(Token::text).filter(word -> !word.equals(":")).collect(Collectors.joining(" "));
        return Optional.of(
                at(name, "The rule's name is not in quotes.", "Write: rule \"" + words.replaceAll("[\"']", "") + "\""));
    }

    /** @param head the tokens between the name and {@code when} */
    static Optional<SyntaxDiagnosis> of(List<Token> head) {
        return first(head, token -> token.is("{"))
                .map(token -> at(token, "'{' is not used in rules.", "Delete it, and the brace that closes it."))
                .or(() -> SyntaxDiagnosis.brackets(head, null))
                .or(() -> values(head))
                .or(() -> first(head, token -> token.is("="))
                        .map(token -> at(token, "'=' does not belong above 'when'.", "Write: enabled false")))
                .or(() -> owner(head))
                .or(() -> misspelt(head))
                .or(() -> first(head, ConditionDiagnosis::beginsCondition)
                        .map(token -> at(
                                token,
                                "'" + token.text() + "' does not belong above 'when'.",
                                "Conditions stand between 'when' and 'then'.")))
                .or(() -> first(head, HeadDiagnosis::isUnknown)
                        .map(token -> at(
                                token, "'" + token.text() + "' is not an attribute of a rule.", meant(token.text()))));
    }

    /** The owner without its sign, whatever stands around the name. */
    private static Optional<SyntaxDiagnosis> owner(List<Token> head) {
        for (int i = 0; i < head.size(); i++) {
            boolean sign = i > 0 && head.get(i - 1).is("@");
            if (head.get(i).text().equalsIgnoreCase("owner") && !sign) {
                String name = head.stream()
                        .skip(i + 1L)
                        .filter(token -> token.kind() == Kind.TEXT || token.word())
                        .findFirst()
                        .map(token -> "\"" + token.text().replaceAll("[\"']", "") + "\"")
                        .orElse("\"…\"");
                return Optional.of(at(head.get(i), "The owner has no '@' before it.", "Write: @owner( " + name + " )"));
            }
        }
        return Optional.empty();
    }

    private static boolean isUnknown(Token token) {
        return token.first()
                && token.word()
                && !RuleGrammar.ATTRIBUTES.contains(token.text())
                && !OTHERS.contains(token.text());
    }

    private static String meant(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "priority", "order", "weight", "rank", "importance" ->
                "Delete it: rules do not depend on their order.";
            case "disabled", "inactive", "off", "paused", "disable" -> "Write: enabled false";
            case "active", "on", "status" -> "Write: enabled true";
            case "start", "starts", "begin", "begins", "from", "since", "valid" ->
                "Write for example: date-effective \"2026-11-25\"";
            case "stop", "stops", "until", "expires", "expire", "till", "to" ->
                "Write for example: date-expires \"2026-12-01\"";
            case "description", "comment", "note", "why" -> "Write it as a comment: // …";
            default -> "Attributes: date-effective, date-expires, enabled. The owner is written @owner( \"…\" ).";
        };
    }

    private static Optional<SyntaxDiagnosis> values(List<Token> head) {
        for (int i = 0; i + 1 < head.size(); i++) {
            Token token = head.get(i);
            Token next = head.get(i + 1);
            boolean annotation = i > 0 && head.get(i - 1).is("@");
            if (annotation && !next.is("(")) {
                return Optional.of(at(
                        next,
                        "The value of @" + token.text() + " is not in brackets.",
                        "Write: @" + token.text() + "( \"…\" )"));
            } else if (RuleGrammar.ATTRIBUTES.contains(token.text())
                    && Set.of(":", "=").contains(next.text())) {
                String value = token.is("enabled")
                        ? head.stream().skip(i + 2L).anyMatch(one -> one.is("true")) ? "true" : "false"
                        : "\"" + dateAt(head, i + 2) + "\"";
                return Optional.of(at(
                        next,
                        next.is(":") ? "No colon follows '" + token.text() + "'." : "'=' does not belong above 'when'.",
                        "Write: " + token.text() + " " + value));
            } else if (token.text().startsWith("date-") && next.kind() != Kind.TEXT) {
                return Optional.of(at(
                        next,
                        token.text() + " must be followed by a date in quotes.",
                        "Write: " + token.text() + " \"" + dateAt(head, i + 1) + "\""));
            }
        }
        return Optional.empty();
    }

    private static Optional<SyntaxDiagnosis> misspelt(List<Token> head) {
        for (int i = 0; i + 2 < head.size(); i++) {
            String joined = head.get(i).text() + "-" + head.get(i + 2).text();
            Optional<String> near = head.get(i).first() && head.get(i + 1).is("-")
                    ? Nearest.to(joined, RuleGrammar.ATTRIBUTES)
                    : Optional.empty();
            if (near.isPresent()) {
                return Optional.of(at(
                        head.get(i),
                        "'" + joined + "' is not an attribute of a rule.",
                        "Did you mean '" + near.get() + "'?"));
            }
        }
        return first(
                        head,
                        token -> token.first()
                                && token.word()
                                && nearAttribute(token).isPresent())
                .map(token -> at(
                        token,
                        "'" + token.text() + "' is not an attribute of a rule.",
                        "Did you mean '" + nearAttribute(token).orElseThrow() + "'?"));
    }

    /** The date that stands there without quotes. */
    private static String dateAt(List<Token> head, int at) {
        String written = head.stream()
                .skip(at)
                .takeWhile(token -> token.line() == head.get(at).line())
                .map(token -> token.text().replaceAll("[\"']", ""))
                .collect(Collectors.joining());
        return DayDiagnosis.meant(written).orElse("2026-11-25");
    }

    private static Optional<String> nearAttribute(Token token) {
        return RuleGrammar.ATTRIBUTES.contains(token.text())
                ? Optional.empty()
                : Nearest.to(token.text(), RuleGrammar.ATTRIBUTES);
    }
}
