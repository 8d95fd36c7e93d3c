package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * What is wrong with a rule book. Line and column are from 1: those of the word that is wrong, or else of the first word of the
 * line, of the rule or of the file. File and rule are "" if it is about none.
 *
 * @param fixes changes of the text, of which each would cure it; few problems have one
 */
public record RuleProblem(
        Severity severity,
        String file,
        int line,
        int column,
        String rule,
        String message,
        String cure,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TextFix> fixes) {
    public RuleProblem {
        line = Math.max(1, line);
        column = Math.max(1, column);
        fixes = fixes == null ? List.of() : List.copyOf(fixes);
    }

    /** A fault keeps the book from being published, a warning does not. */
    public enum Severity {
        FAULT,
        WARNING
    }

    public static RuleProblem fault(String file, int line, int column, String rule, String message, String cure) {
        return new RuleProblem(Severity.FAULT, file, line, column, rule, message, cure, List.of());
    }

    public static RuleProblem warning(String file, int line, int column, String rule, String message, String cure) {
        return new RuleProblem(Severity.WARNING, file, line, column, rule, message, cure, List.of());
    }

    public RuleProblem with(List<TextFix> found) {
        return new RuleProblem(severity, file, line, column, rule, message, cure, found);
    }

    @Override
    public String toString() {
        return (file.isEmpty() ? "rules" : isText() ? file + ":" + line + ":" + column : file)
                + (rule.isEmpty() ? "" : " rule \"" + rule + "\"") + ": " + message
                + (cure.isEmpty() ? "" : " " + cure);
    }

    /** Whether it stands in a text, and not in a folder or a file that holds no rules. */
    private boolean isText() {
        return file.endsWith(RuleFile.RULES) || file.endsWith(RuleFile.EXAMPLES);
    }
}
