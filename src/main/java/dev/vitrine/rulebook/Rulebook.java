package dev.vitrine.rulebook;

import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * The rule book that is live. Publishing builds the new edition whole, tries it, and swaps one reference; whatever goes
 * wrong before that leaves the last good edition serving.
 */
@Singleton
public final class Rulebook {
    private static final Logger LOG = Logger.getLogger(Rulebook.class);

    private final EditionStore store;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;
    private volatile Edition live;
    private volatile List<RuleProblem> problems = List.of();
    private volatile Instant problemsSince;
    private final Deque<StoredEdition> unsaved = new ArrayDeque<>();

    Rulebook(EditionStore store, DatabaseState database, Clock clock, MeterRegistry meters) {
        this.store = store;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
    }

    /** The edition that decides now. */
    public Edition live() {
        Edition edition = live;
        if (edition == null) {
            throw new IllegalStateException("no edition is live yet");
        }
        return edition;
    }

    /** What keeps the rules folder, as it stands, from being published; nothing when it is live. */
    public List<RuleProblem> problems() {
        return problems;
    }

    /** Since when there have been {@link #problems()}, null when there are none. */
    public Instant problemsSince() {
        return problemsSince;
    }

    /**
     * Makes these files live at the start: under the number that they were published with, or as the next edition. When
     * they cannot be, what was published last serves on.
     *
     * @throws RuleBookFaults when nothing was ever published either
     */
    synchronized void open(RuleFolder folder) throws RuleBookFaults, SQLException {
        Optional<StoredEdition> latest = store.latest();
        try {
            publish(folder.read(), "folder", latest.isPresent() ? "the folder at start" : "first edition", latest);
        } catch (RuleBookFaults faults) {
            if (latest.isEmpty()) {
                throw faults;
            }
            live = warm(latest.get(), RuleCompiler.compile(latest.get().files()));
            refused(faults);
        }
    }

    /**
     * Checks, compiles and tries what stands in the folder and makes it live as the next edition; the same files once more
     * are no new edition.
     *
     * @throws RuleBookFaults when it cannot be; the live edition is untouched
     */
    synchronized Edition publish(RuleFolder folder, String note) throws RuleBookFaults {
        Edition before = live();
        StoredEdition current = new StoredEdition(
                before.number(),
                before.publishedAt(),
                before.author(),
                before.note(),
                StoredEdition.hash(before.files()),
                before.files());
        try {
            publish(folder.read(), "folder", note, Optional.of(current));
            return live;
        } catch (RuleBookFaults faults) {
            refused(faults);
            throw faults;
        } catch (RuntimeException | Error e) {
            // whatever it is, the folder is not live, and somebody must be told
            LOG.error("The rules folder could not be published", e);
            RuleBookFaults faults = new RuleBookFaults(
                    RuleProblem.fault("", 0, 0, "", "The rules cannot be published: " + e + ".", "The log says more."));
            refused(faults);
            throw faults;
        }
    }

    private void publish(List<RuleFile> files, String author, String note, Optional<StoredEdition> latest)
            throws RuleBookFaults {
        String hash = StoredEdition.hash(files);
        boolean same = latest.isPresent() && latest.get().hash().equals(hash);
        if (same && live != null) {
            fine();
            return;
        }
        RuleCompiler.Compiled compiled = RuleCompiler.compile(files);
        StoredEdition stored = same
                ? latest.get()
                : new StoredEdition(
                        latest.map(StoredEdition::number).orElse(0) + 1, clock.instant(), author, note, hash, files);
        Edition edition = warm(stored, compiled);
        live = edition;
        fine();
        meters.counter("vitrine.rulebook.reloads", "result", "published").increment();
        LOG.infof(
                "Edition %d is live: %d rules in %d files",
                edition.number(),
                edition.rules().size(),
                edition.rules().stream().map(RuleCard::file).distinct().count());
        if (!same) {
            unsaved.add(stored);
            save();
        }
    }

    private static Edition warm(StoredEdition stored, RuleCompiler.Compiled compiled) throws RuleBookFaults {
        try {
            return new Edition(stored, compiled);
        } catch (RuntimeException | StackOverflowError e) {
            throw new RuleBookFaults(RuleProblem.fault(
                    "", 0, 0, "", "The rules break as a whole on a trial: " + e.getMessage() + ".", ""));
        }
    }

    /** Keeps what was published in the database; when that is gone, {@link RuleFolderWatch} tries again until it is back. */
    synchronized void save() {
        while (!unsaved.isEmpty() && database.up()) {
            StoredEdition edition = unsaved.peek();
            try {
                if (!store.save(edition)) {
                    LOG.warnf(
                            "Edition %d was published by another instance too; this one's files stay live here",
                            edition.number());
                }
                unsaved.remove();
            } catch (SQLException e) {
                database.failed(e);
                LOG.warnf("Edition %d is live but not kept yet: %s", edition.number(), e.getMessage());
                return;
            }
        }
    }

    private void fine() {
        problems = List.of();
        problemsSince = null;
    }

    private void refused(RuleBookFaults faults) {
        problems = faults.problems();
        problemsSince = clock.instant();
        meters.counter("vitrine.rulebook.reloads", "result", "refused").increment();
        LOG.errorf(
                "The rules folder was not published; edition %d serves on. %d problem(s):%n%s",
                live.number(), problems.size(), faults.getMessage());
    }
}
