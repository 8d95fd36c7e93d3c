package dev.vitrine.rulebook.source;

import dev.vitrine.problem.TextKind;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file of the rule book; the path is below the rules folder, such as {@code timing/hesitation.drl}. */
public record RuleFile(String path, String text) implements Comparable<RuleFile> {
    public static final String RULES = ".drl";
    public static final String EXAMPLES = ".examples.yaml";
    public static final String VOCABULARY = "vocabulary.drl";

    /** About a hundred times the longest readable file. */
    public static final int BYTES_MAX = 256 * 1024;

    public static final int FILES_MAX = 2_000;
    /** Of all files together. Each publish reads the whole book: this many characters of comments alone take seconds. */
    public static final int BOOK_MAX = 8_000_000;

    public static final int DEPTH_MAX = 8;

    public boolean holdsRules() {
        return path.endsWith(RULES) && !path.equals(VOCABULARY);
    }

    public boolean holdsExamples() {
        return path.endsWith(EXAMPLES);
    }

    public static RuleProblem tooLarge(String path, long bytes) {
        return RuleProblem.fault(
                path,
                0,
                0,
                "",
                "The file has " + bytes + " bytes; at most " + BYTES_MAX + " are allowed.",
                "Split the file.");
    }

    /** Why the text cannot be part of a rule book, empty if it can: it is too long, or has characters that nobody sees. */
    public Optional<RuleProblem> unfit() {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            return Optional.of(tooLarge(path, bytes));
        }
        String line = text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
        int at = TextKind.NAME.firstRefused(line.startsWith("\uFEFF") ? line.replaceFirst("\uFEFF", " ") : line);
        return at < 0
                ? Optional.empty()
                : Optional.of(problem(
                        at,
                        String.format("The file contains a hidden character (U+%04X).", text.codePointAt(at)),
                        "Type the line again."));
    }

    /** A fault at this index of the text. */
    public RuleProblem problem(int at, String message, String cure) {
        int line = 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count();
        return RuleProblem.fault(path, line, at - text.lastIndexOf('\n', at - 1), "", message, cure);
    }

    @Override
    public int compareTo(RuleFile other) {
        return path.compareTo(other.path);
    }
}
