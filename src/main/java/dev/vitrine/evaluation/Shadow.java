package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StickyShare;
import dev.vitrine.rulebook.source.RuleProblem;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.logging.Logger;

/**
 * A draft beside the live edition: once a visit's answer is given, the question waits in a short queue for one thread,
 * which asks both editions once more, under the same conditions. It waits for nobody: what finds the queue full is dropped
 * and counted.
 */
@Singleton
final class Shadow implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(Shadow.class);
    /** Our choice: some 10 MB of questions. */
    private static final int WAITING_MAX = 256;
    /** Our choice: the intervals are narrow by then, and the sums of all visits take some 20 MB. */
    static final int VISITS_MAX = 20_000;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final DryRuns trials;
    private final Clock clock;
    /** The one that runs, or the last that did; null before the first. */
    private volatile Run current;

    Shadow(DryRuns trials, Clock clock) {
        this.trials = trials;
        this.clock = clock;
    }

    enum State {
        OFF,
        RUNNING,
        ENDED
    }

    /**
     * How a shadow stands.
     *
     * @param detail why it ended
     * @param share of visits that it follows, 0 to 1
     * @param edition the live edition when it began; each question is answered by the one that was live for it
     * @param waiting questions that wait for it now
     * @param dropped questions that found the queue full
     * @param problems what is odd about the draft
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Shadow")
    record Status(
            State state,
            @Schema(description = "Why it ended") String detail,
            Double share,
            Integer edition,
            OffsetDateTime startedAt,
            OffsetDateTime endsAt,
            String author,
            String note,
            Integer waiting,
            @Schema(description = "Questions that found the queue full and were not tried") Long dropped,
            List<RuleProblem> problems,
            @Schema(description = "So far; 'hits' is absent, since nobody knows yet what is bought next")
                    Report report) {
        static final Status OFF =
                new Status(State.OFF, null, null, null, null, null, null, null, null, null, null, null);
    }

    private record Waiting(ReplayInput question, Edition live) {}

    private final class Run implements Runnable {
        private final double share;
        private final Instant begun;
        private final Instant end;
        private final String author;
        private final String note;
        private final int edition;
        private final List<RuleProblem> problems;
        private final RuleEffects findings;
        private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(WAITING_MAX);
        private final LongAdder dropped = new LongAdder();
        private final Thread thread = new Thread(this, "shadow");
        /** Gone when it has ended, so that nothing keeps an edition that serves nobody. */
        private Edition draft;

        private volatile String ended;

        Run(Drafts.Ready draft, int edition, double share, Instant begun, Instant end, String author, String note) {
            this.draft = draft.edition();
            this.problems = draft.warnings();
            this.edition = edition;
            this.share = share;
            this.begun = begun;
            this.end = end;
            this.author = author;
            this.note = note;
            this.findings = new RuleEffects(edition);
            thread.setDaemon(true);
            // where the system heeds it; Linux does not, which is why it rests as well
            thread.setPriority(Thread.MIN_PRIORITY);
        }

        boolean runs() {
            if (ended == null && !clock.instant().isBefore(end)) {
                ended = "its time is over";
            }
            return ended == null;
        }

        boolean follows(String visit) {
            return runs() && StickyShare.place(visit, begun.toEpochMilli()) < share;
        }

        void offer(Waiting one) {
            if (!queue.offer(one)) {
                dropped.increment();
            }
        }

        @Override
        public void run() {
            boolean draftFirst = false;
            try {
                // what waits when it ends is still told
                for (Waiting next = queue.poll(1, TimeUnit.SECONDS);
                        next != null || runs();
                        next = queue.poll(1, TimeUnit.SECONDS)) {
                    if (next != null) {
                        long started = System.nanoTime();
                        draftFirst = !draftFirst;
                        compare(next, draftFirst);
                        // our choice: it rests as long as it works, and so takes no more than half a processor
                        LockSupport.parkNanos(System.nanoTime() - started);
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                draft = null;
                queue.clear();
            }
        }

        private void compare(Waiting next, boolean draftFirst) {
            try {
                findings.add(EditionComparison.of(trials, next.question(), next.live(), draft, draftFirst), Set.of());
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "The shadow cannot follow decision %s",
                        next.question().given().decisionId());
            }
            if (findings.visits() >= VISITS_MAX && ended == null) {
                ended = VISITS_MAX + " visits are enough";
            }
        }

        void end(String why) {
            if (runs()) {
                ended = why;
            }
            try {
                thread.join(STOP_WAIT.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        Status status() {
            boolean runs = runs();
            return new Status(
                    runs ? State.RUNNING : State.ENDED,
                    ended,
                    share,
                    edition,
                    begun.atOffset(ZoneOffset.UTC),
                    end.atOffset(ZoneOffset.UTC),
                    author,
                    note,
                    queue.size(),
                    dropped.sum(),
                    problems,
                    findings.decisions() == 0 ? null : findings.report());
        }
    }

    @Override
    public boolean wants(String visit) {
        Run run = current;
        return run != null && run.ended == null && run.follows(visit);
    }

    @Override
    public void answered(ReplayInput question, Edition edition) {
        Run run = current;
        if (run != null) {
            run.offer(new Waiting(question, edition));
        }
    }

    /** Begins one. */
    synchronized Status begin(
            Drafts.Ready draft, int edition, double share, Duration length, String author, String note) {
        Run running = current;
        if (running != null && running.runs()) {
            throw new ProblemException(
                    409, null, "a shadow is running until " + running.end + "; end it first with DELETE");
        }
        Instant now = clock.instant();
        Run run = new Run(draft, edition, share, now, now.plus(length), author, note);
        run.thread.start();
        current = run;
        return run.status();
    }

    Status status() {
        Run run = current;
        return run == null ? Status.OFF : run.status();
    }

    /** Ends it, when what waits is told. */
    synchronized Status end(String why) {
        Run run = current;
        if (run != null) {
            run.end(why);
        }
        return status();
    }

    void close(@Observes ShutdownEvent stopping) {
        Run run = current;
        if (run != null) {
            run.ended = "the service was restarted";
            run.thread.interrupt();
        }
    }
}
