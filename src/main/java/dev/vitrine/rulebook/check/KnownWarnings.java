package dev.vitrine.rulebook.check;

import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Warnings of a change, apart from those that were there before it. Whoever changes one file of many looks for the first, and
 * would not find them among the others.
 *
 * @param news of files that the change touches, or that have to do with one
 * @param known of the other files
 */
public record KnownWarnings(List<RuleProblem> news, List<RuleProblem> known) {
    /** @param before the files without the change; if nothing differs, whoever asks wants to know all */
    public static KnownWarnings of(
            List<RuleProblem> warnings, Collection<RuleFile> before, Collection<RuleFile> files) {
        List<String> changed = RuleChange.files(before, files);
        if (changed.isEmpty()) {
            return new KnownWarnings(warnings, List.of());
        }
        List<RuleProblem> news = new ArrayList<>();
        List<RuleProblem> known = new ArrayList<>();
        for (RuleProblem warning : warnings) {
            // a conflict names the other rule with its file and line
            boolean touched = changed.contains(warning.file())
                    || changed.stream().anyMatch(path -> warning.message().contains("(" + path + ":"));
            (touched ? news : known).add(warning);
        }
        return new KnownWarnings(List.copyOf(news), List.copyOf(known));
    }
}
