package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.source.RuleCard;
import java.util.List;
import java.util.Optional;

/** The files around the one that is written. */
public interface RuleTexts {
    /** Where no other file is known. */
    RuleTexts NONE = new RuleTexts() {
        @Override
        public Optional<String> text(String path) {
            return Optional.empty();
        }

        @Override
        public List<RuleCard> rules() {
            return List.of();
        }
    };

    /** The text of the file at this path. */
    Optional<String> text(String path);

    List<RuleCard> rules();
}
