package dev.vitrine.decision;

import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.DecisionRequest.VisitPart;
import dev.vitrine.rulebook.edition.Edition;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Makes decisions for nobody before the service is ready, so that the first shopper gets an answer at full speed. */
@Singleton
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    /** After the shop is loaded. */
    private static final int LAST = 5000;
    /** A decision that takes this part of its time budget leaves room for a longer list and a busier machine. */
    private static final int PART_OF_BUDGET = 2;
    /** On a machine that stays slow it is better to open late than never. */
    private static final Duration DURATION_MAX = Duration.ofMillis(1500);

    private final DecisionContextAssembler contexts;
    private final Decider decider;
    private final AnswerAssembler answers;
    private final DecisionConfig config;

    WarmUp(DecisionContextAssembler contexts, Decider decider, AnswerAssembler answers, DecisionConfig config) {
        this.contexts = contexts;
        this.decider = decider;
        this.answers = answers;
        this.config = config;
    }

    void run(@Observes @Priority(LAST) StartupEvent start) {
        long end = System.nanoTime() + DURATION_MAX.toNanos();
        int made = 0;
        Edition edition = decider.edition();
        boolean fast = false;
        while (!fast && System.nanoTime() < end) {
            fast = true;
            for (String placement : config.placements()) {
                fast &= decide(placement, edition) < config.budgetOf(placement).toNanos() / PART_OF_BUDGET;
                made++;
            }
        }
        LOG.debugf("Warmed up with %d decisions", made);
    }

    /** Returns how long it took, in nanoseconds. */
    private long decide(String placement, Edition edition) {
        VisitPart nobody = new VisitPart("warm-up", null, null, null, null, null, null, null, null, null);
        long begin = System.nanoTime();
        DecisionContext context = contexts.of(
                new DecisionRequest(placement, null, nobody, null, null, null, null),
                edition.namedSkus(),
                edition.promises());
        answers.of(context, decider.decide(context, edition), begin);
        return System.nanoTime() - begin;
    }
}
