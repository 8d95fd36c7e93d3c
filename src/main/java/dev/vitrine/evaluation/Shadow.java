package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StickyShare;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.ShopperQuestions;
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
 * Compares a draft with the live edition on current decisions. They wait in a short queue for one thread, which makes each
 * again with both editions, under the same conditions. What finds the queue full is dropped and counted, so that no
 * shopper waits.
 */
@Singleton
final class Shadow implements DecisionListener {
    private static final Logger LOG = Logger.getLogger(Shadow.class);
    /** Some 10 MB of decisions. */
    private static final int WAITING_MAX = 256;
    /** By then the intervals are narrow, and the sums of all visits take some 20 MB. */
    static final int VISITS_MAX = 20_000;

    private static final Duration STOP_WAIT = Duration.ofSeconds(5);

    private final DryRuns dryRuns;
    private final Clock clock;
    /** The running one, or the last one; null before the first. */
    private volatile Run current;

    Shadow(DryRuns dryRuns, Clock clock) {
        this.dryRuns = dryRuns;
        this.clock = clock;
    }

    enum ShadowState {
        OFF,
        RUNNING,
        ENDED
    }

    /** The status of a shadow. Each decision is compared with the edition that made it, not the one at the beginning. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Shadow")
    record Status(
            ShadowState state,
            @Schema(description = "Why it ended") String detail,
            Double share,
            Integer edition,
            OffsetDateTime startedAt,
            OffsetDateTime endsAt,
            String author,
            String note,
            Integer waiting,
            @Schema(description = "Decisions that found the queue full and were not tried") Long dropped,
            List<RuleProblem> problems,
            @Schema(description = "The same of files that the draft does not change") List<RuleProblem> known,
            @Schema(description = "So far; 'hits' is absent, because it is not known yet what is bought next")
                    Report report) {
        static final Status OFF =
                new Status(ShadowState.OFF, null, null, null, null, null, null, null, null, null, null, null, null);
    }

    private record WaitingDecision(ReplayInput input, Edition live) {}

    private final class Run implements Runnable {
        private final double share;
        private final Instant begun;
        private final Instant end;
        private final String author;
        private final String note;
        private final int edition;
        private final KnownWarnings problems;
        private final RuleEffects effects;
        private final BlockingQueue<WaitingDecision> queue = new ArrayBlockingQueue<>(WAITING_MAX);
        private final LongAdder dropped = new LongAdder();
        private final Thread thread = new Thread(this, "shadow");
        private final boolean asksOfShopper;
        /** Null once it has ended, so that the edition can be garbage collected. */
        private Edition draft;

        private volatile String ended;

        Run(
                Drafts.CompiledDraft draft,
                int edition,
                double share,
                Instant begun,
                Instant end,
                String author,
                String note) {
            this.draft = draft.edition();
            this.problems = draft.warnings();
            this.asksOfShopper = ShopperQuestions.inFiles(draft.files());
            this.edition = edition;
            this.share = share;
            this.begun = begun;
            this.end = end;
            this.author = author;
            this.note = note;
            this.effects = new RuleEffects(edition);
            thread.setDaemon(true);
            // Linux ignores it, which is why the thread also rests
            thread.setPriority(Thread.MIN_PRIORITY);
        }

        boolean runs() {
            if (ended == null && !clock.instant().isBefore(end)) {
                ended = "its time is up";
            }
            return ended == null;
        }

        boolean follows(String visit) {
            return runs() && StickyShare.place(visit, begun.toEpochMilli()) < share;
        }

        void offer(WaitingDecision decision) {
            if (!queue.offer(decision)) {
                dropped.increment();
            }
        }

        @Override
        public void run() {
            boolean draftFirst = false;
            try {
                // decisions that wait when it ends are still compared
                for (WaitingDecision next = queue.poll(1, TimeUnit.SECONDS);
                        next != null || runs();
                        next = queue.poll(1, TimeUnit.SECONDS)) {
                    if (next != null) {
                        long started = System.nanoTime();
                        draftFirst = !draftFirst;
                        compare(next, draftFirst);
                        // rests as long as it works, to take no more than half a processor
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

        private void compare(WaitingDecision next, boolean draftFirst) {
            try {
                effects.add(EditionComparison.of(dryRuns, next.input(), next.live(), draft, draftFirst), Set.of());
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "The shadow cannot follow decision %s",
                        next.input().given().decisionId());
            }
            if (effects.visits() >= VISITS_MAX && ended == null) {
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

        private Report report() {
            Report report = effects.report();
            return asksOfShopper ? report.withoutExamples() : report;
        }

        Status status() {
            boolean runs = runs();
            return new Status(
                    runs ? ShadowState.RUNNING : ShadowState.ENDED,
                    ended,
                    share,
                    edition,
                    begun.atOffset(ZoneOffset.UTC),
                    end.atOffset(ZoneOffset.UTC),
                    author,
                    note,
                    queue.size(),
                    dropped.sum(),
                    problems.news(),
                    problems.known(),
                    effects.decisions() == 0 ? null : report());
        }
    }

    @Override
    public void answered(AnsweredDecision decision) {
        Run run = current;
        if (run != null && run.ended == null && run.follows(decision.context().visit())) {
            run.offer(new WaitingDecision(decision.replayInput(), decision.edition()));
        }
    }

    synchronized Status begin(
            Drafts.CompiledDraft draft, int edition, double share, Duration length, String author, String note) {
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

    /** Ends it, once the waiting decisions are compared. */
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
