package dev.vitrine.rulebook.language;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What kinds of values there are, in the words of a message. */
final class ValueWords {
    private ValueWords() {}

    static List<String> valuesOf(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> ((Enum<?>) constant).name())
                .toList();
    }

    /** The type in words, "" if only the compiler can compare it. */
    static String kind(Class<?> type) {
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == boolean.class) {
            return "true or false";
        }
        if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
            return "a number";
        }
        if (type.isEnum()) {
            return "one of " + valuesOf(type).stream().collect(Collectors.joining(", "));
        }
        if (Vocabulary.isFact(type)) {
            return "a " + type.getSimpleName();
        }
        if (Map.class.isAssignableFrom(type)) {
            return "a table of values by key";
        }
        return Collection.class.isAssignableFrom(type) ? "a list" : "";
    }
}
