package dev.vitrine.rulebook.rollout;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Publication.Published;
import dev.vitrine.rulebook.edition.StagedShare;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.edition.StoredEdition.State;
import dev.vitrine.rulebook.publish.RuleFolderWatch;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.rollout.RolloutRepository.Mark;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** Serves an edition to a share of visits, then to all, or takes it back when it breaks a guardrail, in memory first. */
@Singleton
@Startup(RolloutController.AFTER_THE_RULES)
public final class RolloutController {
    static final int AFTER_THE_RULES = RuleFolderWatch.FIRST + 1;
    private static final String ITSELF = Audit.STAGING;
    private static final Logger LOG = Logger.getLogger(RolloutController.class);

    private final Rulebook rulebook;
    private final RuleCheck check;
    private final RolloutRepository rollouts;
    private final Transactions transactions;
    private final StagedConfig config;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    private volatile Running running;
    private volatile Rollout last;
    private boolean resumed;
    /** Changes of rollouts that are not stored yet. */
    private final Deque<Unsaved> unsaved = new ArrayDeque<>();

    public RolloutController(
            Rulebook rulebook,
            RuleCheck check,
            RolloutRepository rollouts,
            Transactions transactions,
            StagedConfig config,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters) {
        this.rulebook = rulebook;
        this.check = check;
        this.rollouts = rollouts;
        this.transactions = transactions;
        this.config = config;
        this.audit = audit;
        this.database = database;
        this.clock = clock;
        this.meters = meters;
    }

    /** What is staged, and its metrics beside live's; {@code problem} prevents the next step, or is null. */
    public record Running(
            Rollout rollout, Edition compiled, EditionMetrics staged, EditionMetrics live, String problem) {
        Running(Rollout rollout, Edition compiled) {
            this(rollout, compiled, new EditionMetrics(), new EditionMetrics(), null);
        }

        Running with(Rollout next, String why) {
            return new Running(next, compiled, staged, live, why);
        }

        List<Guardrails.Verdict> verdicts() {
            return rollout.guardrails().verdicts(staged, live);
        }
    }

    private record Unsaved(Rollout rollout, Audit.Entry entry) {}

    /** Continues with what was staged when the service stopped; later, when the database is away now. */
    @PostConstruct
    public synchronized void resume() {
        try {
            Optional<Rollout> stored = readable("the latest", rollouts::last);
            last = stored.filter(rollout -> rollout.edition().state() != State.STAGED)
                    .orElse(null);
            stored.filter(rollout -> last == null).ifPresent(this::resume);
            resumed = true;
        } catch (DatabaseUnavailableException e) {
            LOG.warn("Whether an edition is staged cannot be read; it is read when the database is there");
        }
    }

    /** Of a rollout that cannot be read, nothing is served. */
    private <R> Optional<R> readable(String name, Supplier<Optional<R>> row) {
        return transactions
                .readable("staged", List.of(name), names -> row.get().stream().toList())
                .stream()
                .findFirst();
    }

    private void resume(Rollout rollout) {
        Publication itself = new Publication(ITSELF, "", ITSELF);
        try {
            serve(new Running(rollout, check.kept(rollout.edition())));
            logShare(rollout);
        } catch (InvalidRulesException e) {
            LOG.errorf("Edition %d, which was staged, can no longer be used:", rollout.number());
            e.problems().forEach(problem -> LOG.error(problem));
            end(rollout, State.WITHDRAWN, "it can no longer be used: " + e.getMessage(), itself);
        }
    }

    /** @throws DatabaseUnavailableException when the rollouts of other instances cannot be read */
    public synchronized void follow() {
        save();
        if (!unsaved.isEmpty() || !database.up()) {
            return;
        }
        if (!resumed) {
            resume();
            return;
        }
        Optional<Mark> theirs = readable("the latest's progress", rollouts::mark);
        if (theirs.isEmpty() || theirs.equals(mark())) {
            return;
        }
        Optional<Rollout> read = readable("the latest", rollouts::last);
        if (read.isEmpty()) {
            return;
        }
        Rollout rollout = read.get();
        if (rollout.edition().state() != State.STAGED) {
            rulebook.give(null);
            running = null;
            last = rollout;
            LOG.infof("Edition %d is staged no more: %s", rollout.number(), rollout.outcome());
        } else if (running != null && running.rollout.number() == rollout.number()) {
            boolean changed = rollout.share() != running.rollout.share();
            serve(running.with(rollout, null));
            if (changed) {
                logShare(rollout);
            }
        } else {
            resume(rollout);
        }
    }

