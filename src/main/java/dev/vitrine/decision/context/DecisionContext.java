package dev.vitrine.decision.context;

import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.merchandising.Facts;
import java.time.Instant;
import java.util.List;

/**
 * One checked question: the facts that it comes to, and what is remembered of it.
 *
 * @param visit key of the visit
 * @param shopper key of the shopper, null where nobody is known
 * @param at the moment of the question
 * @param facts what the rules may look at
 * @param leftOut candidates that could not be considered
 */
public record DecisionContext(String visit, String shopper, Instant at, Facts facts, List<LeftOut> leftOut) {}
