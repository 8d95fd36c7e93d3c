package dev.vitrine.rulebook.folder;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** What keeps the rules folder from being in step with the editions, for the log, the audit log and callers. */
public final class FolderStatus {
    private static final Logger LOG = Logger.getLogger(FolderStatus.class);
    private static final Publication FOLDER = new Publication(Publication.FOLDER, "", Publication.FOLDER);

    private final Audit audit;
    private final Clock clock;
    private List<RuleProblem> unusable = List.of();
    private List<RuleProblem> folder = List.of();
    private volatile List<RuleProblem> problems = List.of();
    private volatile List<RuleProblem> skipped = List.of();
    private volatile Instant since;
    private volatile List<FolderConflict> conflicts = List.of();

    public FolderStatus(Audit audit, Clock clock) {
        this.audit = audit;
        this.clock = clock;
    }

    public List<RuleProblem> problems() {
        return problems;
    }

    /** Warnings of what is in the folder and is no rule file, although its name says so. */
    public List<RuleProblem> skipped() {
        return skipped;
    }

    public void skipped(List<RuleProblem> now) {
        now.stream().filter(one -> !skipped.contains(one)).forEach(one -> LOG.warn(one));
        skipped = List.copyOf(now);
    }

    /** Since when there have been problems, null when there are none. */
    public Instant since() {
        return since;
    }

    public List<FolderConflict> conflicts() {
        return conflicts;
    }

    /** Sets why the edition published last cannot be used; an empty list means that it can. */
    public void unusable(List<RuleProblem> why) {
        unusable = List.copyOf(why);
        sum();
    }

    /** @param faults why the folder cannot be published, or null */
    public void compared(InvalidRulesException faults, List<RuleProblem> unwritten, int live) {
        List<RuleProblem> told = new ArrayList<>();
        if (faults != null) {
            told.addAll(faults.problems());
            LOG.errorf(
                    "The rules folder was not published; edition %d continues to serve. %d problem(s):",
                    live, faults.problems().size());
            faults.problems().forEach(problem -> LOG.error(problem));
            log(Action.REFUSED, null, faults.getMessage());
        }
        unwritten.forEach(problem -> LOG.warn(problem));
        told.addAll(unwritten);
        folder = told;
        sum();
    }

    private void sum() {
        List<RuleProblem> all = new ArrayList<>(unusable);
        all.addAll(folder);
        if (all.isEmpty()) {
            since = null;
        } else if (since == null) {
            since = clock.instant();
        }
        problems = List.copyOf(all);
    }

    public void conflicts(FolderSync.Step step, List<FolderConflict> all, int latest) {
        step.ended().forEach(path -> log(Action.CONFLICT_ENDED, latest, path));
        step.begun().forEach(conflict -> {
            LOG.warn(conflict.message());
            log(Action.CONFLICT, conflict.edition(), conflict.message());
        });
        conflicts = List.copyOf(all);
    }

    private void log(Action action, Integer edition, String detail) {
        audit.add(new Audit.Entry(clock.instant(), FOLDER.author(), FOLDER.origin(), action, edition, detail));
    }
}
