package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Campaign;
import java.time.Instant;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * The moment of a decision, and what runs then.
 *
 * @param campaigns those that run, by the value of the cart; the leading one first
 */
public record Outlook(Instant at, DoubleFunction<List<Campaign>> campaigns) {}
