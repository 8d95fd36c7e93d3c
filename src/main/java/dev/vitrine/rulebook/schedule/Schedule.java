package dev.vitrine.rulebook.schedule;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.schedule.ScheduledChange.State;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.ClusterLock;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Publishes planned changes when their time comes and takes them back when it is over, also after a stop. */
@Singleton
final class Schedule {
    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final String ORIGIN = "schedule";
    /** Key of the lock for the one instance that keeps the time; any number that nothing else locks. */
    private static final long KEEPS_TIME = 0x7669_7472_696eL;

    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final ScheduleRepository changes;
    private final Transactions transactions;
    private final ClusterLock lock;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    Schedule(
            Rulebook rulebook,
            EditionRepository editions,
            ScheduleRepository changes,
            Transactions transactions,
            ClusterLock lock,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters) {
        this.rulebook = rulebook;
        this.editions = editions;
        this.changes = changes;
        this.transactions = transactions;
        this.lock = lock;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(every = "1s", identity = "scheduled", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void keepTime() {
        if (!database.up()) {
            return;
        }
        try {
            lock.tryRun(KEEPS_TIME, () -> {
                Optional<ScheduledChange> due = due();
                while (due.isPresent()) {
                    turn(due.get());
                    due = due();
                }
            });
        } catch (UnavailableException e) {
            LOG.warnf("A scheduled change of the rule book waits: %s", e.getMessage());
        }
    }

    private Optional<ScheduledChange> due() {
        // one that cannot be read must not hold up those after it
        return transactions.call(() -> changes.due(clock.instant())).stream()
                .flatMap(id -> readable(List.of(id)).stream())
                .findFirst();
    }

    private List<ScheduledChange> readable(List<Long> ids) {
        return transactions.readable("scheduled", ids, changes::changes);
    }

    /** Planned and running changes, in the order in which they begin. */
    List<ScheduledChange> open() {
        return readable(transactions.call(changes::open));
    }

    /** Those that begin last, the last one first. */
    List<ScheduledChange> newest(int limit) {
        return readable(transactions.call(() -> changes.newest(limit)));
    }

    /** Starts or ends a change. The result is stored in the transaction of the edition that it publishes. */
    private void turn(ScheduledChange planned) {
        ScheduledChange done;
        try {
            done = planned.state() == State.PLANNED ? start(planned) : back(planned);
        } catch (UnavailableException later) {
            throw later;
        } catch (StateChanged meanwhile) {
            // cancelled at this moment
            return;
        } catch (InvalidRulesException | EditConflictException | RuntimeException e) {
            done = planned.ended(State.FAILED, planned.edition(), String.valueOf(e.getMessage()));
            LOG.errorf("%s failed; the live edition continues to serve: %s", planned.named(), done.outcome());
            end(planned, done, Action.SCHEDULE_FAILED);
        }
        if (done.state() != State.FAILED) {
            LOG.infof("%s: %s", planned.named(), done.outcome());
        }
        count(done);
    }

    /** Somebody changed the state of a scheduled change while it was its turn. */
    private static final class StateChanged extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private void advance(ScheduledChange planned, ScheduledChange done) {
        if (!changes.advance(done, planned.state())) {
            throw new StateChanged();
        }
    }

    private ScheduledChange end(ScheduledChange planned, ScheduledChange done, Action action) {
        transactions.run(() -> {
            if (changes.advance(done, planned.state())) {
                audit.addInTransaction(entry(planned, action, done.outcome()));
            }
        });
        return done;
    }

    private void count(ScheduledChange done) {
        String outcome = done.state().name().toLowerCase(Locale.ROOT);
        meters.counter("vitrine.rulebook.scheduled", "outcome", outcome).increment();
    }

    private ScheduledChange start(ScheduledChange planned) throws InvalidRulesException, EditConflictException {
        if (planned.until() != null && !planned.until().isAfter(clock.instant())) {
            // the rules of a sale that is over must not go live, not even for a moment
            String outcome = "missed: its time was over before it could go live";
            return end(planned, planned.ended(State.OVER, null, outcome), Action.SCHEDULE_ENDED);
        }
        Published published = rulebook.publish(
                planned.edits(),
                planned.base(),
                new Publication(planned.author(), planned.named(), ORIGIN, planned.accept()),
                edition -> advance(planned, started(planned, edition.number())));
        if (published.unchanged()) {
            ScheduledChange done = planned.ended(
                    State.OVER, published.edition(), "edition " + published.edition() + " said so already");
            transactions.run(() -> advance(planned, done));
            return done;
        }
        return transactions.call(() -> changes.change(planned.id())).orElseThrow();
    }

    /** The change as it stands when it was published under this number. */
    private ScheduledChange started(ScheduledChange planned, int edition) {
        if (planned.until() == null) {
            return planned.ended(State.OVER, edition, "live as edition " + edition);
        }
        List<RuleFile> files =
                editions.before(edition).map(StoredEdition::files).orElse(List.of());
        return planned.running(edition, before(files, planned.edits()));
    }

    /** What brings back the files that these edits change. */
    static List<Edit> before(List<RuleFile> files, List<Edit> edits) {
        Map<String, String> texts = files.stream().collect(Collectors.toMap(RuleFile::path, RuleFile::text));
        List<Edit> before = new ArrayList<>();
        for (Edit edit : edits) {
            String text = texts.get(edit.path());
            before.add(new Edit(edit.path(), text, text == null ? true : null));
        }
        return before;
    }

    /**
     * Takes back what it changed. If another change began meanwhile with a file as this one left it, the other would bring
     * back this one's text at its end: it inherits what was there before, so that spans that overlap end as they should.
     */
    private ScheduledChange back(ScheduledChange planned) throws InvalidRulesException {
        List<Edit> mine = new ArrayList<>(planned.before());
        List<ScheduledChange> heirs = new ArrayList<>();
        for (ScheduledChange other : readable(transactions.call(changes::running))) {
            if (other.edition() > planned.edition()) {
                List<Edit> theirs = inherited(other.before(), planned);
                if (!theirs.equals(other.before())) {
                    heirs.add(other.bringingBack(theirs));
                    mine.removeIf(
                            edit -> theirs.contains(edit) && !other.before().contains(edit));
                }
            }
        }
        return back(planned, mine, heirs);
    }

    private static List<Edit> inherited(List<Edit> before, ScheduledChange from) {
        Map<String, Edit> had = from.edits().stream().collect(Collectors.toMap(Edit::path, Function.identity()));
        Map<String, Edit> brings = from.before().stream().collect(Collectors.toMap(Edit::path, Function.identity()));
        return before.stream()
                .map(edit -> {
                    Edit theirs = had.get(edit.path());
                    boolean asTheyHadIt = theirs != null && Objects.equals(theirs.text(), edit.text());
                    return asTheyHadIt ? brings.getOrDefault(edit.path(), edit) : edit;
                })
                .toList();
    }

    private ScheduledChange back(ScheduledChange planned, List<Edit> mine, List<ScheduledChange> heirs)
            throws InvalidRulesException {
        if (mine.isEmpty()) {
            return over(planned, heirs, "over; all that it changed goes back with " + named(heirs));
        }
        String rest = heirs.isEmpty() ? "" : ", but for what goes back with " + named(heirs);
        try {
            Published published = rulebook.publish(
                    mine,
                    planned.edition(),
                    // what was there before the span comes back, whatever it does
                    new Publication(planned.author(), planned.named() + " is over", ORIGIN, "the span is over"),
                    edition -> store(planned, heirs, "over; all is as before with edition " + edition.number() + rest));
            if (published.unchanged()) {
                return over(planned, heirs, "over; all was as before already" + rest);
            }
            return transactions.call(() -> changes.change(planned.id())).orElseThrow();
        } catch (EditConflictException changed) {
            String outcome = "over, and nothing was taken back: " + changed.getMessage();
            LOG.warnf("%s is %s", planned.named(), outcome);
            return over(planned, heirs, outcome);
        }
    }

    private ScheduledChange over(ScheduledChange planned, List<ScheduledChange> heirs, String outcome) {
        return transactions.call(() -> store(planned, heirs, outcome));
    }

    private ScheduledChange store(ScheduledChange planned, List<ScheduledChange> heirs, String outcome) {
        ScheduledChange done = planned.ended(State.OVER, planned.edition(), outcome);
        advance(planned, done);
        heirs.forEach(heir -> changes.advance(heir, State.RUNNING));
        audit.addInTransaction(entry(planned, Action.SCHEDULE_ENDED, outcome));
        return done;
    }

    private static String named(List<ScheduledChange> heirs) {
        return heirs.stream().map(ScheduledChange::named).collect(Collectors.joining(" and "));
    }

    private Audit.Entry entry(ScheduledChange planned, Action action, String detail) {
        return new Audit.Entry(
                clock.instant(), planned.author(), ORIGIN, action, planned.edition(), planned.named() + ": " + detail);
    }

    /** Cancels what is planned, ends what is running; throws {@link ProblemException} when it is neither. */
    ScheduledChange stop(long id, Publication as) {
        ScheduledChange planned = find(id);
        String detail = "scheduled change " + id + " cancelled by " + as.author();
        boolean cancelled = transactions.call(() -> {
            boolean done = changes.cancel(id, "cancelled by " + as.author());
            if (done) {
                audit.addInTransaction(cancellation(as, null, detail));
            }
            return done;
        });
        if (cancelled) {
            return find(id);
        }
        if (find(id).state() != State.RUNNING) {
            throw new ProblemException(409, null, planned.named() + " is over: " + find(id).outcome());
        }
        transactions.run(() -> {
            changes.endAt(id, clock.instant());
            audit.addInTransaction(cancellation(as, planned.edition(), detail));
        });
        keepTime();
        return find(id);
    }

    private Audit.Entry cancellation(Publication as, Integer edition, String detail) {
        return new Audit.Entry(clock.instant(), as.author(), as.origin(), Action.SCHEDULE_CANCELLED, edition, detail);
    }

    ScheduledChange find(long id) {
        return transactions
                .call(() -> changes.change(id))
                .orElseThrow(() -> new ProblemException(404, null, "there is no scheduled change " + id));
    }
}
