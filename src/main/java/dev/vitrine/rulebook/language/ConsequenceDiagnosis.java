package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.language.SyntaxDiagnosis.at;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.closes;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.opens;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mistakes between {@code then} and {@code end} that keep it from being read at all. */
final class ConsequenceDiagnosis {
    /** What begins a line of a list elsewhere. */
    private static final Set<String> BULLETS = Set.of("-", "*", "\u2022", "\u2013");

    private static final Set<String> LOOPS = Set.of("if", "for", "while", "foreach", "switch");
    private static final Set<String> ELSE = Set.of("else", "elseif", "elsif", "elif", "otherwise");

    /** Words between a bracket and a number. */
    private static final Set<String> FILLERS = Set.of(
            "at", "least", "most", "by", "to", "about", "exactly", "only", "of", "max", "min", "up", "no", "more",
            "than");

    private static final int SAID_MAX = 4;

    private static final Set<String> JOINS = Set.of("&&", "||", "&", "and", "or");

    private ConsequenceDiagnosis() {}

    /** @param consequence the tokens after {@code then} and before {@code end} */
    static Optional<SyntaxDiagnosis> of(List<Token> consequence) {
        return SyntaxDiagnosis.characters(consequence)
                .or(() -> SyntaxDiagnosis.first(consequence, token -> token.is("#"))
                        .map(token -> at(token, "'#' does not begin a comment.", "Begin comments with //.")))
                .or(() -> SyntaxDiagnosis.dashes(consequence))
                .or(() -> among(consequence))
                .or(() -> SyntaxDiagnosis.brackets(consequence, null))
                .or(() -> unended(consequence));
    }

