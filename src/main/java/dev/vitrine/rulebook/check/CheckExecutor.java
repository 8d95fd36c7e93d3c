package dev.vitrine.rulebook.check;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.CompiledFile;
import dev.vitrine.rulebook.engine.RuleAtFrame;
import dev.vitrine.rulebook.source.RuleProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/**
 * Runs checks with a time limit. One that is late is cancelled; if it does not end then, since what it does cannot be cancelled
 * (the compiler, say), its thread is abandoned. Those who only ask have a limit of their own, so that they cannot keep anybody
 * from publishing.
 */
final class CheckExecutor {
    private static final Logger LOG = Logger.getLogger(CheckExecutor.class);
    /** Each of them may keep a processor busy that shoppers need. */
    static final int ABANDONED_MAX = 3;

    /** A draft keeps a processor busy for a second or two. */
    private static final int TURNS = 2;

    static final Duration TURN_WAIT_MAX = Duration.ofSeconds(20);
    /** Work that looks whether it is cancelled does so many times a second. */
    static final Duration CANCELLED_WAIT = Duration.ofSeconds(1);

    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Duration limit;
    private final Duration turnWait;
    private final Semaphore turns = new Semaphore(TURNS);
    private final List<Thread> abandonedByPublishers = new ArrayList<>();
    private final List<Thread> abandonedByAskers = new ArrayList<>();

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

    /**
     * @param check is told when it is late
     * @throws UnavailableException while too many abandoned checks still run
     */
    <T> T run(Function<Cancellation, T> check) throws TimedOutException {
        return run(check, abandonedByPublishers);
    }

    private <T> T run(Function<Cancellation, T> check, List<Thread> abandoned) throws TimedOutException {
        requireRoom(abandoned);
        Cancellation cancellation = new Cancellation();
        FutureTask<T> task = new FutureTask<>(() -> check.apply(cancellation));
        Thread thread = new Thread(task, "rule-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw cancel(thread, cancellation, abandoned);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            cancellation.cancel();
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
    }

    /** Threads of checks that timed out and still run. */
    int stillRunning() {
        return stillRunning(abandonedByPublishers) + stillRunning(abandonedByAskers);
    }

    private static int stillRunning(List<Thread> abandoned) {
        synchronized (abandoned) {
            abandoned.removeIf(thread -> !thread.isAlive());
            return abandoned.size();
        }
    }

    /** Only a few of these run at a time, so that publishing does not wait; throws {@link UnavailableException}. */
    <T> T runInTurn(Function<Cancellation, T> check) throws TimedOutException {
        try {
            if (!turns.tryAcquire(turnWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("Too many drafts are being checked; try again later", turnWait, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
        try {
            return run(check, abandonedByAskers);
        } finally {
            turns.release();
        }
    }

    private static UnavailableException stopping(InterruptedException e) {
        return new UnavailableException("The service is stopping", RETRY_AFTER, e);
    }

    private static void requireRoom(List<Thread> abandoned) {
        if (stillRunning(abandoned) >= ABANDONED_MAX) {
            throw new UnavailableException(
                    "Rules cannot be checked: " + ABANDONED_MAX
                            + " earlier checks timed out and still run. Try again later, or restart the service",
                    RETRY_AFTER,
                    null);
        }
    }

    private TimedOutException cancel(Thread thread, Cancellation cancellation, List<Thread> abandoned) {
        TimedOutException late = new TimedOutException(limit, thread.getStackTrace());
        cancellation.cancel();
        try {
            thread.join(CANCELLED_WAIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            synchronized (abandoned) {
                abandoned.add(thread);
            }
            LOG.error("A check of rules timed out, and its thread is abandoned", late);
        } else {
            LOG.warn("A check of rules timed out, and was cancelled", late);
        }
        return late;
    }
}