    private Optional<Mark> mark() {
        return Optional.ofNullable(running == null ? last : running.rollout).map(Mark::of);
    }

    /** What is staged now, or null. */
    public Running running() {
        return running;
    }

    /** The rollout that ended last, or null. */
    public Rollout last() {
        return last;
    }

    /** {@code emptyList}: the answer should have been a list and was empty. */
    public void decided(int edition, boolean error, boolean emptyList, long tookMicros) {
        Running now = running;
        if (now != null) {
            (edition == now.compiled.number() ? now.staged : now.live).add(error, emptyList, tookMicros);
        }
    }

    /** @throws InvalidRulesException when the edits cannot be used */
    public synchronized Running stage(
            List<Edit> edits, double share, List<Rollout.Step> steps, Guardrails asked, Publication as)
            throws InvalidRulesException {
        save();
        if (running != null) {
            throw oneAtATime(running.rollout.number());
        }
        Guardrails guardrails = Guardrails.of(asked, config);
        BiFunction<StoredEdition, StoredEdition, Rollout> begin =
                (edition, base) -> new Rollout(edition, base.number(), edits, share, steps, guardrails, null, "");
        Rulebook.Made made = rulebook.stage(edits, as, (edition, base) -> {
            rollouts.last()
                    .filter(rollout -> rollout.edition().state() == State.STAGED)
                    .ifPresent(others -> {
                        throw oneAtATime(others.number());
                    });
            return rollouts.add(begin.apply(edition, base));
        });
        Running now = new Running(begin.apply(made.stored(), made.base()), made.edition());
        serve(now);
        logShare(now.rollout);
        return now;
    }

    private static ProblemException oneAtATime(int number) {
        return new ProblemException(409, null, "edition " + number + " is staged; promote or withdraw it first");
    }

    public synchronized Running share(double share, Publication as) {
        Running now = staged();
        share(now, now.rollout.with(share, now.rollout.steps()), as);
        return running;
    }

    private void share(Running now, Rollout next, Publication as) {
        serve(now.with(next, null));
        logShare(next);
        keep(next, entry(as, Action.SHARE_CHANGED, next.number(), percent(next.share()) + " of visits"));
    }

    /** @throws EditConflictException when one of its files was changed since; it stays staged */
    public synchronized Published promote(Publication as) throws InvalidRulesException, EditConflictException {
        Rollout rollout = staged().rollout;
        String note = "staged as edition " + rollout.number() + (as.note().isEmpty() ? "" : ": " + as.note());
        Instant now = clock.instant();
        IntFunction<Rollout> promoted =
                edition -> rollout.ended(State.PROMOTED, now, "published for all as edition " + edition);
        // in one transaction: what another instance takes back at this moment must not go live for all
        Published published = rulebook.publish(
                // staging it was the time to say that it may do harm
                rollout.edits(), rollout.base(), new Publication(as.author(), note, as.origin(), note), edition -> {
                    if (!change(promoted.apply(edition.number()), as)) {
                        throw stagedNoMore(rollout);
                    }
                });
        if (published.unchanged()) {
            end(rollout, State.PROMOTED, "edition " + published.edition() + " says the same already", as);
        } else {
            ended(promoted.apply(published.edition()));
        }
        return published;
    }

    private boolean change(Rollout ended, Publication as) {
        return change(ended, entryOfEnd(ended, as));
    }

    private boolean change(Rollout rollout, Audit.Entry entry) {
        boolean changed = rollouts.change(rollout);
        if (changed) {
            audit.addInTransaction(entry);
        }
        return changed;
    }

