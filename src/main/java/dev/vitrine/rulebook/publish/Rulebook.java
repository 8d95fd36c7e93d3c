package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.check.ReachProbe;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.check.RuleTrials;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.HarmfulChangeException;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.edition.StagedShare;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.folder.FolderStatus;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * The rule book that is live, and the one way to change it by a call. Publishing builds the new edition completely, tries
 * it, stores it, and swaps one reference. Whatever goes wrong before that leaves the last good edition serving. One change
 * is made at a time; its lock is this object, for {@link FolderPublisher} too.
 */
@Singleton
public final class Rulebook {
    private static final Logger LOG = Logger.getLogger(Rulebook.class);
    /** Each attempt costs a compilation. Instances that publish more often than that do so by a program. */
    private static final int OVERTAKEN_MAX = 5;

    private final EditionRepository editions;
    private final Transactions transactions;
    private final RuleCheck check;
    private final List<ReachProbe> reachProbes;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;
    private final FourEyes fourEyes;

    private final EditionHistory history;
    private final FolderStatus status;

    private volatile Edition live;
    /** The edition that some visits get in place of the live one, null where there is none. */
    private volatile StagedShare staged;

    private boolean storingFails;
    private volatile boolean folderBehind;
    private FolderPublisher folder;

    public Rulebook(
            EditionRepository editions,
            Transactions transactions,
            RuleCheck check,
            @All List<ReachProbe> reachProbes,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters,
            FourEyes fourEyes) {
        this.editions = editions;
        this.transactions = transactions;
        this.check = check;
        this.reachProbes = reachProbes;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
        this.fourEyes = fourEyes;
        this.history = new EditionHistory(editions, transactions, audit, clock);
        this.status = new FolderStatus(audit, clock);
    }

    public Edition live() {
        Edition edition = live;
        if (edition == null) {
            throw new IllegalStateException("no edition is live yet");
        }
        return edition;
    }

    /** Whether an edition is live; there is none before the rules folder was read for the first time. */
    boolean hasLive() {
        return live != null;
    }

