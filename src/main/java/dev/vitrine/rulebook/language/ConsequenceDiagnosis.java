package dev.vitrine.rulebook.language;

import static dev.vitrine.rulebook.language.SyntaxDiagnosis.at;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.closes;
import static dev.vitrine.rulebook.language.SyntaxDiagnosis.opens;

import dev.vitrine.merchandising.Proposal;
import dev.vitrine.rulebook.language.Token.Kind;
import java.util.List;
import java.util.Optional;

/** Mistakes between {@code then} and {@code end} that keep it from being read at all. */
final class ConsequenceDiagnosis {
    private ConsequenceDiagnosis() {}

    /** @param consequence the tokens after {@code then} and before {@code end} */
    static Optional<SyntaxDiagnosis> of(List<Token> consequence) {
        return SyntaxDiagnosis.characters(consequence)
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
            Optional<SyntaxDiagnosis> found =
                    depth == 0 ? amongVerbs(token, before, next) : withinVerb(token, before, next, verb);
            if (found.isPresent()) {
                return found;
            }
            depth = Math.max(0, depth + (opens(token) ? 1 : closes(token) ? -1 : 0));
        }
        return Optional.empty();
    }

    private static Optional<SyntaxDiagnosis> amongVerbs(Token token, Token before, Token next) {
        if (before == null && token.is(":")) {
            return Optional.of(at(token, "No colon follows 'then'.", "Delete the colon."));
        } else if (token.is("else")) {
            return Optional.of(at(
                    token,
                    "A rule has no 'else'.",
                    "Write another rule with the opposite condition, such as: Candidate( price >= 10 )"));
        } else if (token.is(",") && next != null) {
            return Optional.of(at(
                    token, "Verbs are not separated by commas.", "End each verb with a semicolon: shelf.hide( $c );"));
        } else if (token.is("shelf") && before != null && !before.is(";")) {
            return Optional.of(withoutSemicolon(before));
        } else if (Vocabulary.verbs().contains(token.text()) && (next == null || !next.is("("))) {
            return Optional.of(at(
                    token,
                    "'" + token.text() + "' has no brackets.",
                    "Write for example: "
                            + "shelf."
                            + CallCheck.call(
                                    token.text(),
                                    CallForms.of(token.text()).arguments().stream()
                                            .map(CallForms.Argument::sample)
                                            .toList())
                            + ";"));
        }
        return Optional.empty();
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
        } else if (token.is(";")) {
            return Optional.of(at(
                    token,
                    "A bracket is not closed before the semicolon.",
                    "Close it on the same line: shelf.hide( $c );"));
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
