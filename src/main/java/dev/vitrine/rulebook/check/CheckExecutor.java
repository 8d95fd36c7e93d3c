package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleAtFrame;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/** Runs checks with a time limit. Rules are code, and no thread in it can be stopped: one that is late is abandoned. */
final class CheckExecutor {
    private static final Logger LOG = Logger.getLogger(CheckExecutor.class);
    /** Each of them may keep a processor busy that shoppers need. */
    static final int ABANDONED_MAX = 3;

    /** A draft keeps a processor busy for a second or two. */
    private static final int TURNS = 2;

    private static final Duration TURN_WAIT_MAX = Duration.ofSeconds(20);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Duration limit;
    private final Duration turnWait;
    private final Semaphore turns = new Semaphore(TURNS);
    private final List<Thread> abandoned = new ArrayList<>();

    CheckExecutor(Duration limit) {
        this(limit, TURN_WAIT_MAX);
    }

    CheckExecutor(Duration limit, Duration turnWait) {
        this.limit = limit;
        this.turnWait = turnWait;
    }

    /** A check that did not finish in time. Its stack trace is that of the abandoned thread. */
    static final class TimedOutException extends Exception {
        private static final long serialVersionUID = 1;

        TimedOutException(Duration limit, StackTraceElement[] where) {
            super("timed out after " + limit.toMillis() + " ms");
            setStackTrace(where);
        }

        /** Names the rule that the thread was in, if it was in one. */
        List<RuleProblem> faults(List<CompiledFile> compiled) {
            List<RuleProblem> faults = new ArrayList<>();
            for (RuleAtFrame at : RuleAtFrame.of(getStackTrace(), compiled)) {
                at.rules()
                        .forEach(rule -> faults.add(fault(
                                rule.file(),
                                rule.line(),
                                0,
                                rule.name(),
                                "The rule did not finish; the check " + getMessage() + ".",
                                "Let the rule compare fewer facts with each other, and simplify its patterns.")));
            }
            if (faults.isEmpty()) {
                faults.add(fault(
                        "",
                        0,
                        0,
                        "",
                        "The check " + getMessage() + "; the log says where.",
                        "Change fewer files at a time, or set vitrine.rulebook.check-max higher."));
            }
            return faults;
        }
    }

    /** @throws UnavailableException while too many abandoned checks still run */
    <T> T run(Callable<T> check) throws TimedOutException {
        requireRoom();
        FutureTask<T> task = new FutureTask<>(check);
        Thread thread = new Thread(task, "rule-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw abandon(thread);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
    }

    /** Only a few of these run at a time, so that publishing does not wait; throws {@link UnavailableException}. */
    <T> T runInTurn(Callable<T> check) throws TimedOutException {
        try {
            if (!turns.tryAcquire(turnWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("Too many drafts are being checked; try again later", turnWait, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
        try {
            return run(check);
        } finally {
            turns.release();
        }
    }

    private static UnavailableException stopping(InterruptedException e) {
        return new UnavailableException("The service is stopping", RETRY_AFTER, e);
    }

    private synchronized void requireRoom() {
        abandoned.removeIf(thread -> !thread.isAlive());
        if (abandoned.size() >= ABANDONED_MAX) {
            throw new UnavailableException(
                    "Rules cannot be checked: " + ABANDONED_MAX
                            + " earlier checks timed out and still run. Try again later, or restart the service",
                    RETRY_AFTER,
                    null);
        }
    }

    private synchronized TimedOutException abandon(Thread thread) {
        abandoned.add(thread);
        TimedOutException late = new TimedOutException(limit, thread.getStackTrace());
        LOG.error("A check of rules timed out, and its thread is abandoned", late);
        return late;
    }
}
