package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.AnswerAssembler;
import dev.vitrine.decision.Decider;
import dev.vitrine.decision.context.CandidateAssembler;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.firing.RuleExclusions;
import dev.vitrine.decision.firing.StuckRules;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.decision.record.DecisionRepository;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decisions that serve nobody: any edition on any question, made up or real, as often as one likes. Nothing of it is
 * recorded, measured or counted.
 *
 * <p>A trial knows nothing of what the placement has shown in the running hour and day, so a share of an hour or a day
 * is settled as if the hour had just begun; and of what the catalog tells of a product, the trial of an old question sees
 * what it tells today.
 */
@Singleton
public final class DryRuns {
    /** Our choice: far beyond any time budget, so that a slow draft shows how slow it is, and short enough to wait for. */
    private static final Duration LIMIT = Duration.ofSeconds(1);

    private final DecisionContextAssembler situations;
    private final CandidateAssembler lineup;
    private final AnswerAssembler explanation;
    private final DecisionRecorder recorder;
    private final DecisionRepository store;
    private final StuckRules stuck;

    DryRuns(
            DecisionContextAssembler situations,
            CandidateAssembler lineup,
            AnswerAssembler explanation,
            DecisionRecorder recorder,
            DecisionRepository store,
            StuckRules stuck) {
        this.situations = situations;
        this.lineup = lineup;
        this.explanation = explanation;
        this.recorder = recorder;
        this.store = store;
        this.stuck = stuck;
    }

    /**
     * The question that a storefront would ask so; the events in it count for it and are not kept.
     *
     * @throws ProblemException naming the field that cannot be taken
     */
    public ReplayInput madeUp(DecisionRequest request) {
        return ReplayInput.of(situations.madeUp(request), null);
    }

    /** The question of a recorded decision; none where there is no such decision, or its facts can no longer be read. */
    public Optional<ReplayInput> recorded(String decisionId) throws SQLException {
        return recorder.question(decisionId);
    }

    /** The questions of the last decisions, of one placement or, where that is null, of all. */
    public RecordedDecisions last(int most, String placement) throws SQLException {
        return new RecordedDecisions(store, placement, store.count(most, placement));
    }

    /** What this edition makes of this question. */
    public DryRun answer(ReplayInput question, Edition edition) {
        long begun = System.nanoTime();
        DecisionContext situation = question.situation(naming(edition.namedSkus(), question.facts(), question.at()));
        Decider.Decided decided = decided(situation, edition);
        return DryRun.of(explanation.of(situation, decided, begun), decided);
    }

    private Decider.Decided decided(DecisionContext situation, Edition edition) {
        RuleExclusions aside = stuck.of(edition);
        if (aside.whole()) {
            return Decider.modelOrder(edition, situation.facts(), Degraded.RULES_FAILED, RuleExclusions.WHY);
        }
        Cancellation stop = Cancellation.after(LIMIT);
        try {
            FiringResult outcome = edition.fire(situation.facts(), situation.at(), stop, aside.rules());
            return stop.isCancelled()
                    ? Decider.modelOrder(
                            edition,
                            situation.facts(),
                            Degraded.TIME_BUDGET,
                            "the rules took longer than " + LIMIT.toMillis() + " ms")
                    : Decider.settled(situation, edition, outcome, RunningShares.NONE);
        } catch (RuntimeException | StackOverflowError e) {
            return Decider.modelOrder(
                    edition, situation.facts(), Degraded.RULES_FAILED, "the rules broke as a whole: " + e.getMessage());
        }
    }

    /** The facts of a question as they would have been had its rules asked for these skus by name. */
    public Facts naming(Set<String> skus, Facts facts, Instant at) {
        List<Candidate> named = lineup.named(skus, facts, at);
        if (named.isEmpty()) {
            return facts;
        }
        List<Candidate> candidates = new ArrayList<>(facts.candidates());
        candidates.addAll(named);
        return new Facts(
                facts.shop(),
                facts.placement(),
                facts.page(),
                facts.shopper(),
                facts.visit(),
                facts.cart(),
                facts.campaigns(),
                candidates);
    }
}
