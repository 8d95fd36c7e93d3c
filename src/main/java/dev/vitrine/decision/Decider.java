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
import dev.vitrine.rulebook.engine.FiringResult;
import dev.vitrine.rulebook.publish.Rulebook;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * Makes a decision of a situation: fires the live edition, within the placement's time budget, and settles what it
 * proposed. Whatever breaks, there is an answer: at worst the model's order.
 */
@Singleton
public final class Decider {
    private static final Logger LOG = Logger.getLogger(Decider.class);
    private final Rulebook rulebook;
    private final ShareLedger shares;
    private final Map<String, Duration> budgets;
    private final Duration budget;
    private final RuleThreads threads;
    private final StuckRules stuck;

    public Decider(
            Rulebook rulebook, ShareLedger shares, DecisionConfig config, RuleThreads threads, StuckRules stuck) {
        this.rulebook = rulebook;
        this.shares = shares;
        this.threads = threads;
        this.stuck = stuck;
        this.budgets = Map.copyOf(config.budgets());
        this.budget = config.budget();
    }

    /**
     * What was decided.
     *
     * @param edition the edition that decided
     * @param outcome what its rules said
     * @param settled what became of it
     * @param degraded what went wrong, null where nothing did
     */
    public record Decided(Edition edition, FiringResult outcome, SettlementResult settled, Degraded degraded) {}

    /** The edition that decides for those who get no staged one. */
    Edition edition() {
        return rulebook.live();
    }

    /** The edition that decides for this visitor now; a decision asks once, and uses it from start to end. */
    Edition edition(VisitPart visit) {
        if (visit == null || visit.id() == null) {
            // it will be refused; until then any will do
            return edition();
        }
        return rulebook.editionFor(visit.shopper() == null ? visit.id() : visit.shopper());
    }

    public Decided decide(DecisionContext situation, Edition edition) {
        Facts facts = situation.facts();
        RuleExclusions aside = stuck.of(edition);
        if (aside.whole()) {
            return modelOrder(edition, facts, Degraded.RULES_FAILED, RuleExclusions.WHY);
        }
        Duration allowed = budgets.getOrDefault(facts.placement().name(), budget);
        Firing<Decided> firing = new Firing<>(
                edition,
                stop -> settled(
                        situation,
                        edition,
                        edition.fire(facts, situation.at(), stop, aside.rules()),
                        shares.running(facts.placement().name(), situation.at())));
        Future<Decided> decided = null;
        try {
            decided = threads.submit(firing);
            return decided.get(allowed.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return modelOrder(
                    edition, facts, Degraded.TIME_BUDGET, "the rules took longer than " + allowed.toMillis() + " ms");
        } catch (RejectedExecutionException e) {
            return modelOrder(edition, facts, Degraded.TIME_BUDGET, "too many decisions wait for the rules");
        } catch (ExecutionException e) {
            LOG.errorf(e.getCause(), "Edition %d broke as a whole", edition.number());
            return modelOrder(edition, facts, Degraded.RULES_FAILED, "the rules broke as a whole; the log says why");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return modelOrder(edition, facts, Degraded.RULES_FAILED, "the service is stopping");
        } finally {
            if (decided != null) {
                decided.cancel(false);
            }
            stuck.left(firing);
        }
    }

    public static Decided settled(
            DecisionContext situation, Edition edition, FiringResult outcome, RunningShares running) {
        SettlementResult settled = Settlement.settle(
                situation.facts().candidates(),
                outcome.proposals(),
                situation.facts().placement().limit(),
                situation.visit().hashCode(),
                running);
        if (outcome.failures().isEmpty()) {
            return new Decided(edition, outcome, settled, null);
        }
        List<String> failed =
                outcome.failures().stream().map(FiringResult.Failure::rule).toList();
        FiringResult.Failure first = outcome.failures().get(0);
        return new Decided(
                edition,
                outcome,
                settled,
                new Degraded(Degraded.RULE_FAILED, "left out '" + first.rule() + "': " + first.cause(), failed));
    }

    public static Decided modelOrder(Edition edition, Facts facts, String cause, String detail) {
        SettlementResult settled = Settlement.modelOrder(
                facts.candidates(), facts.cart(), facts.placement().limit());
        return new Decided(
                edition,
                new FiringResult(List.of(), List.of(), List.of()),
                settled,
                new Degraded(cause, detail, List.of()));
    }
}
