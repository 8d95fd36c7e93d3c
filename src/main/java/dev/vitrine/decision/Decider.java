package dev.vitrine.decision;

import dev.vitrine.decision.context.DecisionAnswer.Degraded;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionRequest.VisitPart;
import dev.vitrine.decision.firing.Firing;
import dev.vitrine.decision.firing.RuleExclusions;
import dev.vitrine.decision.firing.RuleThreads;
import dev.vitrine.decision.firing.StuckRules;
import dev.vitrine.decision.settlement.RunningShares;
import dev.vitrine.decision.settlement.Settlement;
import dev.vitrine.decision.settlement.SettlementResult;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.engine.Cancellation;
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.visit.Visits;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Makes a decision: fires the rules of an edition within the placement's time budget, and settles what they propose.
 * Whatever fails, there is an answer: at worst the model's order.
 */
@Singleton
public final class Decider {
    private static final Logger LOG = Logger.getLogger(Decider.class);

    private final Rulebook rulebook;
    private final ShareLedger shares;
    private final DecisionConfig config;
    private final RuleThreads threads;
    private final StuckRules stuckRules;
    private final Visits visits;

    public Decider(
            Rulebook rulebook,
            ShareLedger shares,
            DecisionConfig config,
            RuleThreads threads,
            StuckRules stuckRules,
            Visits visits) {
        this.rulebook = rulebook;
        this.shares = shares;
        this.config = config;
        this.threads = threads;
        this.stuckRules = stuckRules;
        this.visits = visits;
    }

    /** A decision; {@code degraded} is what went wrong, null where nothing did. */
    public record Decided(Edition edition, FiringResult firing, SettlementResult settlement, Degraded degraded) {}

    /** The live edition. */
    Edition edition() {
        return rulebook.live();
    }

    /** The edition that decides for this visitor now. A decision asks once and uses it to the end. */
    Edition edition(VisitPart visit) {
        if (visit == null || visit.id() == null) {
            // the request will be refused, so any edition does
            return edition();
        }
        return rulebook.editionFor(visit.shopper() == null ? visit.id() : visit.shopper());
    }

    /** What the built-in model had to stand in for counts as degraded, too. */
    public Decided decide(DecisionContext context, Edition edition) {
        Decided decided = byRules(context, edition);
        String fallback = context.model().fallback();
        return fallback == null
                ? decided
                : new Decided(
                        decided.edition, decided.firing, decided.settlement, Degraded.of(decided.degraded, fallback));
    }

    private Decided byRules(DecisionContext context, Edition edition) {
        Facts facts = context.facts();
        RuleExclusions exclusions = stuckRules.exclusions(edition);
        if (exclusions.wholeEdition()) {
            return withoutRules(edition, context, Degraded.RULES_FAILED, RuleExclusions.REASON);
        }
        Duration budget =
                left(config.budgetOf(facts.placement().name()), context.model().waited());
        Firing<Decided> firing = new Firing<>(
                edition,
                cancellation -> settled(
                        context,
                        edition,
                        edition.fire(facts, context.at(), cancellation, exclusions.rules()),
                        shares.running(facts.placement().name(), context.at()),
                        cancellation));
        Future<Decided> decided = null;
        try {
            decided = threads.submit(firing);
            return decided.get(budget.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return withoutRules(
                    edition, context, Degraded.TIME_BUDGET, "the rules took longer than " + budget.toMillis() + " ms");
        } catch (RejectedExecutionException e) {
            return withoutRules(edition, context, Degraded.TIME_BUDGET, "too many decisions wait for the rules");
        } catch (ExecutionException e) {
            LOG.errorf(e.getCause(), "The rules of edition %d failed as a whole", edition.number());
            return withoutRules(
                    edition, context, Degraded.RULES_FAILED, "the rules failed as a whole; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return withoutRules(edition, context, Degraded.RULES_FAILED, "the service is stopping");
        } finally {
            if (decided != null) {
                decided.cancel(false);
            }
            stuckRules.abandon(firing);
        }
    }

    /** At least half: a busy machine wakes who waits for the model service too late, and the rules are not to blame. */
    private static Duration left(Duration budget, Duration waited) {
        Duration half = budget.dividedBy(2);
        Duration left = budget.minus(waited);
        return left.compareTo(half) < 0 ? half : left;
    }

    /** @throws CancellationException when it was cancelled */
    public static Decided settled(
            DecisionContext context,
            Edition edition,
            FiringResult firing,
            RunningShares running,
            Cancellation cancellation) {
        SettlementResult settlement = Settlement.settle(
                context.facts().candidates(),
                firing.proposals(),
                context.facts().placement().limit(),
                context.visit().hashCode(),
                running,
                cancellation::isCancelled);
        if (firing.failures().isEmpty()) {
            return new Decided(edition, firing, settlement, null);
        }
        List<String> failed =
                firing.failures().stream().map(FiringResult.Failure::rule).toList();
        FiringResult.Failure first = firing.failures().get(0);
        return new Decided(
                edition,
                firing,
                settlement,
                new Degraded(Degraded.RULE_FAILED, "left out '" + first.rule() + "': " + first.cause(), failed));
    }

    private Decided withoutRules(Edition edition, DecisionContext context, String cause, String detail) {
        return modelOrder(edition, context.facts(), visits.hidden(context.visit()), cause, detail);
    }

    /** @param hidden whether rules kept a sku off the visit's shelf when they considered it last */
    public static Decided modelOrder(
            Edition edition, Facts facts, Predicate<String> hidden, String cause, String detail) {
        return new Decided(
                edition,
                new FiringResult(List.of(), List.of(), List.of()),
                Settlement.modelOrder(facts, hidden),
                new Degraded(cause, detail, List.of()));
    }
}
