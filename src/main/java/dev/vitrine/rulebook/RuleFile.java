package dev.vitrine.rulebook;

/**
 * A file of the rule book.
 *
 * @param path below the rules folder, such as {@code timing/hesitation.drl}
 * @param text what stands in it
 */
public record RuleFile(String path, String text) implements Comparable<RuleFile> {
    static final String RULES = ".drl";
    static final String EXAMPLES = ".examples.yaml";
    static final String VOCABULARY = "vocabulary.drl";

    boolean holdsRules() {
        return path.endsWith(RULES) && !path.equals(VOCABULARY);
    }

    boolean holdsExamples() {
        return path.endsWith(EXAMPLES);
    }

    @Override
    public int compareTo(RuleFile other) {
        return path.compareTo(other.path);
    }
}
