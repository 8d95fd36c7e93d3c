package dev.vitrine.rulebook.language;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A word for what is not there, such as {@code null} or {@code empty}, and what a rule asks in its place. */
final class MissingValue {
    private static final Set<String> NAMES = Set.of(
            "null", "empty", "none", "nil", "nothing", "missing", "undefined", "blank", "nan", "void", "isempty");

    private MissingValue() {}

    static boolean isMissing(String word) {
        return NAMES.contains(word.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether something is there, or not, as a condition; nothing where rules cannot ask it.
     *
     * @param asked the word as it is written, with what it is a word of
     */
    static Optional<String> condition(String fact, String asked, String word, boolean there) {
        Class<?> of = Vocabulary.isFact(fact) ? Vocabulary.fact(fact) : null;
        String present = CompilerSource.PRESENT.get(word);
        if (present != null && asked.contains("(")) {
            String call = present + asked.substring(asked.indexOf(word) + word.length());
            return Optional.of((there ? "" : "!") + call);
        }
        Class<?> type = of == null || !asked.equals(word) ? null : Vocabulary.word(of, word);
        if (type == null) {
            return Optional.empty();
        } else if (type == Double.class) {
            return Optional.of(word + (there ? " != null" : " == null"));
        } else if (type == String.class) {
            return Optional.of(word + (there ? " != \"\"" : " == \"\""));
        } else if (type == boolean.class) {
            return Optional.of((there ? "" : "!") + word);
        } else if (Units.of(of, word).filter("days"::equals).isPresent()) {
            // what never happened is more days ago than any number
            return Optional.of(word + (there ? " < 100000" : " > 100000"));
        } else if (CallForms.isNumber(type)) {
            return Optional.of(word + (there ? " > 0" : " == 0"));
        }
        boolean cart = fact.equals("Cart") && Collection.class.isAssignableFrom(type);
        return cart ? Optional.of("quantity" + (there ? " > 0" : " == 0")) : Optional.empty();
    }

    /** What to write where a word is compared with a missing value. */
    static String cure(Class<?> fact, String word, boolean there) {
        Class<?> type = Vocabulary.word(fact, word);
        boolean several = type != null && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
        return condition(fact.getSimpleName(), word, word, there)
                .map(condition -> "Write: " + condition)
                .orElse(
                        several
                                ? "A list is asked for what it holds: " + word + " contains \"…\""
                                : "Compare it with a value that it can have.");
    }
}
