package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Unsaved;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The line of published editions as this instance knows it: the one published last, the number that comes next, and those
 * that are live here and not kept yet, because the database was away. Not for two threads at once, but for a look at the
 * last one.
 */
public final class EditionHistory {
    private static final Logger LOG = Logger.getLogger(EditionHistory.class);

    private final EditionRepository store;
    private final Clock clock;
    private final Deque<Unsaved> unsaved = new ArrayDeque<>();
    private volatile StoredEdition latest;
    /** The last one that the database has, too. */
    private StoredEdition kept;
    /** The highest number that is known to be taken. */
    private int lastNumber;

    EditionHistory(EditionRepository store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The edition published last; null before the first. */
    StoredEdition latest() {
        return latest;
    }

    List<RuleFile> files() {
        return files(latest);
    }

    private static List<RuleFile> files(StoredEdition edition) {
        return edition == null ? List.of() : edition.files();
    }

    /** Has that one, which is kept, be the last, whoever published it. */
    void goesOnWith(StoredEdition edition) {
        latest = edition;
        kept = edition;
        taken(edition.number());
    }

    /** That number is another edition's. */
    void taken(int number) {
        lastNumber = Math.max(lastNumber, number);
    }

    /** The draft as it is to be published after the last one. */
    StoredEdition next(Draft draft, Publication as) {
        return new StoredEdition(
                lastNumber + 1,
                clock.instant(),
                as.author(),
                as.note(),
                StoredEdition.hash(draft.files()),
                draft.files(),
                RuleChange.between(files(), draft.files()).stream()
                        .map(RuleChange::brief)
                        .toList(),
                draft.warnings(),
                StoredEdition.State.PUBLISHED);
    }

    /** The edition published last, where somebody else published it since; all numbers that are taken are known then. */
    Optional<StoredEdition> newer() throws SQLException {
        EditionRepository.Numbers numbers = store.numbers();
        taken(numbers.last());
        return latest != null && numbers.published() > latest.number() ? store.latest() : Optional.empty();
    }

    /**
     * Of these edits, those whose file was changed since, and not to the same.
     *
     * @param base the published edition that the editor began with
     */
    List<EditConflictException.Change> changedSince(int base, List<Edit> edits) throws SQLException {
        List<EditConflictException.Change> changes = new ArrayList<>();
        if (store.edition(base).isEmpty()) {
            throw Rulebook.noEdition(base, 400);
        }
        for (Edit edit : edits) {
            List<EditionRepository.Version> versions = store.versions(edit.path(), base, latest.number());
            EditionRepository.Version last = versions.get(0);
            for (EditionRepository.Version version : versions) {
                last = Objects.equals(version.text(), last.text()) ? last : version;
            }
            String was = versions.get(0).text();
            boolean changed = !Objects.equals(was, last.text());
            if (changed && !Objects.equals(last.text(), edit.text())) {
                changes.add(
                        new EditConflictException.Change(edit.path(), last.edition(), last.author(), was, last.text()));
            }
        }
        return changes;
    }

    /** Has it be the last, and keeps it when the database is there. */
    void keepLater(StoredEdition edition, String origin) {
        latest = edition;
        taken(edition.number());
        unsaved.add(new Unsaved(edition, entry(edition, origin, Action.PUBLISHED)));
    }

    /** Whether some wait to be kept. */
    boolean waiting() {
        return !unsaved.isEmpty();
    }

    /**
     * Keeps the one that has waited longest.
     *
     * @return false when another instance has taken its number; all that wait still do
     */
    boolean keepNext() throws SQLException {
        Unsaved next = unsaved.peek();
        if (!store.save(next.edition(), next.entry())) {
            return false;
        }
        unsaved.remove();
        kept = next.edition();
        return true;
    }

    /**
     * What was live here only.
     *
     * @param paths files that it changed
     * @param before all files as they were before
     */
    record LetGo(Set<String> paths, List<RuleFile> before) {}

    /**
     * Lets go of all that wait, for the sake of what others published meanwhile. None is lost: each is kept under a number that
     * is free, as one that was taken back, unless somebody else published just the same.
     */
    LetGo letGo() throws SQLException {
        LetGo gone = new LetGo(new TreeSet<>(), files(kept));
        unsaved.forEach(one -> gone.paths()
                .addAll(RuleChange.files(gone.before(), one.edition().files())));
        while (!unsaved.isEmpty()) {
            Unsaved next = unsaved.peek();
            int number = next.edition().number();
            String theirs = store.edition(number).map(StoredEdition::hash).orElse("");
            if (!theirs.equals(next.edition().hash())) {
                taken(store.numbers().last());
                StoredEdition own = next.edition().withNumber(lastNumber + 1).withState(StoredEdition.State.WITHDRAWN);
                if (!store.save(own, next.entry())) {
                    continue;
                }
                LOG.warnf(
                        "Edition %d is another instance's; what was live here under that number is kept as %d",
                        number, own.number());
            }
            unsaved.remove();
        }
        return gone;
    }

    public static Audit.Entry entry(StoredEdition edition, String origin, Action action) {
        String changed = edition.changes().stream()
                .map(change -> change.change() + " \"" + change.rule() + "\"")
                .collect(Collectors.joining(", "));
        String detail = Stream.of(edition.note(), changed)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(": "));
        return new Audit.Entry(edition.publishedAt(), edition.author(), origin, action, edition.number(), detail);
    }
}
