package dev.vitrine.rulebook.language;

import dev.vitrine.problem.Nearest;
import java.util.Collection;
import java.util.stream.Collectors;

/** The cure for an unknown word: the nearest known word, or all of them if none is near. */
final class Suggestion {
    private Suggestion() {}

    static String of(String word, Collection<String> known) {
        return Nearest.to(word, known)
                .map(near -> "Did you mean '" + near + "'?")
                .orElse(
                        known.isEmpty()
                                ? ""
                                : "Known words: " + known.stream().sorted().collect(Collectors.joining(", ")) + ".");
    }
}
