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
import org.jboss.logging.Logger;

/**
 * Brings an edition to a share of visits first, and from there to all, or back when it breaks a guardrail. What takes it
 * back happens in memory first, and is kept when the database is there.
 */
@Singleton
@Startup(RolloutController.AFTER_THE_RULES)
public final class RolloutController {
    static final int AFTER_THE_RULES = RuleFolderWatch.FIRST + 1;
    private static final String ITSELF = "staging";
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
    /** How stages stand that the database has not been told yet. */
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

    /**
     * What is staged, and how it does.
     *
     * @param problem what keeps a step from being taken, null where nothing does
     */
    public record Running(Rollout stage, Edition compiled, EditionMetrics staged, EditionMetrics live, String problem) {
        Running(Rollout stage, Edition compiled) {
            this(stage, compiled, new EditionMetrics(), new EditionMetrics(), null);
        }

        Running with(Rollout next, String why) {
            return new Running(next, compiled, staged, live, why);
        }

        List<Guardrails.Standing> standing() {
            return stage.guardrails().standing(staged, live);
        }
    }

    private record Unsaved(Rollout stage, Audit.Entry entry) {}

    /** Continues with what was staged when the service stopped; later, when the database is away now. */
    @PostConstruct
    public synchronized void resume() {
        try {
            Optional<Rollout> stored = transactions.call(rollouts::last);
            last = stored.filter(rollout -> rollout.edition().state() != State.STAGED)
                    .orElse(null);
            stored.filter(rollout -> last == null).ifPresent(this::resume);
            resumed = true;
        } catch (DatabaseUnavailableException e) {
            LOG.warn("Whether an edition is staged cannot be read; it is read when the database is there");
        }
    }

    private void resume(Rollout stage) {
        Publication itself = new Publication(ITSELF, "", ITSELF);
        try {
            serve(new Running(stage, check.kept(stage.edition())));
            tellShare(stage);
        } catch (InvalidRulesException e) {
            LOG.errorf("Edition %d, which was staged, can no longer be used:%n%s", stage.number(), e.getMessage());
            end(stage, State.WITHDRAWN, "it can no longer be used: " + e.getMessage(), itself);
        }
    }

    /**
     * Takes over what other instances have staged, changed or ended since.
     *
     * @throws DatabaseUnavailableException when nobody can tell
     */
    public synchronized void follow() {
        save();
        if (!unsaved.isEmpty() || !database.up()) {
            return;
        }
        if (!resumed) {
            resume();
            return;
        }
        Optional<Mark> theirs = transactions.call(rollouts::mark);
        if (theirs.isEmpty() || theirs.equals(mark())) {
            return;
        }
        Rollout rollout = transactions.call(rollouts::last).orElseThrow();
        if (rollout.edition().state() != State.STAGED) {
            rulebook.give(null);
            running = null;
            last = rollout;
            LOG.infof("Edition %d is staged no more: %s", rollout.number(), rollout.outcome());
        } else if (running != null && running.stage.number() == rollout.number()) {
            boolean changed = rollout.share() != running.stage.share();
            serve(running.with(rollout, null));
            if (changed) {
                tellShare(rollout);
            }
        } else {
            resume(rollout);
        }
    }

    /** How the stage that is known here stands. */
    private Optional<Mark> mark() {
        return Optional.ofNullable(running == null ? last : running.stage).map(Mark::of);
    }

    /** What is staged now, null where nothing is. */
    public Running running() {
        return running;
    }

    /** The stage that ended last in this run or the one before, null where none did. */
    public Rollout last() {
        return last;
    }

