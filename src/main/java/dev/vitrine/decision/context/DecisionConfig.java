package dev.vitrine.decision.context;

import dev.vitrine.merchandising.Shop;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;

/** Settings of {@code vitrine.decision}. */
@ConfigMapping(prefix = "vitrine.decision")
public interface DecisionConfig {
    /** The places in the shop that can ask for a decision. */
    @WithDefault("home-page,category-page,product-page,search-page,cart,order-confirmation")
    List<String> placements();

    /** How long the rules may take before the model's order is answered instead. */
    @WithDefault("50ms")
    Duration budget();

    /** Other budgets for single placements, such as {@code vitrine.decision.budgets.home-page=80ms}. */
    Map<String, Duration> budgets();

    /** Products unrelated to what a decided visitor came for that a placement may show (its interference budget). */
    @WithDefault("2")
    int interference();

    /** Other budgets for single placements, such as {@code vitrine.decision.interferences.cart=0}. */
    Map<String, Integer> interferences();

    /** A shop that can sell fewer products than this has a small catalog. */
    @WithDefault("100")
    int smallCatalog();

    /** The shop's time zone, which decides when its day begins. */
    @WithDefault("UTC")
    ZoneId zone();

    /** Candidates that the built-in model is asked for when a request has none. */
    @WithDefault("100")
    int candidates();

    /** Decisions that may wait to be recorded. Beyond that the oldest are discarded and counted. */
    @WithDefault("20000")
    int unrecordedMax();

    /** How long recorded decisions are kept. */
    @WithDefault("30d")
    Duration keep();

    /** How long the hourly counts of guarantees and caps are kept. */
    @WithDefault("400d")
    Duration keepShares();

    /** The shop at a moment at which it can sell so many products. */
    default Shop shopAt(Instant now, int sellable) {
        ZonedDateTime there = now.atZone(zone());
        return new Shop(sellable, sellable < smallCatalog(), there.getHour(), there.getDayOfWeek());
    }

    default int interferenceOf(String placement) {
        return interferences().getOrDefault(placement, interference());
    }

    default Duration budgetOf(String placement) {
        return budgets().getOrDefault(placement, budget());
    }
}
