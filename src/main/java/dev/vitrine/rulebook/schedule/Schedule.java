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
import dev.vitrine.rulebook.schedule.ScheduleRepository.Turn;
import dev.vitrine.rulebook.schedule.ScheduledChange.State;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Publishes planned changes when their time comes, and takes them back when it is over. What was missed is caught up. */
@Singleton
final class Schedule {
    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final String ORIGIN = "schedule";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Rulebook rulebook;
    private final EditionRepository editions;
    private final ScheduleRepository store;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    Schedule(
            Rulebook rulebook,
            EditionRepository editions,
            ScheduleRepository store,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters) {
        this.rulebook = rulebook;
        this.editions = editions;
        this.store = store;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(every = "1s", identity = "scheduled", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void keepTime() {
        boolean more = database.up();
        try {
            while (more) {
                more = store.next(clock.instant(), this::turn);
            }
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Scheduled changes of the rule book cannot be looked at: %s", e.getMessage());
        } catch (UnavailableException e) {
            LOG.warnf("A scheduled change of the rule book waits: %s", e.getMessage());
        }
    }

    private Turn turn(ScheduledChange planned, List<ScheduledChange> running) {
        try {
            Turn turn = planned.state() == State.PLANNED ? new Turn(start(planned), List.of()) : back(planned, running);
            LOG.infof("%s: %s", planned.named(), turn.done().outcome());
            count(turn.done());
            return turn;
        } catch (UnavailableException later) {
            throw later;
        } catch (InvalidRulesException | EditConflictException | SQLException | RuntimeException e) {
            if (e instanceof SQLException failure && DatabaseState.unavailable(failure)) {
                throw new UnavailableException("the database cannot be used", RETRY_AFTER, e);
            }
            ScheduledChange failed = planned.ended(State.FAILED, planned.edition(), String.valueOf(e.getMessage()));
            LOG.errorf("%s failed; the live edition serves on: %s", planned.named(), failed.outcome());
            audit.add(entry(planned, Action.SCHEDULE_FAILED, failed.outcome()));
            count(failed);
            return new Turn(failed, List.of());
        }
    }

    private void count(ScheduledChange done) {
        String outcome = done.state().name().toLowerCase(Locale.ROOT);
        meters.counter("vitrine.rulebook.scheduled", "outcome", outcome).increment();
    }

    private ScheduledChange start(ScheduledChange planned)
            throws InvalidRulesException, EditConflictException, SQLException {
        if (planned.until() != null && !planned.until().isAfter(clock.instant())) {
            // nobody wants the rules of last week's sale, not even for a moment
            String outcome = "missed: its time was over before it could go live";
            audit.add(entry(planned, Action.SCHEDULE_ENDED, outcome));
            return planned.ended(State.OVER, null, outcome);
        }
        Published published = rulebook.publish(
                planned.edits(), planned.base(), new Publication(planned.author(), planned.named(), ORIGIN));
        if (published.unchanged()) {
            return planned.ended(
                    State.OVER, published.edition(), "edition " + published.edition() + " said so already");
        }
        if (planned.until() == null) {
            return planned.ended(State.OVER, published.edition(), "live as edition " + published.edition());
        }
        List<RuleFile> files =
                editions.before(published.edition()).map(StoredEdition::files).orElse(List.of());
        return planned.running(published.edition(), before(files, planned.edits()));
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
     * Takes back what it changed. Where another began meanwhile with a file as this one had it, that is what the other would
     * bring back at its end: it inherits what was there before, so that spans that cross each other end as they should.
     */
    private Turn back(ScheduledChange planned, List<ScheduledChange> running) throws InvalidRulesException {
        List<Edit> mine = new ArrayList<>(planned.before());
        List<ScheduledChange> heirs = new ArrayList<>();
        for (ScheduledChange other : running) {
            if (other.edition() > planned.edition()) {
                List<Edit> theirs = inherited(other.before(), planned);
                if (!theirs.equals(other.before())) {
                    heirs.add(other.bringingBack(theirs));
                    mine.removeIf(
                            edit -> theirs.contains(edit) && !other.before().contains(edit));
                }
            }
        }
        return new Turn(back(planned, mine, heirs), heirs);
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
        String outcome;
        try {
            if (mine.isEmpty()) {
                outcome = "over; all that it changed goes back with " + named(heirs);
                audit.add(entry(planned, Action.SCHEDULE_ENDED, outcome));
                return planned.ended(State.OVER, planned.edition(), outcome);
            }
            Published published = rulebook.publish(
                    mine, planned.edition(), new Publication(planned.author(), planned.named() + " is over", ORIGIN));
            outcome = published.unchanged()
                    ? "over; all was as before already"
                    : "over; all is as before with edition " + published.edition();
            outcome += heirs.isEmpty() ? "" : ", but for what goes back with " + named(heirs);
        } catch (EditConflictException changed) {
            outcome = "over, and nothing was taken back: " + changed.getMessage();
            LOG.warnf("%s is %s", planned.named(), outcome);
        }
        audit.add(entry(planned, Action.SCHEDULE_ENDED, outcome));
        return planned.ended(State.OVER, planned.edition(), outcome);
    }

    private static String named(List<ScheduledChange> heirs) {
        return heirs.stream().map(ScheduledChange::named).collect(Collectors.joining(" and "));
    }

    private Audit.Entry entry(ScheduledChange planned, Action action, String detail) {
        return new Audit.Entry(
                clock.instant(), planned.author(), ORIGIN, action, planned.edition(), planned.named() + ": " + detail);
    }

    /**
     * Cancels what is planned, ends what is running.
     *
     * @throws ProblemException when it is neither, or not there
     */
    ScheduledChange stop(long id, Publication as) throws SQLException {
        ScheduledChange planned = find(id);
        String detail = "scheduled change " + id + " cancelled by " + as.author();
        if (store.cancel(
                id,
                "cancelled by " + as.author(),
                new Audit.Entry(clock.instant(), as.author(), as.origin(), Action.SCHEDULE_CANCELLED, null, detail))) {
            return find(id);
        }
        if (find(id).state() != State.RUNNING) {
            throw new ProblemException(409, null, planned.named() + " is over: " + find(id).outcome());
        }
        audit.add(new Audit.Entry(
                clock.instant(), as.author(), as.origin(), Action.SCHEDULE_CANCELLED, planned.edition(), detail));
        store.endAt(id, clock.instant());
        keepTime();
        return find(id);
    }

    ScheduledChange find(long id) throws SQLException {
        return store.find(id).orElseThrow(() -> new ProblemException(404, null, "there is no scheduled change " + id));
    }
}
