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

/**
 * Where rules are compiled and tried before they serve. A rule is somebody's code, and code can run for ever: each piece of
 * work has a thread of its own, and one that does not come back in time is left to itself, so that whoever waits goes on.
 */
final class CheckExecutor {
    private static final Logger LOG = Logger.getLogger(CheckExecutor.class);
    /** Our choice: each of them may keep a processor busy, and shoppers need some as well. */
    static final int GIVEN_UP_MAX = 3;

    /** Our choice: making a draft keeps a processor busy for a second or two. */
    private static final int TURNS = 2;

    private static final Duration TURN_WAIT_MAX = Duration.ofSeconds(20);
    private static final Duration RETRY_AFTER = Duration.ofMinutes(1);

    private final Duration limit;
    private final Duration turnWait;
    private final Semaphore turns = new Semaphore(TURNS);
    private final List<Thread> givenUp = new ArrayList<>();

    /** @param limit for each piece of work */
    CheckExecutor(Duration limit) {
        this(limit, TURN_WAIT_MAX);
    }

    CheckExecutor(Duration limit, Duration turnWait) {
        this.limit = limit;
        this.turnWait = turnWait;
    }

    /** Work that did not come back in time; its stack is that of the thread which was at it. */
    static final class GivenUp extends Exception {
        private static final long serialVersionUID = 1;

        GivenUp(Duration limit, StackTraceElement[] where) {
            super("given up after " + limit.toMillis() + " ms");
            setStackTrace(where);
        }

        /** What is wrong with these files, as far as can be told. */
        List<RuleProblem> faults(List<CompiledFile> compiled) {
            List<RuleProblem> faults = new ArrayList<>();
            for (RuleAtFrame culprit : RuleAtFrame.of(getStackTrace(), compiled)) {
                culprit.rules()
                        .forEach(rule -> faults.add(fault(
                                rule.file(),
                                rule.line(),
                                0,
                                rule.name(),
                                "The rule did not come back; the check was " + getMessage() + ".",
                                "Ask for it in another way.")));
            }
            if (faults.isEmpty()) {
                faults.add(fault(
                        "",
                        0,
                        0,
                        "",
                        "The check was " + getMessage() + "; the log says where it was.",
                        "Change fewer files at a time, or set vitrine.rulebook.check-max higher."));
            }
            return faults;
        }
    }

    /**
     * Does the work, or waits for it no longer than the limit.
     *
     * @throws UnavailableException while too much of what was given up goes on
     */
    <T> T work(Callable<T> work) throws GivenUp {
        mustHaveRoom();
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "rules-workbench");
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw giveUp(thread);
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

    /**
     * The same for those who only ask, a few at a time; whoever publishes does not wait for them.
     *
     * @throws UnavailableException after waiting for a turn
     */
    <T> T workInTurn(Callable<T> work) throws GivenUp {
        try {
            if (!turns.tryAcquire(turnWait.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new UnavailableException("Too many drafts are being made; try again", turnWait, null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw stopping(e);
        }
        try {
            return work(work);
        } finally {
            turns.release();
        }
    }

    private static UnavailableException stopping(InterruptedException e) {
        return new UnavailableException("The service is stopping", RETRY_AFTER, e);
    }

    private synchronized void mustHaveRoom() {
        givenUp.removeIf(thread -> !thread.isAlive());
        if (givenUp.size() >= GIVEN_UP_MAX) {
            throw new UnavailableException(
                    "Rules cannot be checked: " + GIVEN_UP_MAX
                            + " earlier checks were given up and still run. Try again later, or restart the service",
                    RETRY_AFTER,
                    null);
        }
    }

    private synchronized GivenUp giveUp(Thread thread) {
        givenUp.add(thread);
        GivenUp late = new GivenUp(limit, thread.getStackTrace());
        LOG.error("A check of rules does not come back, and is left to itself", late);
        return late;
    }
}
