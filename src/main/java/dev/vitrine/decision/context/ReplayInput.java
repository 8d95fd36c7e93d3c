package dev.vitrine.decision.context;

import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;

/**
 * A question that rules can be tried on: a recorded one, one that was just answered, or one made up.
 *
 * @param visit key of the visit
 * @param shopper key of the shopper, null where nobody is known
 * @param at the moment of the question
 * @param facts what the rules may look at
 * @param leftOut candidates that could not be considered
 * @param given what was really answered, null for one made up
 */
public record ReplayInput(String visit, String shopper, Instant at, Facts facts, List<LeftOut> leftOut, Given given) {
    /**
     * What was really answered.
     *
     * @param edition the edition that decided
     * @param degraded whether something had gone wrong
     * @param skus what was shown, best first
     */
    public record Given(String decisionId, int edition, boolean degraded, List<String> skus) {
        public static Given of(DecisionAnswer answer) {
            return new Given(
                    answer.decisionId(),
                    answer.edition(),
                    answer.degraded() != null,
                    answer.items().stream().map(Item::sku).toList());
        }
    }

    public static ReplayInput of(DecisionContext situation, DecisionAnswer answer) {
        return new ReplayInput(
                situation.visit(),
                situation.shopper(),
                situation.at(),
                situation.facts(),
                situation.leftOut(),
                answer == null ? null : Given.of(answer));
    }

    public DecisionContext situation(Facts seen) {
        return new DecisionContext(visit, shopper, at, seen, leftOut);
    }
}
