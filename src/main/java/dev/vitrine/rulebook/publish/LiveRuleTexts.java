package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.assist.RuleTexts;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** The files of the live edition. */
@Singleton
final class LiveRuleTexts implements RuleTexts {
    private final Rulebook rulebook;

    LiveRuleTexts(Rulebook rulebook) {
        this.rulebook = rulebook;
    }

    @Override
    public Optional<String> text(String path) {
        return rulebook.live().files().stream()
                .filter(file -> file.path().equals(path))
                .map(RuleFile::text)
                .findFirst();
    }

    @Override
    public List<RuleCard> rules() {
        return rulebook.live().rules();
    }
}
