package dev.vitrine.rulebook.folder;

import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.FolderState.Conflict;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Keeps the rules folder and the editions in step, file by file. Not thread-safe. */
public final class FolderSync {
    private static final Logger LOG = Logger.getLogger(FolderSync.class);

    private final RuleFolder folder;
    private final Map<String, String> base;
    private final Map<String, Conflict> conflicts;
    /** When the file of a conflict was last saved, as far as this run has seen it. */
    private final Map<String, String> stamps = new HashMap<>();

    private boolean changed;

    /** {@code files} are the edition's with the folder's changes laid over them; {@code begun} conflicts are new ones. */
    public record Step(
            List<RuleFile> files, List<RuleProblem> unwritten, List<FolderConflict> begun, List<String> ended) {}

    private FolderSync(RuleFolder folder, Map<String, String> base, Map<String, Conflict> conflicts, boolean changed) {
        this.folder = folder;
        this.base = new TreeMap<>(base);
        this.conflicts = new TreeMap<>(conflicts);
        this.changed = changed;
    }

    /** For a folder that was just published. */
    public static FolderSync inStepWith(RuleFolder folder, Collection<RuleFile> files) {
        return new FolderSync(folder, hashes(files), Map.of(), true);
    }

    /** Continues from the last run, without looking for old copies. */
    public static FolderSync left(RuleFolder folder, FolderState.Remembered left) {
        return new FolderSync(folder, left.state().files(), left.state().conflicts(), false);
    }

    /** Whether a published edition had this text in this file; a null text stands for no such file. */
    public interface History {
        boolean published(String path, String text);
    }

    /**
     * Continues from the last run. A file that differs from the live edition is an old copy, and replaced, if it holds the
     * text of an earlier edition and was not saved since the folder was last in step, or nobody knows. So a container that
     * starts with the files of its image undoes nothing. Any other difference is a change in the folder.
     */
    public static FolderSync atStart(
            RuleFolder folder,
            FolderState.Remembered left,
            RuleFolder.Look look,
            Collection<RuleFile> live,
            History history) {
        FolderSync sync = left == null ? inStepWith(folder, live) : left(folder, left);
        Map<String, String> mine = texts(look.files());
        Map<String, String> theirs = texts(live);
        Set<String> paths = new TreeSet<>(mine.keySet());
        paths.addAll(theirs.keySet());
        paths.removeAll(unread(look));
        paths.removeAll(sync.conflicts.keySet());
        for (String path : paths) {
            String text = mine.get(path);
            boolean ahead =
                    ThreeWay.of(sync.base.get(path), hash(text), hash(theirs.get(path))) == ThreeWay.FOLDER_AHEAD;
            boolean old = left == null || !folder.lastChanged(path).isAfter(left.at());
            if (ahead && old && history.published(path, text)) {
                LOG.warnf("'%s' in the rules folder is an old copy; the live edition's text replaces it", path);
                sync.remember(path, text);
            }
        }
        return sync;
    }

    private static Map<String, String> hashes(Collection<RuleFile> files) {
        return files.stream().collect(Collectors.toMap(RuleFile::path, file -> hash(file.text())));
    }

    private static Set<String> unread(RuleFolder.Look look) {
        return look.problems().stream().map(RuleProblem::file).collect(Collectors.toSet());
    }

    public FolderState state() {
        return new FolderState(Map.copyOf(base), Map.copyOf(conflicts));
    }

    public boolean changed() {
        return changed;
    }

    public void remembered() {
        changed = false;
    }

