package dev.vitrine.rulebook.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FolderChangeTest {
    /** Such as {@code files("a.drl", "text of a", "b.drl", "text of b")}. */
    private static List<RuleFile> files(String... pathsAndTexts) {
        List<RuleFile> files = new ArrayList<>();
        for (int i = 0; i < pathsAndTexts.length; i += 2) {
            files.add(new RuleFile(pathsAndTexts[i], pathsAndTexts[i + 1]));
        }
        return files;
    }

    private static LiveRules live(String... pathsAndTexts) {
        return new LiveRules(7, "Ines", files(pathsAndTexts));
    }

    @Test
    void whatDiffersIsTheChange() {
        FolderChange change = FolderChange.between(
                live("a.drl", "1", "b.drl", "1", "c.drl", "1"),
                files("a.drl", "1", "b.drl", "2", "d.drl", "1"),
                null,
                false);
        assertThat(change.edits()).containsExactly(new Edit("b.drl", "2", null), new Edit("d.drl", "1", null));
        assertThat(change.kept()).containsExactly("c.drl");
        assertThat(change.elsewhere()).isEmpty();
        assertThat(change.conflicts()).isEmpty();
    }

    @Test
    void filesAreDeletedOnlyWhereThatIsAskedFor() {
        FolderChange change = FolderChange.between(live("a.drl", "1", "c.drl", "1"), files("a.drl", "1"), null, true);
        assertThat(change.edits()).containsExactly(new Edit("c.drl", null, true));
        assertThat(change.kept()).isEmpty();
        assertThat(change.result()).containsExactly(new RuleFile("a.drl", "1"));
    }

    @Test
    void whatTheChangeDidNotTouchStaysAsSomebodyElseMadeIt() {
        FolderChange change = FolderChange.between(
                live("a.drl", "1", "b.drl", "theirs", "new.drl", "theirs"),
                files("a.drl", "2", "b.drl", "1"),
                files("a.drl", "1", "b.drl", "1"),
                true);
        assertThat(change.edits()).containsExactly(new Edit("a.drl", "2", null));
        assertThat(change.elsewhere()).containsExactly("b.drl", "new.drl");
        assertThat(change.conflicts()).isEmpty();
    }

    @Test
    void whatBothChangedIsAConflictUnlessTheyAgree() {
        FolderChange change = FolderChange.between(
                live("a.drl", "theirs", "b.drl", "same"),
                files("a.drl", "ours", "b.drl", "same", "gone.drl", "ours"),
                files("a.drl", "1", "b.drl", "1", "gone.drl", "1"),
                false);
        assertThat(change.edits()).isEmpty();
        assertThat(change.conflicts())
                .containsExactly(
                        new FolderChange.Conflict("a.drl", "theirs", "ours"),
                        new FolderChange.Conflict("gone.drl", null, "ours"));
    }

    @Test
    void whatBothDeletedIsNoMatterAndWhatOneDeletedAndTheOtherChangedIsAConflict() {
        FolderChange change =
                FolderChange.between(live("theirs.drl", "2"), files(), files("both.drl", "1", "theirs.drl", "1"), true);
        assertThat(change.edits()).isEmpty();
        assertThat(change.conflicts()).containsExactly(new FolderChange.Conflict("theirs.drl", "2", null));
        assertThat(FolderChange.between(live("theirs.drl", "2"), files(), files("theirs.drl", "1"), false)
                        .kept())
                .as("nobody asked to delete it")
                .containsExactly("theirs.drl");
    }
}
