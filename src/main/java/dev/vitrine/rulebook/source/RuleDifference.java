package dev.vitrine.rulebook.source;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A change of a rule as people read it: word by word, and what it means for when the rule is in force and whose it is. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RuleDifference(
        String rule,
        String file,
        RuleChange.Change change,
        @Schema(description = "Absent where there was none") String before,
        @Schema(description = "Absent where there is none") String after,
        @Schema(
                        description =
                                "The words of both texts in order: kept, removed, added; absent where the text is the same")
                List<WordDiff.Part> words,
        @Schema(description = "What changed beside condition and consequence: paused, days, owner") List<String> says) {
    public static List<RuleDifference> between(Collection<RuleFile> earlier, Collection<RuleFile> later) {
        return RuleChange.between(earlier, later).stream()
                .map(RuleDifference::of)
                .toList();
    }

    private static RuleDifference of(RuleChange change) {
        boolean both = change.change() == RuleChange.Change.CHANGED;
        return new RuleDifference(
                change.rule(),
                change.file(),
                change.change(),
                change.before(),
                change.after(),
                change.change() == RuleChange.Change.MOVED ? null : WordDiff.between(change.before(), change.after()),
                both ? RuleSwitches.said(change.before(), change.after()) : List.of());
    }
}
