package dev.vitrine.rulebook.language;

import java.util.List;
import java.util.Optional;

/** One word that is compared with several values, as a rule writes it. */
final class AnyOf {
    private AnyOf() {}

    /** Nothing where the values have an order: {@code price < 5 or 10} could mean either. */
    static Optional<String> condition(String word, String operator, List<String> values) {
        String list = " in ( " + String.join(", ", values) + " )";
        return switch (operator) {
            case "==" -> Optional.of(word + list);
            case "!=" -> Optional.of(word + " not" + list);
            default -> Optional.empty();
        };
    }
}
