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

/** Makes decisions for nobody before the door opens, so that the first shopper finds a service at speed. */
@Singleton
final class WarmUp {
    private static final Logger LOG = Logger.getLogger(WarmUp.class);
    /** After the shop is loaded. */
    private static final int LAST = 5000;
    /** Our choice: by then the compiler of the JVM has seen the path a few hundred times. */
    private static final Duration ENOUGH = Duration.ofMillis(1500);

    private final DecisionContextAssembler situations;
    private final Decider decider;
    private final AnswerAssembler explanation;
    private final DecisionConfig config;

    WarmUp(DecisionContextAssembler situations, Decider decider, AnswerAssembler explanation, DecisionConfig config) {
        this.situations = situations;
        this.decider = decider;
        this.explanation = explanation;
        this.config = config;
    }

    void run(@Observes @Priority(LAST) StartupEvent start) {
        long end = System.nanoTime() + ENOUGH.toNanos();
        int made = 0;
        Edition edition = decider.edition();
        while (System.nanoTime() < end) {
            for (String placement : config.placements()) {
                VisitPart nobody = new VisitPart("warm-up", null, null, null, null, null);
                DecisionContext situation =
                        situations.of(new DecisionRequest(placement, null, nobody, null, null), edition.namedSkus());
                explanation.of(situation, decider.decide(situation, edition), System.nanoTime());
                made++;
            }
        }
        LOG.debugf("Warmed up on %d decisions", made);
    }
}