    private static Optional<SyntaxDiagnosis> among(List<Token> tokens) {
        int depth = 0;
        String verb = "";
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = i == 0 ? null : tokens.get(i - 1);
            Token next = i + 1 == tokens.size() ? null : tokens.get(i + 1);
            verb = Vocabulary.verbs().contains(token.text()) ? token.text() : verb;
            String of = verb;
            Optional<SyntaxDiagnosis> found =
                    depth == 0 ? amongVerbs(tokens, i) : said(tokens, i).or(() -> withinVerb(token, before, next, of));
            if (found.isPresent()) {
                return found;
            }
            depth = Math.max(0, depth + (opens(token) ? 1 : closes(token) ? -1 : 0));
        }
        return Optional.empty();
    }

    private static Optional<SyntaxDiagnosis> amongVerbs(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        Token before = i == 0 ? null : tokens.get(i - 1);
        Token next = i + 1 == tokens.size() ? null : tokens.get(i + 1);
        if (BULLETS.contains(token.text()) && (before == null || before.is(";") || token.first())) {
            return Optional.of(at(token, "A verb does not begin with '" + token.text() + "'.", "Delete it."));
        } else if (before == null && token.is(":")) {
            return Optional.of(at(token, "No colon follows 'then'.", "Delete the colon."));
        } else if (LOOPS.contains(token.text()) && (before == null || token.first())) {
            return Optional.of(at(
                    token,
                    "A rule has no '" + token.text() + "'.",
                    "It fires for each fact that meets its conditions, so ask for them above 'then'."));
        } else if (JOINS.contains(token.text())) {
            return Optional.of(at(
                    token,
                    "Verbs are not joined by '" + token.text() + "'.",
                    "End each verb with a semicolon: shelf.hide( $c );"));
        } else if (ELSE.contains(token.text())) {
            return Optional.of(at(
                    token,
                    "A rule has no '" + token.text() + "'.",
                    "Write another rule with the opposite condition, such as: Candidate( price >= 10 )"));
        } else if (token.is(",") && next != null) {
            return Optional.of(at(
                    token, "Verbs are not separated by commas.", "End each verb with a semicolon: shelf.hide( $c );"));
        } else if (token.is("-") && next != null && next.is(">")) {
            return Optional.of(at(token, "'->' is not used in rules.", "Write a point in its place."));
        } else if (token.is("shelf") && before != null && before.word() && before.first() && !token.first()) {
            return Optional.of(at(before, "A verb stands without '" + before.text() + "'.", "Delete it."));
        } else if (token.is("shelf") && before != null && !before.is(";")) {
            return Optional.of(withoutSemicolon(before));
        } else if (Vocabulary.verbs().contains(token.text()) && (next == null || !next.is("("))) {
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' has no brackets.",
                    SpokenVerb.at(tokens, i)
                            .map(spoken -> "Write: " + spoken.meant())
                            .orElseGet(() -> "Write for example: " + sample(token.text()))));
        }
        return Optional.empty();
    }

    private static String sample(String verb) {
        return "shelf."
                + CallCheck.call(
                        verb,
                        CallForms.of(verb).arguments().stream()
                                .map(CallForms.Argument::sample)
                                .toList())
                + ";";
    }

    /** Values as people say them, or as other languages write them. */
    private static Optional<SyntaxDiagnosis> said(List<Token> tokens, int i) {
        Token token = tokens.get(i);
        Token before = tokens.get(i - 1);
        Token next = i + 1 == tokens.size() ? null : tokens.get(i + 1);
        boolean begins = opens(before) || before.is(",");
        int number = i;
        while (number < tokens.size()
                && number - i < SAID_MAX
                && FILLERS.contains(tokens.get(number).text())) {
            number++;
        }
        if (begins && number > i && number < tokens.size() && tokens.get(number).kind() == Kind.NUMBER) {
            return Optional.of(at(
                    token,
                    "'" + SpokenCondition.written(tokens.subList(i, number)) + "' does not belong in a verb.",
                    "Write only the number: " + tokens.get(number).text()));
        } else if (token.is(":") && before.word() && next != null) {
            return Optional.of(
                    at(before, "The values of a verb have no names.", "Write the value alone: " + next.text()));
        } else if (token.is("[") || token.is("{")) {
            return Optional.of(at(token, "A verb takes no list.", ForeignSigns.each(tokens, i)));
        } else if (JOINS.contains(token.text()) && (before.value() || before.is(")"))) {
            return Optional.of(at(
                    token,
                    "A verb takes one value, and '" + token.text() + "' joins two.",
                    ForeignSigns.each(tokens, i)));
        }
        return ForeignSigns.money(tokens, i);
    }

    private static Optional<SyntaxDiagnosis> withinVerb(Token token, Token before, Token next, String verb) {
        boolean last = next == null || next.is(",") || next.is(";") || closes(next);
        if (token.is("%") && last && before.kind() == Kind.NUMBER) {
            return Optional.of(at(token, "A number cannot have '%'.", percent(before.text(), verb)));
        } else if (token.is("€") || token.is("£")) {
            return Optional.of(at(
                    token,
                    "A number cannot have '" + token.text() + "'.",
                    "Write only the number, in the shop's currency."));
        } else if (token.is(",") && (last || opens(before) || before.is(","))) {
            return Optional.of(at(token, "A value is missing beside the comma.", "Write it, or delete the comma."));
        } else if (token.is(";") && next != null && next.value() && next.line() == token.line() && !next.is("shelf")) {
            return Optional.of(at(token, "Values are not separated by semicolons.", "Write a comma."));
        } else if (token.is(";")) {
            return Optional.of(at(
                    token,
                    "A bracket is not closed before the semicolon.",
                    "Close it on the same line: shelf.hide( $c );"));
        } else if (before.kind() == Kind.NUMBER && NumberWithUnit.isPercent(token.text())) {
            return Optional.of(at(token, "A number cannot have '" + token.text() + "'.", percent(before.text(), verb)));
        } else if (before.kind() == Kind.NUMBER && token.word() && !token.text().startsWith("$") && last) {
            SpokenCondition unit =
                    SpokenCondition.withUnit(before, token, NumberWithUnit.of("", "", before.text(), token.text()));
            return Optional.of(at(token, unit.message(), unit.cure()));
        } else if (token.value() && (before.value() || before.is(")")) && !before.is("-")) {
            return Optional.of(at(
                    token,
                    "A comma is missing before '" + token.text() + "'.",
                    "Write: " + before.text() + ", " + token.text()));
        }
        return Optional.empty();
    }

    private static String percent(String number, String verb) {
        double percent = Double.parseDouble(number);
        String share = CallCheck.share(percent);
        if (!verb.equals("boost")) {
            return Proposal.number(percent) + " % is " + share + ".";
        }
        String more = Proposal.number(Math.round(percent * 100 + 10_000) / 10_000.0);
        return "To lift it by " + Proposal.number(percent) + " %, write " + more + ".";
    }

    private static Optional<SyntaxDiagnosis> unended(List<Token> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Token last = tokens.get(tokens.size() - 1);
        return last.is(";") ? Optional.empty() : Optional.of(withoutSemicolon(last));
    }

    private static SyntaxDiagnosis withoutSemicolon(Token last) {
        return at(
                last,
                "A semicolon is missing after '" + last.text() + "'.",
                "End each verb with one: shelf.hide( $c );");
    }
}
