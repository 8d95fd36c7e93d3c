package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.edition.StagedShare;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.folder.FolderState;
import dev.vitrine.rulebook.folder.FolderStatus;
import dev.vitrine.rulebook.folder.FolderSync;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The rule book that is live, and the one way to change it. Publishing builds the new edition whole, tries it, and swaps
 * one reference; whatever goes wrong before that leaves the last good edition serving. One change is made at a time.
 *
 * <p>What comes by a call is kept before it is live, since the caller is told that it is done. What is saved in the folder
 * is live first, and kept when the database is there: the folder itself keeps it meanwhile.
 */
@Singleton
public final class Rulebook {
    private static final Logger LOG = Logger.getLogger(Rulebook.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    /** Our choice: each time costs a compilation, and who publishes that often does so by a program. */
    private static final int OVERTAKEN_MAX = 5;

    /** Our choice: the database answers in milliseconds, and a save is to be live within two seconds. */
    private static final Duration SOON = Duration.ofMillis(300);

    private static final String FIRST = "first edition";
    private static final String AT_START = "the folder at start";

    private final EditionRepository store;
    private final FolderState memory;
    private final RuleCheck check;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    private final EditionHistory line;
    private final FolderStatus standing;

    private volatile Edition live;
    /** The edition that some visits get in place of the live one, null where there is none. */
    private volatile StagedShare staged;

    private RuleFolder rules;
    /** How the run before left the folder, null where that is not known. */
    private FolderState.Left left;
    /** Null until the folder could be read for the first time. */
    private FolderSync folder;

    private List<RuleProblem> unwritten = List.of();
    private boolean keepingFails;
    private volatile boolean folderBehind;

    public Rulebook(
            EditionRepository store,
            FolderState memory,
            RuleCheck check,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters) {
        this.store = store;
        this.memory = memory;
        this.check = check;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
        this.line = new EditionHistory(store, clock);
        this.standing = new FolderStatus(audit, clock);
    }

    /** The edition that decides now. */
    public Edition live() {
        Edition edition = live;
        if (edition == null) {
            throw new IllegalStateException("no edition is live yet");
        }
        return edition;
    }

    /**
     * The edition that decides now for one visitor: always the same while nothing changes.
     *
     * @param visitor key of the shopper where one is known, else of the visit
     */
    public Edition editionFor(String visitor) {
        StagedShare share = staged;
        return share != null && share.takes(visitor) ? share.edition() : live();
    }

    /** All that decide now: the live one, and the one that some visits get where there is one. */
    public List<Edition> deciding() {
        StagedShare share = staged;
        return share == null ? List.of(live()) : List.of(live(), share.edition());
    }

    /** Gives a share of visits to an edition, in place of any that had one; null gives all to the live one. */
    public void give(StagedShare share) {
        staged = share;
    }

    /** What keeps the rules folder, as it stands, from being in step with the editions; nothing when it is. */
    public List<RuleProblem> problems() {
        return standing.problems();
    }

    /** Since when there have been {@link #problems()}, null when there are none. */
    public Instant problemsSince() {
        return standing.since();
    }

    /** Files that were changed in the folder and by an edition, and wait for somebody to decide. */
    public List<FolderConflict> conflicts() {
        return standing.conflicts();
    }

    /**
     * What the edition published last would be with these edits laid over it; serves nobody. A few are made at a time.
     *
     * @throws UnavailableException when it cannot be made now
     */
    public Draft draft(List<Edit> edits) {
        return check.asked(Edit.over(line.files(), edits), line.files());
    }

    /** What is odd about the live edition as the shop stands now. */
    public List<RuleProblem> warnings() {
        return check.warnings(live());
    }

    /**
     * Opens the book at the start: the edition published last, with what was changed in the folder since laid over it, or
     * the folder as the first edition. When the folder cannot be used, what was published last serves on.
     *
     * @throws InvalidRulesException when nothing was ever published either, or nothing that can still be used
     */
    synchronized void open(RuleFolder folderOfRules) throws InvalidRulesException, SQLException {
        rules = folderOfRules;
        Optional<StoredEdition> kept = store.latest();
        if (kept.isEmpty()) {
            openFirst();
            return;
        }
        line.goesOnWith(kept.get());
        left = memory.of(rules.path()).orElse(null);
        InvalidRulesException faults = null;
        try {
            sync(AT_START);
        } catch (InvalidRulesException e) {
            faults = e;
        }
        if (live == null) {
            serveKept();
        }
        compared(faults);
    }

    private void openFirst() throws InvalidRulesException {
        Draft draft = check.of(rules.read());
        StoredEdition first = line.next(draft, new Publication(Publication.FOLDER, FIRST, Publication.FOLDER));
        Edition edition = draft.edition(first);
        folder = FolderSync.inStepWith(rules, first.files());
        keepLater(edition, first);
    }

    /** The newest kept edition that can be used: an upgrade may have taken a word away that it needs. */
    private void serveKept() throws InvalidRulesException, SQLException {
        InvalidRulesException why = null;
        for (Optional<StoredEdition> kept = Optional.of(line.latest());
                kept.isPresent();
                kept = store.before(kept.get().number())) {
            try {
                live = check.kept(kept.get());
                break;
            } catch (InvalidRulesException e) {
                why = why == null ? e : why;
            }
        }
        if (live == null) {
            throw Objects.requireNonNull(why);
        }
        if (why == null) {
            tellLive();
        } else {
            standing.unusable(why.problems());
            LOG.errorf(
                    "Edition %d, which was published last, can no longer be used; edition %d serves in its place:%n%s",
                    line.latest().number(), live.number(), why.getMessage());
        }
    }

    /**
     * Brings the folder and the editions in step: what was saved in the folder is checked, compiled, tried and made live
     * as the next edition, what an edition changed is written into the folder. The same files once more are no new edition.
     *
     * @throws InvalidRulesException when what was saved cannot be published; the live edition is untouched
     */
    synchronized Edition publishFolder(String note) throws InvalidRulesException {
        folderBehind = false;
        InvalidRulesException faults = null;
        try {
            sync(note);
        } catch (InvalidRulesException e) {
            faults = e;
        } catch (UnavailableException e) {
            faults = new InvalidRulesException(
                    RuleProblem.fault("", 0, 0, "", e.getMessage() + ".", "Then save once more."));
        } catch (RuntimeException | Error e) {
            // whatever it is, the folder is not live, and somebody must be told
            LOG.error("The rules folder could not be published", e);
            faults = new InvalidRulesException(
                    RuleProblem.fault("", 0, 0, "", "The rules cannot be published: " + e + ".", "The log says more."));
        }
        compared(faults);
        save();
        if (faults != null) {
            throw faults;
        }
        return live;
    }

    /** Whether an edition was published that the folder has not been compared with yet. */
    boolean folderBehind() {
        return folderBehind;
    }

    private void sync(String note) throws InvalidRulesException {
        followSoon();
        RuleFolder.Look look = rules.look();
        if (folder == null) {
            folder = atStart(look);
        }
        FolderSync.Step step = folder.step(look, line.latest());
        unwritten = step.unwritten();
        standing.conflicts(step, folder.conflicts(), line.latest().number());
        boolean same = StoredEdition.hash(step.files()).equals(line.latest().hash());
        if (same && look.problems().isEmpty()) {
            return;
        }
        Draft draft = same ? null : check.of(step.files(), line.files());
        List<RuleProblem> faults = new ArrayList<>(look.problems());
        if (draft != null) {
            faults.addAll(draft.faults());
        }
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        StoredEdition stored = line.next(draft, new Publication(Publication.FOLDER, note, Publication.FOLDER));
        Edition edition = draft.edition(stored);
        folder.published(look, stored.files());
        keepLater(edition, stored);
    }

    private FolderSync atStart(RuleFolder.Look look) {
        try {
            return FolderSync.atStart(rules, left, look, line.files(), store::said);
        } catch (SQLException e) {
            // nobody can tell what is an old copy; then the folder is what its owner wants it to be
            database.failed(e);
            return left == null ? FolderSync.inStepWith(rules, line.files()) : FolderSync.left(rules, left);
        }
    }

    /** What is saved in the folder is live first, and kept when the database is there. */
    private void keepLater(Edition edition, StoredEdition stored) {
        line.keepLater(stored, Publication.FOLDER);
        goLive(edition, stored);
        save();
    }

    /**
     * Publishes edits as the next edition, laid over the one published last.
     *
     * @param base the edition that the editor began with, null where that does not matter
     * @throws InvalidRulesException when it cannot be; nothing has changed
     * @throws EditConflictException when one of the files was changed since the base; nothing has changed
     */
    public synchronized Published publish(List<Edit> edits, Integer base, Publication as)
            throws InvalidRulesException, EditConflictException {
        return publish(edits, base, as, (transaction, edition) -> {});
    }

    /** What is kept together with an edition, or keeps it from being kept. */
    public interface Along {
        void write(Connection transaction, int edition) throws SQLException;
    }

    /** The same in one transaction with something else. */
    public synchronized Published publish(List<Edit> edits, Integer base, Publication as, Along along)
            throws InvalidRulesException, EditConflictException {
        return release(
                latest -> {
                    if (base != null && base != latest.number()) {
                        mustStandOn(base, edits, as);
                    }
                    return Edit.over(latest.files(), edits);
                },
                as,
                Action.PUBLISHED,
                along);
    }

    private void mustStandOn(int base, List<Edit> edits, Publication as) throws EditConflictException, SQLException {
        List<EditConflictException.Change> changes = line.changedSince(base, edits);
        if (!changes.isEmpty()) {
            EditConflictException conflict = new EditConflictException(base, changes);
            log(as, Action.REFUSED, null, conflict.getMessage());
            throw conflict;
        }
    }

    /**
     * Publishes the files of an earlier edition once more.
     *
     * @throws InvalidRulesException when they can no longer be used; nothing has changed
     */
    public synchronized Published restore(int number, Publication as) throws InvalidRulesException {
        return release(
                latest -> store.edition(number)
                        .orElseThrow(() -> noEdition(number, 404))
                        .files(),
                as,
                Action.RESTORED,
                (transaction, edition) -> {});
    }

    public static ProblemException noEdition(int number, int status) {
        return new ProblemException(status, null, "there is no edition " + number);
    }

    private <E extends Exception> Published release(Change<E> change, Publication as, Action action, Along along)
            throws InvalidRulesException, E {
        Optional<Made> made = made(
                change,
                as,
                StoredEdition.State.PUBLISHED,
                (next, latest) -> store.save(
                        next,
                        EditionHistory.entry(next, as.origin(), action),
                        transaction -> along.write(transaction, next.number())));
        if (made.isEmpty()) {
            return new Published(live.number(), true, warnings());
        }
        StoredEdition stored = made.get().stored();
        line.goesOnWith(stored);
        goLive(made.get().edition(), stored);
        folderBehind = true;
        return new Published(stored.number(), false, stored.warnings());
    }

    /** Keeps what is to be served to a share of visits. */
    public interface Keeping {
        /** @return false when somebody else took the number */
        boolean keep(StoredEdition staged, StoredEdition base) throws SQLException;
    }

    /**
     * Makes an edition of edits, laid over the one published last, that is not published.
     *
     * @throws InvalidRulesException when it cannot be; nothing has changed
     */
    public synchronized Edition stage(List<Edit> edits, Publication as, Keeping keeping) throws InvalidRulesException {
        Made made = made(latest -> Edit.over(latest.files(), edits), as, StoredEdition.State.STAGED, keeping)
                .orElseThrow(() -> new ProblemException(
                        "files", "say what edition " + line.latest().number() + " says; there is nothing to stage"));
        line.taken(made.stored().number());
        return made.edition();
    }

    /** What somebody wants to have of the edition published last. */
    private interface Change<E extends Exception> {
        List<RuleFile> of(StoredEdition latest) throws E, SQLException;
    }

    /** A new edition, as it is compiled and as it is kept. */
    private record Made(Edition edition, StoredEdition stored) {}

    /**
     * Makes the next edition and keeps it. Where another instance publishes meanwhile, once more on what that one published.
     *
     * @return nothing where the change would change nothing
     */
    private <E extends Exception> Optional<Made> made(
            Change<E> change, Publication as, StoredEdition.State state, Keeping keeping)
            throws InvalidRulesException, E {
        mustKeep();
        try {
            for (int attempts = 0; attempts < OVERTAKEN_MAX; attempts++) {
                follow();
                StoredEdition latest = line.latest();
                List<RuleFile> files = change.of(latest);
                if (StoredEdition.hash(files).equals(latest.hash()) && live.number() == latest.number()) {
                    return Optional.empty();
                }
                Draft draft = check.of(files, latest.files());
                StoredEdition next = line.next(draft, as).withState(state);
                Edition edition = draft.edition(next);
                if (keeping.keep(next, latest)) {
                    return Optional.of(new Made(edition, next));
                }
            }
        } catch (InvalidRulesException faults) {
            meters.counter("vitrine.rulebook.reloads", "result", "refused").increment();
            log(as, Action.REFUSED, null, faults.getMessage());
            throw faults;
        } catch (SQLException e) {
            throw unavailable(e);
        }
        throw new UnavailableException(
                "Others publish at this moment, again and again; nothing was published here, try again",
                RETRY_AFTER,
                null);
    }

    /** Goes on with what another instance has published since. */
    public synchronized void follow() throws SQLException {
        if (live != null && database.up() && !line.waiting()) {
            Optional<StoredEdition> theirs = line.newer();
            if (theirs.isPresent()) {
                goOnWith(theirs.get());
            }
        }
    }

    /** What is saved in the folder does not wait for a database that hangs: then it is laid over what is known here. */
    private void followSoon() {
        FutureTask<EditionRepository.Numbers> asked = new FutureTask<>(store::numbers);
        Thread thread = new Thread(asked, "editions-of-others");
        thread.setDaemon(true);
        thread.start();
        try {
            asked.get(SOON.toMillis(), TimeUnit.MILLISECONDS);
            follow();
        } catch (SQLException e) {
            database.failed(e);
        } catch (ExecutionException | TimeoutException e) {
            LOG.debugf("Nobody can tell now whether others have published: %s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void goOnWith(StoredEdition theirs) {
        line.goesOnWith(theirs);
        folderBehind = true;
        try {
            goLive(check.kept(theirs), theirs);
        } catch (InvalidRulesException e) {
            standing.unusable(e.problems());
            LOG.errorf(
                    "Edition %d, which another instance published, cannot be used here; edition %d serves on:%n%s",
                    theirs.number(), live.number(), e.getMessage());
        }
    }

    private void mustKeep() {
        save();
        if (!database.up() || line.waiting()) {
            throw unavailable(null);
        }
    }

    private UnavailableException unavailable(SQLException e) {
        if (e != null) {
            database.failed(e);
            LOG.warnf("Nothing could be published: %s", e.getMessage());
        }
        return new UnavailableException(
                "The database cannot be used, so nothing was published; edition " + live.number()
                        + " serves on. Try again later",
                RETRY_AFTER,
                e);
    }

    private void goLive(Edition edition, StoredEdition stored) {
        live = edition;
        standing.unusable(List.of());
        meters.counter("vitrine.rulebook.reloads", "result", "published").increment();
        tellLive();
        stored.warnings().forEach(warning -> LOG.warnf("Edition %d: %s", edition.number(), warning));
    }

    private void tellLive() {
        LOG.infof(
                "Edition %d is live: %d rules in %d files",
                live.number(),
                live.rules().size(),
                live.rules().stream().map(RuleCard::file).distinct().count());
    }

    /** Keeps what was published in the database; when that is gone, {@link RuleFolderWatch} tries again until it is back. */
    synchronized void save() {
        try {
            while (line.waiting() && database.up()) {
                if (!line.keepNext()) {
                    rejoin();
                }
            }
            // only now: what the folder held must not be taken for published before it is kept
            if (folder != null && folder.changed() && !line.waiting() && database.up()) {
                memory.save(rules.path(), folder.state(), clock.instant());
                folder.remembered();
            }
            keepingFails = false;
        } catch (SQLException e) {
            database.failed(e);
            if (!keepingFails) {
                LOG.warnf("Edition %d is live but not kept yet: %s", live.number(), e.getMessage());
            }
            keepingFails = true;
        }
    }

    /**
     * Others have published while what was saved here could not be kept. The line goes on with theirs, and the folder counts as
     * changed since before: what was saved in it is laid over theirs, or told as a conflict, when it is compared next.
     */
    private void rejoin() throws SQLException {
        Optional<StoredEdition> theirs = store.latest();
        EditionHistory.LetGo gone = line.letGo();
        folder.takenBack(gone.paths(), gone.before());
        theirs.ifPresent(this::goOnWith);
    }

    private void compared(InvalidRulesException faults) {
        if (faults != null) {
            meters.counter("vitrine.rulebook.reloads", "result", "refused").increment();
        }
        standing.compared(faults, unwritten, live.number());
    }

    private void log(Publication by, Action action, Integer edition, String detail) {
        audit.add(new Audit.Entry(clock.instant(), by.author(), by.origin(), action, edition, detail));
    }
}
