package dev.vitrine.rulebook.source;

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

    /** Why the text cannot be stored, empty if it can. Even valid UTF-8 may contain characters that the database refuses. */
    public Optional<RuleProblem> unfit() {
        long bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > BYTES_MAX) {
            return Optional.of(tooLarge(path, bytes));
        }
        int at = text.indexOf('\0');
        for (int i = 0; i < text.length() && at < 0; i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                at = pair ? -1 : i;
                i += pair ? 1 : 0;
            }
        }
        if (at < 0) {
            return Optional.empty();
        }
        int line = 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count();
        return Optional.of(RuleProblem.fault(
                path,
                line,
                at - text.lastIndexOf('\n', at - 1),
                "",
                "The file contains a character that is not text (U+" + String.format("%04X", (int) text.charAt(at))
                        + ").",
                "Delete it."));
    }

    @Override
    public int compareTo(RuleFile other) {
        return path.compareTo(other.path);
    }
}
