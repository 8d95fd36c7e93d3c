package dev.vitrine.decision.dryrun;

import dev.vitrine.decision.AnswerAssembler;
import dev.vitrine.decision.Decider;
import dev.vitrine.decision.context.CandidateAssembler;
import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.Outlook;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.firing.RuleExclusions;
import dev.vitrine.decision.firing.StuckRules;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.decision.record.RecordedDecisions;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Predicate;

/**
 * Decides with any edition on any input. Nothing is recorded or counted. It settles a share of an hour or a day as if the
 * hour had just begun, and makes a recorded decision with the product data that the catalog has today.
 */
@Singleton
public final class DryRuns {
    /** Far beyond any time budget, so that a slow draft shows how slow it is, and short enough to wait for. */
    private static final Duration TIME_MAX = Duration.ofSeconds(1);

    /** A recorded visit remembers nothing. */
    private static final Predicate<String> NOTHING_HIDDEN = sku -> false;

    private final DecisionContextAssembler contexts;
    private final CandidateAssembler candidateAssembler;
    private final AnswerAssembler answers;
    private final DecisionRecorder recorder;
    private final StuckRules stuckRules;

    DryRuns(
            DecisionContextAssembler contexts,
            CandidateAssembler candidateAssembler,
            AnswerAssembler answers,
            DecisionRecorder recorder,
            StuckRules stuckRules) {
        this.contexts = contexts;
        this.candidateAssembler = candidateAssembler;
        this.answers = answers;
        this.recorder = recorder;
        this.stuckRules = stuckRules;
    }

    /**
     * The input that a storefront's request would lead to. Its events count for it and are not recorded.
     *
     * @param promises of all editions that are to decide on it
     */
    public ReplayInput madeUp(DecisionRequest request, Promises promises, Outlook outlook) {
        return ReplayInput.madeUp(contexts.madeUp(request, promises, outlook));
    }

    /** The same with nothing of what is remembered of the visit and its shopper. */
    public ReplayInput madeUpForNobody(DecisionRequest request, Promises promises, Outlook outlook) {
        return ReplayInput.madeUp(contexts.madeUpForNobody(request, promises, outlook));
    }

    /** This moment, with the campaigns that run. */
    public Outlook now() {
        return contexts.now();
    }

    /** The same input as if it came at another moment. */
    public ReplayInput asOf(ReplayInput input, Outlook outlook) {
        return ReplayInput.madeUp(contexts.asOf(input.context(), outlook));
    }

    /** The input of a recorded decision; empty where there is no such decision, or its facts can no longer be read. */
    public Optional<ReplayInput> recorded(String decisionId) {
        return recorder.replayInput(decisionId);
    }

    public RecordedDecisions last(int max, String placement) {
        return recorder.last(max, placement);
    }

    public DryRun run(ReplayInput input, Edition edition) {
        return without(input, edition, Set.of());
    }

    /** The same as if the edition did not have this rule. */
    public DryRun without(ReplayInput input, Edition edition, String rule) {
        return without(input, edition, Set.of(rule));
    }

    /** The same as if the edition did not have these rules. */
    public DryRun without(ReplayInput input, Edition edition, Set<String> leftOut) {
        long begun = System.nanoTime();
        DecisionContext recorded = input.context();
        Facts facts = withNamed(edition.namedSkus(), recorded.facts(), recorded.at());
        DecisionContext context =
                new DecisionContext(recorded.visit(), recorded.shopper(), recorded.at(), facts, recorded.leftOut());
        Decider.Decided decided = decided(context, edition, leftOut);
        return DryRun.of(answers.of(context, decided, begun), context, decided);
    }

    private Decider.Decided decided(DecisionContext context, Edition edition, Set<String> without) {
        RuleExclusions exclusions = stuckRules.exclusions(edition);
        if (exclusions.wholeEdition()) {
            return Decider.modelOrder(
                    edition, context.facts(), NOTHING_HIDDEN, Degraded.RULES_FAILED, RuleExclusions.REASON);
        }
        Cancellation cancellation = Cancellation.after(TIME_MAX);
        try {
            FiringResult firing =
                    edition.fire(context.facts(), context.at(), cancellation, exclusions.rulesAnd(without));
            return cancellation.isCancelled()
                    ? tooLong(context, edition)
                    : Decider.settled(context, edition, firing, RunningShares.NONE, cancellation);
        } catch (CancellationException e) {
            return tooLong(context, edition);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            return Decider.modelOrder(
                    edition,
                    context.facts(),
                    NOTHING_HIDDEN,
                    Degraded.RULES_FAILED,
                    "the rules failed as a whole: " + e.getMessage());
        }
    }

    private static Decider.Decided tooLong(DecisionContext context, Edition edition) {
        return Decider.modelOrder(
                edition,
                context.facts(),
                NOTHING_HIDDEN,
                Degraded.TIME_BUDGET,
                "the rules took longer than " + TIME_MAX.toMillis() + " ms");
    }

    /** The facts with the candidates that they would have if the rules named these skus. */
    public Facts withNamed(Set<String> skus, Facts facts, Instant at) {
        List<Candidate> named = candidateAssembler.named(skus, facts, at);
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
