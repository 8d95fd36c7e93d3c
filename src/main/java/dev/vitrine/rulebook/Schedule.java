package dev.vitrine.rulebook;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.BadInput;
import dev.vitrine.problem.Unavailable;
import dev.vitrine.rulebook.Planned.State;
import dev.vitrine.rulebook.Publication.Published;
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
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Publishes planned changes when their time comes, and takes them back when it is over. What was missed is caught up. */
@Singleton
final class Schedule {
    private static final Logger LOG = Logger.getLogger(Schedule.class);
    private static final String ORIGIN = "schedule";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Rulebook rulebook;
    private final EditionStore editions;
    private final ScheduleStore store;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    Schedule(
            Rulebook rulebook,
            EditionStore editions,
            ScheduleStore store,
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
        } catch (Unavailable e) {
            LOG.warnf("A scheduled change of the rule book waits: %s", e.getMessage());
        }
    }

    private Planned turn(Planned planned) {
        try {
            Planned done = planned.state() == State.PLANNED ? start(planned) : back(planned);
            LOG.infof("%s: %s", planned.named(), done.outcome());
            count(done);
            return done;
        } catch (Unavailable later) {
            throw later;
        } catch (RuleBookFaults | EditedMeanwhile | SQLException | RuntimeException e) {
            if (e instanceof SQLException failure && DatabaseState.unavailable(failure)) {
                throw new Unavailable("the database cannot be used", RETRY_AFTER, e);
            }
            Planned failed = planned.ended(State.FAILED, planned.edition(), String.valueOf(e.getMessage()));
            LOG.errorf("%s failed; the live edition serves on: %s", planned.named(), failed.outcome());
            audit.add(entry(planned, Action.SCHEDULE_FAILED, failed.outcome()));
            count(failed);
            return failed;
        }
    }

    private void count(Planned done) {
        String outcome = done.state().name().toLowerCase(Locale.ROOT);
        meters.counter("vitrine.rulebook.scheduled", "outcome", outcome).increment();
    }

    private Planned start(Planned planned) throws RuleBookFaults, EditedMeanwhile, SQLException {
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

    private Planned back(Planned planned) throws RuleBookFaults {
        String outcome;
        try {
            Published published = rulebook.publish(
                    planned.before(),
                    planned.edition(),
                    new Publication(planned.author(), planned.named() + " is over", ORIGIN));
            outcome = published.unchanged()
                    ? "over; all was as before already"
                    : "over; all is as before with edition " + published.edition();
        } catch (EditedMeanwhile changed) {
            outcome = "over, and nothing was taken back: " + changed.getMessage();
            LOG.warnf("%s is %s", planned.named(), outcome);
        }
        audit.add(entry(planned, Action.SCHEDULE_ENDED, outcome));
        return planned.ended(State.OVER, planned.edition(), outcome);
    }

    private Audit.Entry entry(Planned planned, Action action, String detail) {
        return new Audit.Entry(
                clock.instant(), planned.author(), ORIGIN, action, planned.edition(), planned.named() + ": " + detail);
    }

    /**
     * Cancels what is planned, ends what is running.
     *
     * @throws BadInput when it is neither, or not there
     */
    Planned stop(long id, Publication as) throws SQLException {
        Planned planned = find(id);
        String detail = "scheduled change " + id + " cancelled by " + as.author();
        if (store.cancel(
                id,
                "cancelled by " + as.author(),
                new Audit.Entry(clock.instant(), as.author(), as.origin(), Action.SCHEDULE_CANCELLED, null, detail))) {
            return find(id);
        }
        if (find(id).state() != State.RUNNING) {
            throw new BadInput(409, null, planned.named() + " is over: " + find(id).outcome());
        }
        audit.add(new Audit.Entry(
                clock.instant(), as.author(), as.origin(), Action.SCHEDULE_CANCELLED, planned.edition(), detail));
        store.endAt(id, clock.instant());
        keepTime();
        return find(id);
    }

    Planned find(long id) throws SQLException {
        return store.find(id).orElseThrow(() -> new BadInput(404, null, "there is no scheduled change " + id));
    }
}
