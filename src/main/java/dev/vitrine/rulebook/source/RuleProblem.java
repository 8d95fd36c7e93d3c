package dev.vitrine.rulebook.source;

/**
 * What is wrong with a rule book. Line and column are from 1: those of the word that is wrong, or else of the first word of the
 * line, of the rule or of the file. File and rule are "" if it is about none.
 */
public record RuleProblem(
        Severity severity, String file, int line, int column, String rule, String message, String cure) {
    public RuleProblem {
        line = Math.max(1, line);
        column = Math.max(1, column);
    }

    /** A fault keeps the book from being published, a warning does not. */
    public enum Severity {
        FAULT,
        WARNING
    }

    public static RuleProblem fault(String file, int line, int column, String rule, String message, String cure) {
        return new RuleProblem(Severity.FAULT, file, line, column, rule, message, cure);
    }

    public static RuleProblem warning(String file, int line, int column, String rule, String message, String cure) {
        return new RuleProblem(Severity.WARNING, file, line, column, rule, message, cure);
    }

    @Override
    public String toString() {
        return (file.isEmpty() ? "rules" : file + ":" + line + ":" + column)
                + (rule.isEmpty() ? "" : " rule \"" + rule + "\"") + ": " + message
                + (cure.isEmpty() ? "" : " " + cure);
    }
}
