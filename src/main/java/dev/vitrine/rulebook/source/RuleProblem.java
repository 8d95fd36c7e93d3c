package dev.vitrine.rulebook.source;

/**
 * Something that is wrong with a rule book.
 *
 * @param file path below the rules folder, "" if it concerns the whole book
 * @param line from 1; 0 if it concerns the whole file
 * @param column from 1; 0 if it concerns the whole line
 * @param rule the rule's name, "" if it concerns none
 * @param message what is wrong
 * @param cure what to do about it, "" if that is unknown
 */
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
