package dev.vitrine.rulebook.publish;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.FolderState;
import dev.vitrine.rulebook.folder.FolderStateRepository;
import dev.vitrine.rulebook.folder.FolderSync;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Instance;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
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
 * The rules folder as an editor of the rule book. What is saved in it is live first and stored later, since the folder keeps
 * it. While nobody has reached the database since the start, the folder's rules serve as edition 0.
 */
@Singleton
final class FolderPublisher {
    private static final Logger LOG = Logger.getLogger(FolderPublisher.class);
    /** The database answers in milliseconds, and a save is to be live within two seconds. */
    private static final Duration DATABASE_WAIT = Duration.ofMillis(300);

    private static final String FIRST = "first edition";
    private static final String AT_START = "the folder at start";

    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final FolderStateRepository states;
    private final Transactions transactions;
    private final RuleCheck check;
    private final DatabaseState database;
    private final Instance instance;
    private final Clock clock;

    private RuleFolder rules;
    /** How the run before left the folder, null where that is not known. */
    private FolderState.Remembered left;
    /** Null until the folder could be read for the first time. */
    private FolderSync folder;

    private List<RuleProblem> unwritten = List.of();

    FolderPublisher(
            Rulebook rulebook,
            EditionRepository editions,
            FolderStateRepository states,
            Transactions transactions,
            RuleCheck check,
            DatabaseState database,
            Instance instance,
            Clock clock) {
        this.rulebook = rulebook;
        this.editions = editions;
        this.states = states;
        this.transactions = transactions;
        this.check = check;
        this.database = database;
        this.instance = instance;
        this.clock = clock;
    }

    /** @throws InvalidRulesException when neither the folder nor anything that was ever published can be used */
    void open(RuleFolder folderOfRules) throws InvalidRulesException {
        synchronized (rulebook) {
            rules = folderOfRules;
            rulebook.attach(this);
            try {
                openStored();
            } catch (DatabaseUnavailableException e) {
                if (!rulebook.hasLive()) {
                    serveUnpublished();
                }
            }
        }
    }

    private void openStored() throws InvalidRulesException {
        Optional<StoredEdition> stored = rulebook.history().newest();
        if (stored.isEmpty()) {
            openFirst();
            return;
        }
        left = transactions
                .readable(
                        "rules_folder",
                        List.of(rules.path()),
                        folders -> states.of(instance.name(), folders.get(0)).stream()
                                .toList())
                .stream()
                .findFirst()
                .orElse(null);
        rulebook.history().advanceTo(stored.get());
        InvalidRulesException faults = null;
        try {
            sync(AT_START);
        } catch (InvalidRulesException e) {
            faults = e;
        }
        if (!rulebook.hasLive() || rulebook.live().number() == 0) {
            serveStored();
        }
        compared(faults);
    }

    private void openFirst() throws InvalidRulesException {
        Draft draft = check.of(rules.read());
        StoredEdition first = rulebook.history().next(draft, publication(FIRST));
        Edition edition = draft.edition(first);
        folder = FolderSync.inStepWith(rules, first.files());
        publish(edition, first);
        compared(null);
    }

    private void serveUnpublished() throws InvalidRulesException {
        Draft draft = check.of(rules.read());
        StoredEdition unpublished =
                rulebook.history().next(draft, publication(AT_START)).withNumber(0);
        rulebook.goLive(draft.edition(unpublished), unpublished);
        LOG.warn("The editions of the rule book cannot be read; the rules of the folder serve until they can");
    }

    /** The newest stored edition that can be used: an upgrade may have removed a word that it needs. */
    private void serveStored() throws InvalidRulesException {
        StoredEdition latest = rulebook.history().latest();
        InvalidRulesException why = null;
        for (Optional<StoredEdition> stored = Optional.of(latest);
                stored.isPresent();
                stored = rulebook.history().before(stored.get().number())) {
            try {
                rulebook.serveInstead(check.kept(stored.get()));
                if (why == null) {
                    rulebook.logLive();
                    return;
                }
                rulebook.status().unusable(why.problems());
                LOG.errorf(
                        "Edition %d, which was published last, can no longer be used; edition %d serves in its place:",
                        latest.number(), rulebook.live().number());
                why.problems().forEach(problem -> LOG.error(problem));
                return;
            } catch (InvalidRulesException e) {
                why = why == null ? e : why;
            }
        }
        throw Objects.requireNonNull(why);
    }