    public List<FolderConflict> conflicts() {
        return conflicts.entrySet().stream()
                .map(entry -> told(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Compares both, writes what an edition has changed into the folder, and returns what the folder has changed. */
    public Step step(RuleFolder.Look look, StoredEdition edition) {
        Map<String, String> mine = texts(look.files());
        Map<String, String> theirs = texts(edition.files());
        Step step = new Step(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Set<String> paths = new TreeSet<>(base.keySet());
        paths.addAll(mine.keySet());
        paths.addAll(theirs.keySet());
        Set<String> unread = unread(look);
        for (String path : paths) {
            String next = unread.contains(path)
                    ? theirs.get(path)
                    : file(path, mine.get(path), theirs.get(path), edition.number(), step);
            if (next != null) {
                step.files().add(new RuleFile(path, next));
            }
        }
        return step;
    }

    private String file(String path, String mine, String theirs, int edition, Step step) {
        if (conflicts.containsKey(path) && over(path, mine, theirs)) {
            end(path);
            step.ended().add(path);
        }
        switch (ThreeWay.of(base.get(path), hash(mine), hash(theirs))) {
            case IN_STEP -> remember(path, mine);
            case FOLDER_AHEAD -> {
                return mine;
            }
            case EDITION_AHEAD -> {
                try {
                    if (folder.write(path, theirs, mine)) {
                        remember(path, theirs);
                    }
                } catch (IOException e) {
                    step.unwritten()
                            .add(
                                    RuleProblem.warning(
                                            path,
                                            0,
                                            0,
                                            "",
                                            "Edition " + edition + " changed the file, and it cannot be written: " + e
                                                    + ".",
                                            "Let the service write into the rules folder; until then the edition is ahead of it."));
                }
            }
            case CONFLICT -> conflict(path, mine, theirs, edition, step);
        }
        return theirs;
    }

    /** A conflict ends when somebody saves the file again, or deletes the file beside it. */
    private boolean over(String path, String mine, String theirs) {
        Conflict conflict = conflicts.get(path);
        String stamp = folder.stamp(path);
        return Objects.equals(mine, theirs)
                || !Objects.equals(hash(mine), conflict.mine())
                || !stamps.getOrDefault(path, stamp).equals(stamp)
                || conflict.beside() && !folder.holds(beside(path, conflict.edition()));
    }

    private void end(String path) {
        Conflict conflict = conflicts.remove(path);
        stamps.remove(path);
        // whoever decided saw the text beside the file, but not that of a later edition
        put(path, conflict.theirs());
        discard(path, conflict);
    }

    private void conflict(String path, String mine, String theirs, int edition, Step step) {
        Conflict before = conflicts.get(path);
        if (before == null || !Objects.equals(before.theirs(), hash(theirs))) {
            Conflict now = new Conflict(edition, hash(mine), hash(theirs), putBeside(path, theirs, edition, step));
            conflicts.put(path, now);
            changed = true;
            step.begun().add(told(path, now));
            if (before != null && before.edition() != edition) {
                discard(path, before);
            }
        }
        stamps.putIfAbsent(path, folder.stamp(path));
    }

    private boolean putBeside(String path, String theirs, int edition, Step step) {
        String beside = beside(path, edition);
        try {
            String text = theirs == null ? "// Edition " + edition + " deleted this file.\n" : theirs;
            folder.write(beside, text, folder.text(beside));
            return true;
        } catch (IOException e) {
            step.unwritten()
                    .add(RuleProblem.warning(
                            beside,
                            0,
                            0,
                            "",
                            "The edition's text cannot be written: " + e + ".",
                            "GET /rulebook has it."));
            return false;
        }
    }

    private void discard(String path, Conflict conflict) {
        String beside = beside(path, conflict.edition());
        try {
            folder.write(beside, null, folder.text(beside));
        } catch (IOException e) {
            // a file that is left over does no harm
            changed = true;
        }
    }

    /** After a publication, all files on which the folder and the edition agree are in step. */
    public void published(RuleFolder.Look look, Collection<RuleFile> live) {
        Map<String, String> mine = texts(look.files());
        Map<String, String> theirs = texts(live);
        Set<String> paths = new TreeSet<>(base.keySet());
        paths.addAll(mine.keySet());
        for (String path : paths) {
            if (Objects.equals(mine.get(path), theirs.get(path))) {
                remember(path, mine.get(path));
            }
        }
    }

    /** Treats these files as changed in the folder since these texts: what was published from it was discarded. */
    public void takenBack(Collection<String> paths, Collection<RuleFile> files) {
        Map<String, String> before = texts(files);
        paths.forEach(path -> remember(path, before.get(path)));
    }

    private void remember(String path, String text) {
        put(path, hash(text));
    }

    private void put(String path, String hash) {
        String before = hash == null ? base.remove(path) : base.put(path, hash);
        changed |= !Objects.equals(before, hash);
    }

    private static FolderConflict told(String path, Conflict conflict) {
        return FolderConflict.of(path, conflict.edition(), beside(path, conflict.edition()));
    }

    private static String beside(String path, int edition) {
        return path + ".edition-" + edition;
    }

    private static Map<String, String> texts(Collection<RuleFile> files) {
        return files.stream().collect(Collectors.toMap(RuleFile::path, RuleFile::text));
    }

    private static String hash(String text) {
        return text == null ? null : StoredEdition.hash(List.of(new RuleFile("", text)));
    }
}
