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
import dev.vitrine.rulebook.edition.StoredEdition.State;
import dev.vitrine.rulebook.publish.EditionHistory;
import dev.vitrine.rulebook.publish.RuleFolderWatch;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.rollout.RolloutRepository.Mark;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.PostConstruct;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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
    private final RolloutRepository store;
    private final StagedConfig config;
    private final Audit audit;
    private final DatabaseState database;
    private final Clock clock;
    private final MeterRegistry meters;

    private volatile Running running;
    private volatile Rollout last;
    /** How stages stand that the database has not been told yet. */
    private final Deque<Unsaved> unsaved = new ArrayDeque<>();

    public RolloutController(
            Rulebook rulebook,
            RuleCheck check,
            RolloutRepository store,
            StagedConfig config,
            Audit audit,
            DatabaseState database,
            Clock clock,
            MeterRegistry meters) {
        this.rulebook = rulebook;
        this.check = check;
        this.store = store;
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

    /** Goes on with what was staged when the service stopped. */
    @PostConstruct
    public synchronized void resume() {
        try {
            Optional<Rollout> kept = store.last();
            last = kept.filter(stage -> stage.edition().state() != State.STAGED).orElse(null);
            kept.filter(stage -> last == null).ifPresent(this::resume);
        } catch (SQLException e) {
            throw new IllegalStateException("The staged edition cannot be read from the database", e);
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

    /** Goes on with what other instances have staged, changed or ended since. */
    public synchronized void follow() throws SQLException {
        save();
        if (!unsaved.isEmpty() || !database.up()) {
            return;
        }
        Optional<Mark> theirs = store.mark();
        if (theirs.isEmpty() || theirs.equals(mark())) {
            return;
        }
        Rollout stage = store.last().orElseThrow();
        if (stage.edition().state() != State.STAGED) {
            rulebook.give(null);
            running = null;
            last = stage;
            LOG.infof("Edition %d is staged no more: %s", stage.number(), stage.outcome());
        } else if (running != null && running.stage.number() == stage.number()) {
            boolean changed = stage.share() != running.stage.share();
            serve(running.with(stage, null));
            if (changed) {
                tellShare(stage);
            }
        } else {
            resume(stage);
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
        Rollout[] made = new Rollout[1];
        Edition compiled = rulebook.stage(edits, as, (edition, base) -> {
            Optional<Rollout> others =
                    store.last().filter(stage -> stage.edition().state() == State.STAGED);
            if (others.isPresent()) {
                throw oneAtATime(others.get().number());
            }
            made[0] = new Rollout(edition, base.number(), edits, share, steps, guardrails, null, "");
            return store.add(made[0], EditionHistory.entry(edition, as.origin(), Action.STAGED));
        });
        Running now = new Running(made[0], compiled);
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
        Rollout[] promoted = new Rollout[1];
        // in one transaction: what another instance takes back at this moment must not go live for all
        Published published = rulebook.publish(
                stage.edits(),
                stage.base(),
                new Publication(as.author(), note, as.origin()),
                (transaction, edition) -> {
                    promoted[0] =
                            stage.ended(State.PROMOTED, clock.instant(), "published for all as edition " + edition);
                    if (!store.update(transaction, promoted[0], entryOfEnd(promoted[0], as))) {
                        throw stagedNoMore(stage);
                    }
                });
        if (promoted[0] == null) {
            end(stage, State.PROMOTED, "edition " + published.edition() + " says the same already", as);
        } else {
            ended(promoted[0]);
        }
        return published;
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
                if (!store.update(withdrawn, entryOfEnd(withdrawn, as))) {
                    follow();
                    throw stagedNoMore(stage);
                }
                ended(withdrawn);
                return last;
            }
        } catch (SQLException e) {
            database.failed(e);
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
            } catch (SQLException e) {
                database.failed(e);
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
                store.update(unsaved.peek().stage, unsaved.peek().entry);
                unsaved.remove();
            }
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf(
                    "How edition %d is staged is not kept yet: %s",
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