    /**
     * Counts a decision while an edition is staged.
     *
     * @param edition number of the edition that made it
     * @param error whether something went wrong with the rules
     * @param emptyList whether it was to be a list, and nothing was on it
     */
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
            throw oneAtATime(running.stage.number());
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
        tellShare(now.stage);
        return now;
    }

    private static ProblemException oneAtATime(int number) {
        return new ProblemException(409, null, "edition " + number + " is staged; promote or withdraw it first");
    }

    /** Changes the share of visits. */
    public synchronized Running share(double share, Publication as) {
        Running now = staged();
        share(now, now.stage.with(share, now.stage.steps()), as);
        return running;
    }

    private void share(Running now, Rollout next, Publication as) {
        serve(now.with(next, null));
        tellShare(next);
        keep(next, entry(as, Action.SHARE_CHANGED, next.number(), percent(next.share()) + " of visits"));
    }

    /**
     * Publishes what is staged for all.
     *
     * @throws EditConflictException when one of its files was changed since; it stays staged
     */
    public synchronized Published promote(Publication as) throws InvalidRulesException, EditConflictException {
        Rollout stage = staged().stage;
        String note = "staged as edition " + stage.number() + (as.note().isEmpty() ? "" : ": " + as.note());
        Instant now = clock.instant();
        IntFunction<Rollout> promoted =
                edition -> stage.ended(State.PROMOTED, now, "published for all as edition " + edition);
        // in one transaction: what another instance takes back at this moment must not go live for all
        Published published = rulebook.publish(
                stage.edits(), stage.base(), new Publication(as.author(), note, as.origin()), edition -> {
                    if (!change(promoted.apply(edition.number()), as)) {
                        throw stagedNoMore(stage);
                    }
                });
        if (published.unchanged()) {
            end(stage, State.PROMOTED, "edition " + published.edition() + " says the same already", as);
        } else {
            ended(promoted.apply(published.edition()));
        }
        return published;
    }

    /** Stores the end of a rollout with its audit entry, in the current transaction. */
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

    /**
     * Takes back what is staged.
     *
     * @throws ProblemException when another instance ended it before
     */
    public synchronized Rollout withdraw(String why, Publication as) {
        Rollout stage = staged().stage;
        // first of all it serves nobody, whatever the database does
        rulebook.give(null);
        Rollout withdrawn = stage.ended(State.WITHDRAWN, clock.instant(), why);
        try {
            save();
            if (unsaved.isEmpty() && database.up()) {
                if (!transactions.call(() -> change(withdrawn, as))) {
                    follow();
                    throw stagedNoMore(stage);
                }
                ended(withdrawn);
                return last;
            }
        } catch (DatabaseUnavailableException e) {
            LOG.debugf("The end of edition %d's rollout waits for the database", stage.number());
        }
        end(stage, State.WITHDRAWN, why, as);
        return last;
    }

    private static ProblemException stagedNoMore(Rollout stage) {
        return new ProblemException(
                409, null, "edition " + stage.number() + " is staged no more; somebody else ended it");
    }

    private Audit.Entry entryOfEnd(Rollout ended, Publication as) {
        State state = ended.edition().state();
        return entry(as, state == State.PROMOTED ? Action.PROMOTED : Action.WITHDRAWN, ended.number(), ended.outcome());
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
        rulebook.give(new StagedShare(now.compiled, now.stage.share()));
    }

    private static void tellShare(Rollout stage) {
        LOG.infof("Edition %d is staged to %s of visits", stage.number(), percent(stage.share()));
    }

    private void end(Rollout stage, State state, String why, Publication as) {
        ended(stage.ended(state, clock.instant(), why));
        keep(last, entryOfEnd(last, as));
    }

    private void ended(Rollout stage) {
        rulebook.give(null);
        running = null;
        last = stage;
        String outcome = stage.edition().state().name().toLowerCase(Locale.ROOT);
        meters.counter("vitrine.rulebook.staged", "outcome", outcome).increment();
        LOG.infof("Edition %d is staged no more: %s", stage.number(), stage.outcome());
    }

    private void keep(Rollout stage, Audit.Entry entry) {
        unsaved.add(new Unsaved(stage, entry));
        save();
    }

    private void save() {
        try {
            while (!unsaved.isEmpty() && database.up()) {
                Unsaved next = unsaved.peek();
                transactions.call(() -> change(next.stage, next.entry));
                unsaved.remove();
            }
        } catch (RuntimeException e) {
            // whatever it is, storing it is tried again
            LOG.warnf(
                    "The state of edition %d's rollout is not stored yet: %s",
                    unsaved.peek().stage.number(), e.getMessage());
        }
    }

    private Audit.Entry entry(Publication as, Action action, int edition, String detail) {
        return new Audit.Entry(clock.instant(), as.author(), as.origin(), action, edition, detail);
    }

    /** Looks whether a guardrail is broken, or the time of a step has come. */
    @Scheduled(every = "1s", identity = "staged", concurrentExecution = ConcurrentExecution.SKIP)
    public synchronized void watch() {
        save();
        if (running != null) {
            Optional<Guardrails.Standing> broken = running.standing().stream()
                    .filter(standing -> standing.state() == Guardrails.State.BROKEN)
                    .findFirst();
            if (broken.isPresent()) {
                String why = "guardrail '" + broken.get().guardrail() + "' is broken: "
                        + broken.get().detail();
                LOG.errorf("Edition %d is taken back: %s", running.stage.number(), why);
                end(running.stage, State.WITHDRAWN, why, new Publication(ITSELF, "", ITSELF));
            } else {
                step();
            }
        }
    }

    private void step() {
        Rollout stage = running.stage;
        List<Rollout.Step> due = stage.steps().stream()
                .filter(step -> !step.at().toInstant().isAfter(clock.instant()))
                .toList();
        if (due.isEmpty()) {
            return;
        }
        Publication itself =
                new Publication(stage.edition().author(), stage.edition().note(), ITSELF);
        List<Rollout.Step> toCome =
                new ArrayList<>(stage.steps().subList(due.size(), stage.steps().size()));
        double share = due.get(due.size() - 1).share();
        if (share < 1 || !toCome.isEmpty()) {
            share(running, stage.with(share, toCome), itself);
            return;
        }
        try {
            promote(itself);
        } catch (UnavailableException later) {
            // the step stays, and is tried again
        } catch (InvalidRulesException | EditConflictException | RuntimeException e) {
            LOG.errorf("Edition %d cannot be published for all: %s", stage.number(), e.getMessage());
            audit.add(entry(itself, Action.REFUSED, stage.number(), String.valueOf(e.getMessage())));
            Rollout stays = stage.with(stage.share(), toCome);
            serve(running.with(stays, "it could not be published for all: " + e.getMessage()));
            keep(stays, entry(itself, Action.SHARE_CHANGED, stage.number(), percent(stage.share()) + " as before"));
        }
    }

    static String percent(double share) {
        return Math.round(share * 10_000) / 100.0 + " %";
    }
}
