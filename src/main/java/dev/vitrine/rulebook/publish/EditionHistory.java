package dev.vitrine.rulebook.publish;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.Json;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Unsaved;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.Transactions;
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
 * The published editions as this instance knows them: the latest one, the next number, and editions that are live here but
 * not stored yet, because the database was away. Not thread-safe, except for {@link #latest()} and {@link #files()}.
 */
final class EditionHistory {
    private static final Logger LOG = Logger.getLogger(EditionHistory.class);

    private final EditionRepository editions;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;
    private final Deque<Unsaved> unsaved = new ArrayDeque<>();
    private volatile StoredEdition latest;
    /** The latest one that the database has, too. */
    private StoredEdition stored;

    private int lastNumber;

    EditionHistory(EditionRepository editions, Transactions transactions, Audit audit, Clock clock) {
        this.editions = editions;
        this.transactions = transactions;
        this.audit = audit;
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

    void advanceTo(StoredEdition edition) {
        latest = edition;
        stored = edition;
        taken(edition.number());
    }

    void taken(int number) {
        lastNumber = Math.max(lastNumber, number);
    }

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

    EditionRepository.Numbers numbers() {
        return transactions.call(editions::numbers);
    }

    /** The edition published last, if another instance published it since. */
    Optional<StoredEdition> newer() {
        EditionRepository.Numbers numbers = numbers();
        taken(numbers.last());
        return latest != null && numbers.published() > latest.number()
                ? newest().filter(edition -> edition.number() > latest.number())
                : Optional.empty();
    }

    /** The edition published last that can be read; the number of one that cannot is taken all the same. */
    Optional<StoredEdition> newest() {
        taken(numbers().last());
        return before(Integer.MAX_VALUE);
    }

    /** The edition published last before that number that can be read. */
    Optional<StoredEdition> before(int number) {
        return transactions.call(() -> editions.publishedBefore(number)).stream()
                .flatMap(one -> readable(one).stream())
                .findFirst();
    }

    private List<StoredEdition> readable(int number) {
        return transactions.readable("edition", List.of(number), numbers -> editions.edition(number).stream()
                .toList());
    }

    /** Of these edits, those whose file was changed since edition {@code base} to something else. */
    List<EditConflictException.Change> changedSince(int base, List<Edit> edits) {
        return transactions.call(() -> {
            if (editions.edition(base).isEmpty()) {
                throw Rulebook.noEdition(base, "base", 400);
            }
            List<EditConflictException.Change> changes = new ArrayList<>();
            for (Edit edit : edits) {
                change(base, edit).ifPresent(changes::add);
            }
            return changes;
        });
    }

    private Optional<EditConflictException.Change> change(int base, Edit edit) {
        List<EditionRepository.Version> versions = editions.versions(edit.path(), base, latest.number());
        EditionRepository.Version last = versions.get(0);
        for (EditionRepository.Version version : versions) {
            last = Objects.equals(version.text(), last.text()) ? last : version;
        }
        String before = versions.get(0).text();
        boolean changed = !Objects.equals(before, last.text()) && !Objects.equals(last.text(), edit.text());
        return changed
                ? Optional.of(new EditConflictException.Change(
                        edit.path(), last.edition(), last.author(), before, last.text()))
                : Optional.empty();
    }

    void addUnsaved(StoredEdition edition, String origin) {
        latest = edition;
        taken(edition.number());
        unsaved.add(new Unsaved(edition, entry(edition, origin, Action.PUBLISHED)));
    }

    boolean waiting() {
        return !unsaved.isEmpty();
    }

    /** Stores the edition that has waited longest; false when another instance has taken its number. */
    boolean storeNext() {
        Unsaved next = unsaved.peek();
        if (!store(next.edition(), next.entry())) {
            return false;
        }
        unsaved.remove();
        stored = next.edition();
        return true;
    }

    private boolean store(StoredEdition edition, Audit.Entry entry) {
        return transactions.call(() -> {
            boolean added = editions.add(edition);
            if (added) {
                audit.addInTransaction(entry);
            }
            return added;
        });
    }

    /** Editions that were live on this instance only: the paths that they changed, and all files as they were before. */
    record Discarded(Set<String> paths, List<RuleFile> before) {}

    /** Others published meanwhile: stores what waits as withdrawn, unless the edition of its number says the same. */
    Discarded discardUnsaved() {
        Discarded discarded = new Discarded(new TreeSet<>(), files(stored));
        unsaved.forEach(one -> discarded
                .paths()
                .addAll(RuleChange.files(discarded.before(), one.edition().files())));
        while (!unsaved.isEmpty()) {
            Unsaved next = unsaved.peek();
            int number = next.edition().number();
            String theirs = transactions.call(
                    () -> editions.edition(number).map(StoredEdition::hash).orElse(""));
            if (!theirs.equals(next.edition().hash())) {
                taken(numbers().last());
                StoredEdition own = next.edition().withNumber(lastNumber + 1).withState(StoredEdition.State.WITHDRAWN);
                if (!store(own, next.entry())) {
                    continue;
                }
                LOG.warnf(
                        "Edition %d is another instance's; what was live here under that number is stored as %d",
                        number, own.number());
            }
            unsaved.remove();
        }
        return discarded;
    }

    static Audit.Entry entry(StoredEdition edition, String origin, Action action) {
        return entry(edition, origin, action, "");
    }

    /** @param what what was done, where the note need not say it */
    static Audit.Entry entry(StoredEdition edition, String origin, Action action, String what) {
        String changed = edition.changes().stream()
                .map(change -> Json.wireName(change.change()) + " \"" + change.rule() + "\"")
                .collect(Collectors.joining(", "));
        String detail = Stream.of(what, edition.note(), changed)
                .filter(part -> !part.isEmpty())
                .distinct()
                .collect(Collectors.joining(": "));
        return new Audit.Entry(edition.publishedAt(), edition.author(), origin, action, edition.number(), detail);
    }
}
