package dev.vitrine.evaluation;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.evaluation.Backtest.BacktestState;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jboss.logging.Logger;

/** Runs backtests, one at a time, on a thread that leaves the processors to the shoppers. */
@Singleton
final class Backtests {
    private static final Logger LOG = Logger.getLogger(Backtests.class);
    private static final String RESTARTED = "the service was restarted";
    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final DryRuns dryRuns;
    private final PurchaseRepository purchases;
    private final BacktestRepository repository;
    private final Transactions transactions;
    private final Rulebook rulebook;
    private final Clock clock;
    private boolean leftoversStopped;
    /** The running one, or the last one; null before the first. */
    private volatile Run current;

    Backtests(
            DryRuns dryRuns,
            PurchaseRepository purchases,
            BacktestRepository repository,
            Transactions transactions,
            Rulebook rulebook,
            Clock clock) {
        this.dryRuns = dryRuns;
        this.purchases = purchases;
        this.repository = repository;
        this.transactions = transactions;
        this.rulebook = rulebook;
        this.clock = clock;
    }

    void start(@Observes StartupEvent started) {
        stopLeftovers();
    }

    /** Marks the backtests that ended with an earlier run of the service. The database may come after the start. */
    @Scheduled(every = "1s", identity = "backtests", concurrentExecution = ConcurrentExecution.SKIP)
    synchronized void stopLeftovers() {
        if (leftoversStopped) {
            return;
        }
        try {
            transactions.run(() -> repository.stopAll(RESTARTED, clock.instant()));
            leftoversStopped = true;
        } catch (DatabaseUnavailableException e) {
            LOG.debug("Backtests of an earlier run are marked once the database is there");
        }
    }

    void close(@Observes ShutdownEvent stopping) {
        Run run = current;
        if (run != null) {
            run.stop(RESTARTED);
        }
    }

    private final class Run implements Runnable {
        private final RecordedDecisions recorded;
        private final RuleEffects effects;
        private final Thread thread = new Thread(this, "backtest");
        private final long id;
        /** Null once it has ended, so that the edition can be garbage collected. */
        private Edition live;

        private Edition draft;
        private final AtomicInteger done = new AtomicInteger();
        private volatile BacktestState state = BacktestState.RUNNING;
        private volatile String stopReason;

        Run(long id, RecordedDecisions recorded, Edition live, Edition draft) {
            this.id = id;
            this.recorded = recorded;
            this.live = live;
            this.draft = draft;
            this.effects = new RuleEffects(live.number());
            thread.setDaemon(true);
            // Linux ignores it, which is why the thread also rests
            thread.setPriority(Thread.MIN_PRIORITY);
        }

        void stop(String why) {
            if (state == BacktestState.RUNNING) {
                stopReason = why;
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
                while (recorded.hasMore() && stopReason == null) {
                    List<ReplayInput> inputs = recorded.next();
                    replay(inputs, purchases.after(inputs));
                    effects.unreadable(recorded.unreadable());
                    done.set(effects.decisions() + recorded.unreadable());
                    transactions.run(() -> repository.progress(id, done.get()));
                }
                end(stopReason == null ? BacktestState.DONE : BacktestState.STOPPED, stopReason);
            } catch (DatabaseUnavailableException e) {
                LOG.warnf("Backtest %d failed: %s", id, e.getMessage());
                end(BacktestState.FAILED, "the database could not be reached");
            } catch (RuntimeException e) {
                LOG.errorf(e, "Backtest %d failed", id);
                end(BacktestState.FAILED, "an unexpected error; the log has the details");
            }
        }

        private void replay(List<ReplayInput> inputs, List<Set<String>> bought) {
            for (int i = 0; i < inputs.size() && stopReason == null; i++) {
                long begun = System.nanoTime();
                effects.add(EditionComparison.of(dryRuns, inputs.get(i), live, draft, i % 2 == 1), bought.get(i));
                done.incrementAndGet();
                // rests as long as it works, to take no more than half a processor
                LockSupport.parkNanos(System.nanoTime() - begun);
            }
        }

        private void end(BacktestState how, String why) {
            live = null;
            draft = null;
            Report report = effects.decisions() == 0 ? null : effects.report();
            try {
                transactions.run(() -> repository.findById(id).end(how, why, done.get(), clock.instant(), report));
            } catch (RuntimeException e) {
                LOG.errorf(e, "The report of backtest %d cannot be stored", id);
            } finally {
                state = how;
            }
        }
    }

    /** Returns the number of the new backtest; {@code along} stores something with it. */
    synchronized long begin(
            Drafts.CompiledDraft draft,
            int decisions,
            String placement,
            String author,
            String note,
            LongConsumer along) {
        Run running = current;
        if (running != null && running.state == BacktestState.RUNNING) {
            throw new ProblemException(
                    409, null, "backtest " + running.id + " is running; wait for it, or stop it with DELETE");
        }
        // first, so that it does not mark the new one
        stopLeftovers();
        Edition live = rulebook.live();
        RecordedDecisions recorded = dryRuns.last(decisions, placement);
        BacktestEntity row = new BacktestEntity();
        row.startedAt = clock.instant();
        row.author = author;
        row.note = note;
        row.edition = live.number();
        row.placement = placement;
        row.total = recorded.size();
        row.files = draft.files();
        try {
            transactions.run(() -> {
                repository.persist(row);
                along.accept(row.id);
            });
        } catch (OutcomeUnknownException e) {
            // what was stored does not run, and is marked as if the service had been started again
            leftoversStopped = false;
            throw e.about("the backtest, which does not run", "GET /rulebook/backtests tells when it is back");
        }
        Run run = new Run(row.id, recorded, live, draft.edition());
        current = run;
        run.thread.start();
        return run.id;
    }

    Optional<Backtest> find(long id) {
        return transactions
                .call(() -> repository.findByIdOptional(id).map(BacktestEntity::backtest))
                .map(this::asOfNow);
    }

    /** Newest first, without files and reports. */
    List<Backtest> list(int limit) {
        List<Long> ids = transactions.call(() -> repository.newest(limit));
        return transactions.readable("backtest", ids, repository::withoutFilesAndReports).stream()
                .map(this::asOfNow)
                .toList();
    }

    /** Stops it, unless it has ended. */
    Optional<Backtest> stop(long id, String why) {
        Run run = current;
        if (run != null && run.id == id) {
            run.stop(why);
        }
        return find(id);
    }

    /** The database gets the progress only page by page. */
    private Backtest asOfNow(Backtest stored) {
        Run run = current;
        return run == null || run.id != stored.id() || stored.state() != BacktestState.RUNNING
                ? stored
                : stored.withProgress(run.state, run.done.get());
    }
}