    /** @throws InvalidRulesException when what was saved cannot be published; the live edition is untouched */
    Edition publish(String note) throws InvalidRulesException {
        synchronized (rulebook) {
            rulebook.folderCompared();
            InvalidRulesException faults = null;
            try {
                if (rulebook.history().latest() == null) {
                    serveUnpublished();
                } else {
                    sync(note);
                }
            } catch (InvalidRulesException e) {
                faults = e;
            } catch (UnavailableException e) {
                faults = new InvalidRulesException(
                        RuleProblem.fault("", 0, 0, "", e.getMessage() + ".", "Then save once more."));
            } catch (RuntimeException | Error e) {
                // whatever it is, the folder is not live, and somebody must be told
                LOG.error("The rules folder could not be published", e);
                faults = new InvalidRulesException(RuleProblem.fault(
                        "", 1, 1, "", "The rules could not be published.", "The log of the service says why."));
            }
            compared(faults);
            save();
            if (faults != null) {
                throw faults;
            }
            return rulebook.live();
        }
    }

    boolean behind() {
        return rulebook.folderBehind();
    }

    /** Stores what could not be stored before, and reads the editions where that failed at the start. */
    void save() {
        synchronized (rulebook) {
            if (rules != null && rulebook.history().latest() == null && database.up()) {
                try {
                    openStored();
                } catch (DatabaseUnavailableException e) {
                    LOG.debug("The editions still cannot be read");
                } catch (InvalidRulesException e) {
                    compared(e);
                }
            }
            rulebook.save();
        }
    }

    private void sync(String note) throws InvalidRulesException {
        followSoon();
        StoredEdition latest = rulebook.history().latest();
        RuleFolder.Look look = rules.look();
        rulebook.status().skipped(look.skipped());
        if (folder == null) {
            folder = atStart(look);
        }
        FolderSync.Step step = folder.step(look, latest);
        unwritten = step.unwritten();
        rulebook.status().conflicts(step, folder.conflicts(), latest.number());
        boolean same = StoredEdition.hash(step.files()).equals(latest.hash());
        if (same && look.problems().isEmpty()) {
            return;
        }
        Draft draft = same ? null : check.of(step.files(), latest.files());
        List<RuleProblem> faults = new ArrayList<>(look.problems());
        if (draft != null && rulebook.needsFourEyes()) {
            RuleChange.files(latest.files(), step.files()).forEach(path -> faults.add(unapproved(path)));
        }
        if (draft != null) {
            faults.addAll(draft.faults());
        }
        if (!faults.isEmpty()) {
            throw new InvalidRulesException(faults);
        }
        StoredEdition stored = rulebook.history().next(draft, publication(note));
        Edition edition = draft.edition(stored);
        rulebook.acceptable(edition, clock.instant(), null);
        folder.published(look, stored.files());
        publish(edition, stored);
    }

    private static RuleProblem unapproved(String path) {
        return RuleProblem.fault(
                path,
                0,
                0,
                "",
                "Nobody else has approved this change, so the folder does not publish it (" + FourEyes.SETTING + ").",
                "Send it as a draft: POST /rulebook/drafts.");
    }

    private FolderSync atStart(RuleFolder.Look look) {
        List<RuleFile> live = rulebook.history().files();
        try {
            return transactions.call(() -> FolderSync.atStart(rules, left, look, live, editions::published));
        } catch (DatabaseUnavailableException e) {
            // nobody can tell what is an old copy; then the folder is what its owner wants it to be
            return left == null ? FolderSync.inStepWith(rules, live) : FolderSync.left(rules, left);
        }
    }

    private void publish(Edition edition, StoredEdition stored) {
        rulebook.history().addUnsaved(stored, Publication.FOLDER);
        rulebook.goLive(edition, stored);
        rulebook.save();
    }

    /** A save does not wait for a database that hangs: it is then laid over the latest edition known here. */
    private void followSoon() {
        FutureTask<EditionRepository.Numbers> numbers =
                new FutureTask<>(() -> rulebook.history().numbers());
        Thread thread = new Thread(numbers, "editions-of-others");
        thread.setDaemon(true);
        thread.start();
        try {
            numbers.get(DATABASE_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            rulebook.follow();
        } catch (DatabaseUnavailableException | ExecutionException | TimeoutException e) {
            LOG.debugf("Whether other instances have published cannot be read now: %s", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stores what the folder held. Called once everything is stored: else it would count as published before it is. */
    void remember() {
        if (folder != null && folder.changed()) {
            transactions.run(() -> states.save(instance.name(), rules.path(), folder.state(), clock.instant()));
            folder.remembered();
        }
    }

    void takenBack(EditionHistory.Discarded discarded) {
        folder.takenBack(discarded.paths(), discarded.before());
    }

    private void compared(InvalidRulesException faults) {
        if (faults != null) {
            rulebook.refused();
        }
        rulebook.status().compared(faults, unwritten, rulebook.live().number());
    }

    private static Publication publication(String note) {
        return new Publication(Publication.FOLDER, note, Publication.FOLDER);
    }
}
