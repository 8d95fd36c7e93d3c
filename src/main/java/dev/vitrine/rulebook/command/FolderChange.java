package dev.vitrine.rulebook.command;

import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How a folder differs from the live edition, file by file.
 *
 * @param edits what makes the edition say what the folder says
 * @param kept files of the edition that the folder lacks, and that nobody asked to delete
 * @param elsewhere files in which both differ, though this change did not touch them: somebody else's work
 * @param conflicts files that this change and somebody else changed, each in another way
 */
record FolderChange(
        LiveRules live, List<Edit> edits, List<String> kept, List<String> elsewhere, List<Conflict> conflicts) {
    /** The texts of a file, null where there is none. */
    record Conflict(String path, String live, String folder) {}

    /** @param before the folder as it was when the change began; null where everything that differs is the change */
    static FolderChange between(
            LiveRules live, Collection<RuleFile> folder, Collection<RuleFile> before, boolean delete) {
        Map<String, String> lives = texts(live.files());
        Map<String, String> folders = texts(folder);
        Map<String, String> befores = before == null ? null : texts(before);
        TreeSet<String> paths = new TreeSet<>(lives.keySet());
        paths.addAll(folders.keySet());
        List<Edit> edits = new ArrayList<>();
        List<String> kept = new ArrayList<>();
        List<String> elsewhere = new ArrayList<>();
        List<Conflict> conflicts = new ArrayList<>();
        for (String path : paths) {
            String is = lives.get(path);
            String wanted = folders.get(path);
            if (Objects.equals(is, wanted)) {
                continue;
            }
            String was = befores == null ? is : befores.get(path);
            if (befores != null && Objects.equals(was, wanted)) {
                elsewhere.add(path);
            } else if (wanted == null && !delete) {
                kept.add(path);
            } else if (!Objects.equals(was, is)) {
                conflicts.add(new Conflict(path, is, wanted));
            } else if (wanted != null) {
                edits.add(new Edit(path, wanted, null));
            } else {
                edits.add(new Edit(path, null, true));
            }
        }
        return new FolderChange(live, edits, kept, elsewhere, conflicts);
    }

    private static Map<String, String> texts(Collection<RuleFile> files) {
        Map<String, String> texts = new TreeMap<>();
        files.forEach(file -> texts.put(file.path(), file.text()));
        return texts;
    }

    /** The live edition with the edits, as it would be. */
    List<RuleFile> result() {
        return Edit.over(live.files(), edits);
    }
}
