package dev.vitrine.decision.context;

import dev.vitrine.decision.context.DecisionAnswer.Item;
import dev.vitrine.merchandising.Facts;
import java.util.List;

/** A decision to make again, with any edition; {@code given} is null for a made-up one. */
public record ReplayInput(DecisionContext context, Given given) {
    /**
     * What was really answered, best first.
     *
     * @param degraded whether something was wrong with the rules; which model proposed what is known of the facts
     */
    public record Given(String decisionId, int edition, boolean degraded, List<String> skus) {
        public static Given of(DecisionAnswer answer) {
            return new Given(
                    answer.decisionId(),
                    answer.edition(),
                    answer.rulesDegraded(),
                    answer.items().stream().map(Item::sku).toList());
        }
    }

    public static ReplayInput of(DecisionContext context, DecisionAnswer answer) {
        return new ReplayInput(context, Given.of(answer));
    }

    public static ReplayInput madeUp(DecisionContext context) {
        return new ReplayInput(context, null);
    }

    public String visit() {
        return context.visit();
    }

    public Facts facts() {
        return context.facts();
    }
}
