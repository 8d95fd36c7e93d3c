package dev.vitrine.rulebook.lsp;

import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import org.eclipse.lsp4j.Diagnostic;
import org.eclipse.lsp4j.DiagnosticSeverity;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;
import org.eclipse.lsp4j.TextEdit;

/** Places as the protocol counts them: from 0, in UTF-16 units, as ours from 1. */
final class Places {
    private static final String SOURCE = "vitrine";

    private Places() {}

    static Range range(int line, int column, int endColumn) {
        return new Range(new Position(line - 1, column - 1), new Position(line - 1, endColumn - 1));
    }

    static TextEdit edit(TextFix.TextEdit edit) {
        return new TextEdit(
                new Range(
                        new Position(edit.line() - 1, edit.column() - 1),
                        new Position(edit.endLine() - 1, edit.endColumn() - 1)),
                edit.newText());
    }

    static Diagnostic diagnostic(RuleProblem problem, String text) {
        String message = problem.message() + (problem.cure().isEmpty() ? "" : " " + problem.cure());
        return new Diagnostic(
                range(problem, text),
                message,
                problem.severity() == RuleProblem.Severity.FAULT
                        ? DiagnosticSeverity.Error
                        : DiagnosticSeverity.Warning,
                SOURCE);
    }

    /** The word at the problem's place, or the whole line. */
    static Range range(RuleProblem problem, String text) {
        int line = Math.max(1, problem.line());
        String whole = text.lines().skip(line - 1L).findFirst().orElse("");
        if (problem.column() < 1) {
            int begin = whole.length() - whole.stripLeading().length();
            return range(line, begin + 1, whole.stripTrailing().length() + 1);
        }
        int end = problem.file().endsWith(RuleFile.EXAMPLES)
                ? endOfWord(whole, problem.column())
                : Token.of(text).stream()
                        .filter(token -> token.line() == line && token.column() == problem.column())
                        .map(token -> token.column() + token.text().length())
                        .findFirst()
                        .orElseGet(() -> endOfWord(whole, problem.column()));
        return range(line, problem.column(), Math.min(end, whole.length() + 1));
    }

    private static int endOfWord(String line, int column) {
        int end = Math.min(column, line.length());
        while (end < line.length()
                && !Character.isWhitespace(line.charAt(end))
                && ":,}])".indexOf(line.charAt(end)) < 0) {
            end++;
        }
        return end + 1;
    }
}