    /** @throws ProblemException when another instance ended it before */
    public synchronized Rollout withdraw(String why, Publication as) {
        Rollout rollout = staged().rollout;
        // stops serving it first, whatever the database does
        rulebook.give(null);
        Rollout withdrawn = rollout.ended(State.WITHDRAWN, clock.instant(), why);
        try {
            save();
            if (unsaved.isEmpty() && database.up()) {
                if (!transactions.call(() -> change(withdrawn, as))) {
                    follow();
                    throw stagedNoMore(rollout);
                }
                ended(withdrawn);
                return last;
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debugf("The end of edition %d's rollout waits for the database", rollout.number());
        }
        end(rollout, State.WITHDRAWN, why, as);
        return last;
    }

    private static ProblemException stagedNoMore(Rollout rollout) {
        return new ProblemException(
                409, null, "edition " + rollout.number() + " is staged no more; somebody else ended it");
    }

    private Audit.Entry entryOfEnd(Rollout ended, Publication as) {
        State state = ended.edition().state();
        return entry(as, state == State.PROMOTED ? Action.PROMOTED : Action.WITHDRAWN, ended.number(), ended.outcome());
    }

    /** @throws UnavailableException while nobody could read, since the start, whether an edition is staged */
    synchronized void requireKnown() {
        if (!resumed) {
            throw new UnavailableException(
                    "Whether an edition is staged is not known until the database can be reached",
                    DatabaseUnavailableException.RETRY_AFTER,
                    null);
        }
    }

    private Running staged() {
        if (running == null) {
            try {
                // another instance may have staged it a moment ago
                follow();
            } catch (DatabaseUnavailableException e) {
                LOG.debug("Whether another instance has staged an edition cannot be read now");
            }
        }
        Running now = running;
        if (now == null) {
            throw new ProblemException(404, null, "no edition is staged");
        }
        return now;
    }

    private void serve(Running now) {
        running = now;
        rulebook.give(new StagedShare(now.compiled, now.rollout.share()));
    }

    private static void logShare(Rollout rollout) {
        LOG.infof("Edition %d is staged to %s of visits", rollout.number(), percent(rollout.share()));
    }

    private void end(Rollout rollout, State state, String why, Publication as) {
        ended(rollout.ended(state, clock.instant(), why));
        keep(last, entryOfEnd(last, as));
    }

    private void ended(Rollout rollout) {
        rulebook.give(null);
        running = null;
        last = rollout;
        String outcome = rollout.edition().state().name().toLowerCase(Locale.ROOT);
        meters.counter("vitrine.rulebook.staged", "outcome", outcome).increment();
        LOG.infof("Edition %d is staged no more: %s", rollout.number(), rollout.outcome());
    }

    private void keep(Rollout rollout, Audit.Entry entry) {
        unsaved.add(new Unsaved(rollout, entry));
        save();
    }

    private void save() {
        try {
            while (!unsaved.isEmpty() && database.up()) {
                Unsaved next = unsaved.peek();
                transactions.call(() -> change(next.rollout, next.entry));
                unsaved.remove();
            }
        } catch (RuntimeException e) {
            // whatever it is, storing it is tried again
            LOG.warnf(
                    "The state of edition %d's rollout is not stored yet: %s",
                    unsaved.peek().rollout.number(), e.getMessage());
        }
    }

    private Audit.Entry entry(Publication as, Action action, int edition, String detail) {
        return new Audit.Entry(clock.instant(), as.author(), as.origin(), action, edition, detail);
    }

    /** Checks the guardrails, and takes a step when its time has come. */
    @Scheduled(every = "1s", identity = "staged", concurrentExecution = ConcurrentExecution.SKIP)
    public synchronized void watch() {
        save();
        if (running != null) {
            Optional<Guardrails.Verdict> broken = running.verdicts().stream()
                    .filter(verdict -> verdict.state() == Guardrails.Status.BROKEN)
                    .findFirst();
            if (broken.isPresent()) {
                String why = "guardrail '" + broken.get().guardrail() + "' is broken: "
                        + broken.get().detail();
                LOG.errorf("Edition %d is taken back: %s", running.rollout.number(), why);
                end(running.rollout, State.WITHDRAWN, why, new Publication(ITSELF, "", ITSELF));
            } else {
                step();
            }
        }
    }

    private void step() {
        Rollout rollout = running.rollout;
        List<Rollout.Step> due = rollout.steps().stream()
                .filter(step -> !step.at().toInstant().isAfter(clock.instant()))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        Publication itself =
                new Publication(rollout.edition().author(), rollout.edition().note(), ITSELF);
        List<Rollout.Step> toCome = new ArrayList<>(
                rollout.steps().subList(due.size(), rollout.steps().size()));
        double share = due.get(due.size() - 1).share();
        if (share < 1 || !toCome.isEmpty()) {
            share(running, rollout.with(share, toCome), itself);
            return;
        }
        try {
            promote(itself);
        } catch (UnavailableException later) {
            // the step stays, and is tried again
        } catch (InvalidRulesException | EditConflictException | RuntimeException e) {
            LOG.errorf("Edition %d cannot be published for all: %s", rollout.number(), e.getMessage());
            audit.add(entry(itself, Action.REFUSED, rollout.number(), String.valueOf(e.getMessage())));
            Rollout stays = rollout.with(rollout.share(), toCome);
            serve(running.with(stays, "it could not be published for all: " + e.getMessage()));
            keep(stays, entry(itself, Action.SHARE_CHANGED, rollout.number(), percent(rollout.share()) + " as before"));
        }
    }

    static String percent(double share) {
        return Math.round(share * 10_000) / 100.0 + " %";
    }
}
