package dev.vitrine.evaluation;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.evaluation.Backtest.Progress;
import dev.vitrine.evaluation.Backtest.State;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseState;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/** Runs backtests, one at a time, on a thread of its own that leaves the shoppers their processors. */
@Singleton
final class Backtests {
    private static final Logger LOG = Logger.getLogger(Backtests.class);
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final DryRuns trials;
    private final Purchases purchases;
    private final BacktestRepository store;
    private final Rulebook rulebook;
    private final DatabaseState database;
    private final Clock clock;
    /** The one that runs, or the last that did. */
    private volatile Run current;

    Backtests(
            DryRuns trials,
            Purchases purchases,
            BacktestRepository store,
            Rulebook rulebook,
            DatabaseState database,
            Clock clock) {
        this.trials = trials;
        this.purchases = purchases;
        this.store = store;
        this.rulebook = rulebook;
        this.database = database;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        try {
            store.stopAll("the service was restarted", clock.instant());
        } catch (SQLException e) {
            database.failed(e);
        }
    }

    void close(@Observes ShutdownEvent stopping) {
        Run run = current;
        if (run != null) {
            run.stop("the service was restarted");
        }
    }

    /** One that goes on: how far it is, and the wish that it stop. */
    private final class Run implements Runnable {
        private final RecordedDecisions past;
        private final RuleEffects findings;
        private final Thread thread = new Thread(this, "backtest");
        private long id;
        /** Gone when it has ended, so that nothing keeps an edition that serves nobody. */
        private Edition live;

        private Edition draft;
        private final AtomicInteger done = new AtomicInteger();
        private volatile State state = State.RUNNING;
        private volatile String stopped;

        Run(RecordedDecisions past, Edition live, Edition draft) {
            this.past = past;
            this.live = live;
            this.draft = draft;
            this.findings = new RuleEffects(live.number());
            thread.setDaemon(true);
            // where the system heeds it; Linux does not, which is why it rests as well
            thread.setPriority(Thread.MIN_PRIORITY);
        }

        void stop(String why) {
            if (state == State.RUNNING) {
                stopped = why;
                LockSupport.unpark(thread);
            }
            try {
                thread.join(STOP_WAIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run() {
            try {
                while (past.more() && stopped == null) {
                    List<ReplayInput> questions = past.next();
                    replay(questions, purchases.after(questions));
                    findings.unreadable(past.unreadable());
                    done.set(findings.decisions() + past.unreadable());
                    store.progress(id, done.get());
                }
                end(stopped == null ? State.DONE : State.STOPPED, stopped);
            } catch (SQLException e) {
                database.failed(e);
                LOG.warnf("Backtest %d failed: %s", id, e.getMessage());
                end(State.FAILED, "the database could not be used");
            } catch (RuntimeException e) {
                LOG.errorf(e, "Backtest %d failed", id);
                end(State.FAILED, "something broke that should not have; the log says what");
            }
        }

        private void replay(List<ReplayInput> questions, List<Set<String>> bought) {
            for (int i = 0; i < questions.size() && stopped == null; i++) {
                long begun = System.nanoTime();
                findings.add(EditionComparison.of(trials, questions.get(i), live, draft, i % 2 == 1), bought.get(i));
                done.incrementAndGet();
                // our choice: it rests as long as it works, and so takes no more than half a processor
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
        }

        private void end(State how, String why) {
            live = null;
            draft = null;
            try {
                store.end(
                        id,
                        how,
                        why,
                        done.get(),
                        clock.instant(),
                        findings.decisions() == 0 ? null : findings.report());
            } catch (SQLException e) {
                database.failed(e);
                LOG.warnf("The report of backtest %d cannot be kept: %s", id, e.getMessage());
            }
            state = how;
        }
    }

    /** Begins one; returns its number. */
    synchronized long begin(Drafts.CompiledDraft draft, int decisions, String placement, String author, String note)
            throws SQLException {
        Run running = current;
        if (running != null && running.state == State.RUNNING) {
            throw new ProblemException(
                    409, null, "backtest " + running.id + " is running; wait for it, or stop it with DELETE");
        }
        Edition live = rulebook.live();
        RecordedDecisions past = trials.last(decisions, placement);
        Run run = new Run(past, live, draft.edition());
        run.id = store.begin(clock.instant(), author, note, live.number(), placement, past.size(), draft.files());
        current = run;
        run.thread.start();
        return run.id;
    }

    Optional<Backtest> find(long id) throws SQLException {
        return store.find(id).map(this::asOfNow);
    }

    List<Backtest> list(int limit) throws SQLException {
        return store.list(limit).stream().map(this::asOfNow).toList();
    }

    /** Stops it, unless it has ended. */
    Optional<Backtest> stop(long id, String why) throws SQLException {
        Run run = current;
        if (run != null && run.id == id) {
            run.stop(why);
        }
        return find(id);
    }

    /** The database hears of progress a page at a time. */
    private Backtest asOfNow(Backtest kept) {
        Run run = current;
        if (run == null || run.id != kept.id() || kept.state() != State.RUNNING) {
            return kept;
        }
        return new Backtest(
                kept.id(),
                run.state,
                kept.detail(),
                new Progress(run.done.get(), kept.progress().of()),
                kept.startedAt(),
                kept.endedAt(),
                kept.author(),
                kept.note(),
                kept.edition(),
                kept.placement(),
                kept.files(),
                kept.report());
    }
}
