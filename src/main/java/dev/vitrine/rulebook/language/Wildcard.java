package dev.vitrine.rulebook.language;

import java.util.Optional;

/** A text with a star or a percent sign for any letters, as people write it in searches and in SQL. */
final class Wildcard {
    private Wildcard() {}

    static boolean isIn(String text) {
        return text.length() > 1 && text.matches("[*%].*|.*[\\w/][*%]") && !text.matches(".*\\d ?%");
    }

    /** As a pattern, in which {@code .*} stands for any letters. */
    static String pattern(String text) {
        return text.replaceAll("(?<!\\.)[*%]+", ".*");
    }

    /** The condition that is meant by the comparison of a word with such a text. */
    static String condition(Class<?> fact, String word, String text, boolean negated) {
        return within(fact, word, text)
                .map(within -> (negated ? "!" : "") + within)
                .orElse(word + (negated ? " not" : "") + " matches \"" + pattern(text) + "\"");
    }

    private static Optional<String> within(Class<?> fact, String word, String text) {
        String path = text.replaceFirst("/?[*%]+$", "");
        boolean below = word.equals("category") && !path.isEmpty() && path.matches("[^*%]+");
        return below && Vocabulary.question(fact, "within") != null
                ? Optional.of("within( \"" + path + "\" )")
                : Optional.empty();
    }
}