    /** The edition that decides now for one visitor, by key of the shopper or else of the visit. */
    public Edition editionFor(String visitor) {
        StagedShare share = staged;
        return share != null && share.takes(visitor) ? share.edition() : live();
    }

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
        return status.problems();
    }

    /** Since when there have been {@link #problems()}, null when there are none. */
    public Instant problemsSince() {
        return status.since();
    }

    public List<FolderConflict> conflicts() {
        return status.conflicts();
    }

    /** The edition published last with these edits laid over it; throws {@link UnavailableException} on too many drafts. */
    public Draft draft(List<Edit> edits) {
        List<RuleFile> files = history.latest() == null ? live().files() : history.files();
        return check.asked(Edit.over(files, edits), files);
    }

    /** The edition that these edits would make, to try it: it has number 0. */
    public Edition tried(List<Edit> edits) throws InvalidRulesException {
        return draft(edits).edition();
    }

    /** What it would do to recent lists as of a moment; null where no rule differs from the live ones, or it has faults. */
    public Reach reach(Draft draft, Instant at) {
        if (!draft.faults().isEmpty()) {
            return null;
        }
        try {
            return reach(draft.edition(), at);
        } catch (InvalidRulesException unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }

    private Reach reach(Edition next, Instant at) {
        Edition now = live;
        if (now == null || reachProbes.isEmpty()) {
            return null;
        }
        List<RuleChange> changes = RuleChange.between(now.files(), next.files()).stream()
                .filter(change -> change.change() != RuleChange.Change.MOVED)
                .toList();
        Reach reach = null;
        if (!changes.isEmpty()) {
            // a rule that begins next year says nothing of what another does until then
            for (Instant moment : RuleTrials.moments(next.rules(), changes, at, check.zone())) {
                reach = reachProbes.get(0).of(now, next, changes, moment);
                if (reach.refused()) {
                    return reach;
                }
            }
        }
        return reach;
    }

    /** @throws HarmfulChangeException when it makes too many lists worse, and nobody has said that this is meant */
    Reach acceptable(Edition next, Instant at, String accept) throws HarmfulChangeException {
        Reach reach = reach(next, at);
        if (reach != null && reach.refused() && accept == null) {
            throw new HarmfulChangeException(reach, next.rules());
        }
        return reach;
    }

    public void requireAcceptable(Draft draft, Instant at, String accept) throws InvalidRulesException {
        acceptable(draft.edition(), at, accept);
    }

    public List<RuleProblem> warnings() {
        return check.warnings(live());
    }

    /**
     * Publishes edits that nobody else has looked at; nothing has changed when it throws. Null for {@code base} where the editor's
     * edition is no matter.
     */
    public Published publish(List<Edit> edits, Integer base, Publication as)
            throws InvalidRulesException, EditConflictException {
        fourEyes.refuse("files", "are published");
        return publish(edits, base, as, published -> {});
    }

    /** What is stored in the transaction of an edition, or keeps it from being stored by throwing. */
    public interface Along {
        void store(StoredEdition published);
    }

    /** Publishes what was approved, where that is asked for: when it was planned or staged, or as a draft. */
    public synchronized Published publish(List<Edit> edits, Integer base, Publication as, Along along)
            throws InvalidRulesException, EditConflictException {
        return release(
                latest -> {
                    if (base != null && base != latest.number()) {
                        requireUnchangedSince(base, edits, as);
                    }
                    return Edit.over(latest.files(), edits);
                },
                as,
                Action.PUBLISHED,
                "",
                along);
    }

    private void requireUnchangedSince(int base, List<Edit> edits, Publication as) throws EditConflictException {
        List<EditConflictException.Change> changes = history.changedSince(base, edits);
        if (!changes.isEmpty()) {
            EditConflictException conflict = new EditConflictException(base, changes);
            log(as, Action.REFUSED, conflict.getMessage());
            throw conflict;
        }
    }

    /** Publishes what was before; {@code what} tells the audit log what that is. Nothing has changed when it throws. */
    synchronized <E extends Exception> Published goBack(Change<E> change, Publication as, Action action, String what)
            throws InvalidRulesException, E {
        return release(change, as, action, what, published -> {});
    }

    /** @param field where the number stands in the call */
    public static ProblemException noEdition(int number, String field, int status) {
        return new ProblemException(status, field, "there is no edition " + number);
    }

    private <E extends Exception> Published release(
            Change<E> change, Publication as, Action action, String what, Along along) throws InvalidRulesException, E {
        Optional<Made> made = make(change, as, StoredEdition.State.PUBLISHED, (next, base) -> {
            boolean added = editions.add(next);
            if (added) {
                audit.addInTransaction(EditionHistory.entry(next, as.origin(), action, what));
                along.store(next);
            }
            return added;
        });
        if (made.isEmpty()) {
            return new Published(live.number(), true, List.of(), warnings(), null);
        }
        StoredEdition stored = made.get().stored();
        history.advanceTo(stored);
        goLive(made.get().edition(), stored);
        folderBehind = true;
        KnownWarnings warnings =
                KnownWarnings.of(stored.warnings(), made.get().base().files(), stored.files());
        return new Published(
                stored.number(),
                false,
                warnings.news(),
                warnings.known(),
                made.get().reach());
    }

    public interface Store {
        /** @return false when another instance took the number */
        boolean add(StoredEdition next, StoredEdition base);
    }

    /** Makes an edition that is not published; {@code store} runs in one transaction with the audit entry. */
    public synchronized Made stage(List<Edit> edits, Publication as, Store store) throws InvalidRulesException {
        Made made = make(latest -> Edit.over(latest.files(), edits), as, StoredEdition.State.STAGED, (next, base) -> {
                    boolean added = store.add(next, base);
                    if (added) {
                        audit.addInTransaction(EditionHistory.entry(next, as.origin(), Action.STAGED));
                    }
                    return added;
                })
                .orElseThrow(() -> new ProblemException(
                        "files", "say what edition " + history.latest().number() + " says; there is nothing to stage"));
        history.taken(made.stored().number());
        return made;
    }

    /** Makes the files of the next edition from the one published last. */
    interface Change<E extends Exception> {
        List<RuleFile> of(StoredEdition latest) throws E;
    }

    /** A new edition, and the published one that it was made from. */
    public record Made(Edition edition, StoredEdition stored, StoredEdition base, Reach reach) {}

    /** Makes and stores the next edition, again if another instance publishes meanwhile; nothing without a change. */
    private <E extends Exception> Optional<Made> make(
            Change<E> change, Publication as, StoredEdition.State state, Store store) throws InvalidRulesException, E {
        requireStored();
        try {
            for (int attempts = 0; attempts < OVERTAKEN_MAX; attempts++) {
                follow();
                StoredEdition latest = history.latest();
                List<RuleFile> files = change.of(latest);
                if (StoredEdition.hash(files).equals(latest.hash()) && live.number() == latest.number()) {
                    return Optional.empty();
                }
                Draft draft = check.of(files, latest.files());
                StoredEdition next = history.next(draft, as).withState(state);
                Edition edition = draft.edition(next);
                Reach reach = acceptable(edition, clock.instant(), as.accept());
                if (stored(next, () -> added(next, latest, store, as, reach))) {
                    return Optional.of(new Made(edition, next, latest, reach));
                }
            }
        } catch (InvalidRulesException faults) {
            refused();
            log(as, Action.REFUSED, faults.getMessage());
            throw faults;
        } catch (OutcomeUnknownException e) {
            // if it was stored, it comes back as one of another instance
            LOG.warn(e.getMessage());
            throw e;
        } catch (DatabaseUnavailableException e) {
            LOG.warnf("Nothing could be published: %s", e.getMessage());
            throw unavailable(e);
        }
        throw new UnavailableException(
                "Other instances publish at this moment, again and again; nothing was published here, try again",
                DatabaseUnavailableException.RETRY_AFTER,
                null);
    }

    private boolean added(StoredEdition next, StoredEdition latest, Store store, Publication as, Reach reach) {
        boolean added = store.add(next, latest);
        if (added && reach != null && reach.refused()) {
            audit.addInTransaction(new Audit.Entry(
                    clock.instant(),
                    as.author(),
                    as.origin(),
                    Action.HARM_ACCEPTED,
                    next.number(),
                    as.accept() + ": " + HarmfulChangeException.message(reach)));
        }
        return added;
    }

    private boolean stored(StoredEdition next, BooleanSupplier add) {
        try {
            return transactions.call(add::getAsBoolean);
        } catch (OutcomeUnknownException e) {
            throw e.about(
                    "edition " + next.number(), "GET /rulebook/editions/" + next.number() + " tells when it is back");
        }
    }

    /** @throws DatabaseUnavailableException when nobody can tell what other instances have published */
    public synchronized void follow() {
        if (history.latest() != null && database.up() && !history.waiting()) {
            history.newer().ifPresent(this::takeOver);
        }
    }

    private void takeOver(StoredEdition theirs) {
        history.advanceTo(theirs);
        folderBehind = true;
        try {
            goLive(check.kept(theirs), theirs);
        } catch (InvalidRulesException e) {
            status.unusable(e.problems());
            LOG.errorf(
                    "Edition %d, which another instance published, cannot be used here; edition %d continues to serve:",
                    theirs.number(), live.number());
            e.problems().forEach(problem -> LOG.error(problem));
        }
    }

    private void requireStored() {
        save();
        if (!database.up() || history.latest() == null || history.waiting()) {
            throw unavailable(null);
        }
    }

    private UnavailableException unavailable(Throwable cause) {
        return new UnavailableException(
                "The database cannot be used, so nothing was published; edition " + live.number()
                        + " continues to serve. Try again later",
                DatabaseUnavailableException.RETRY_AFTER,
                cause);
    }

    // --- for the folder, which holds this object's lock ---

    boolean needsFourEyes() {
        return fourEyes.asked();
    }

    void attach(FolderPublisher publisher) {
        folder = publisher;
    }

    EditionHistory history() {
        return history;
    }

    FolderStatus status() {
        return status;
    }

    boolean folderBehind() {
        return folderBehind;
    }

    void folderCompared() {
        folderBehind = false;
    }

    void goLive(Edition edition, StoredEdition stored) {
        live = edition;
        status.unusable(List.of());
        meters.counter("vitrine.rulebook.reloads", "result", "published").increment();
        logLive();
        stored.warnings().forEach(warning -> LOG.warnf("Edition %d: %s", edition.number(), warning));
    }

    /** Makes an edition live in place of the one published last, which cannot be used. */
    void serveInstead(Edition edition) {
        live = edition;
    }

    void logLive() {
        LOG.infof(
                "Edition %d is live: %d rules in %d files",
                live.number(),
                live.rules().size(),
                live.rules().stream().map(RuleCard::file).distinct().count());
    }

    void refused() {
        meters.counter("vitrine.rulebook.reloads", "result", "refused").increment();
    }

    /** Stores what is live and not stored yet; when the database is away, {@link RuleFolderWatch} tries again. */
    synchronized void save() {
        try {
            while (history.waiting() && database.up()) {
                if (!history.storeNext()) {
                    rejoin();
                }
            }
            if (folder != null && !history.waiting() && database.up()) {
                folder.remember();
            }
            storingFails = false;
        } catch (RuntimeException e) {
            // whatever it is, the edition serves, and storing it is tried again
            if (!storingFails) {
                LOG.warnf("Edition %d is live but not stored yet: %s", live.number(), e.getMessage());
            }
            storingFails = true;
        }
    }

    /** Continues from what others published; the folder counts as changed since before that, and is compared again. */
    private void rejoin() {
        Optional<StoredEdition> theirs = history.newest();
        EditionHistory.Discarded discarded = history.discardUnsaved();
        folder.takenBack(discarded);
        theirs.ifPresent(this::takeOver);
    }

    private void log(Publication by, Action action, String detail) {
        audit.add(new Audit.Entry(clock.instant(), by.author(), by.origin(), action, null, detail));
    }
}
