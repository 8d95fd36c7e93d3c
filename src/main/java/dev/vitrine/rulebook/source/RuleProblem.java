package dev.vitrine.rulebook.source;

/** What is wrong with a rule book. Line and column are from 1; 0, and "" for texts, if they do not apply. */
public record RuleProblem(
        Severity severity, String file, int line, int column, String rule, String message, String cure) {
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
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "")
                + (rule.isEmpty() ? "" : " rule \"" + rule + "\"") + ": " + message
                + (cure.isEmpty() ? "" : " " + cure);
    }
}
