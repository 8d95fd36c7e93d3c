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

    /** Products foreign to what a decided visitor came for that a placement may show (its interference budget). */
    @WithDefault("2")
    int interference();

    /** Other budgets for single placements, such as {@code vitrine.decision.interferences.cart=0}. */
    Map<String, Integer> interferences();

    /** A shop that can sell fewer products than this is a small one. Our choice, as the design has it. */
    @WithDefault("100")
    int smallCatalog();

    /** The shop's time zone: when its day begins, what hour it is there. */
    @WithDefault("UTC")
    ZoneId zone();

    /** Candidates asked of the built-in model when a request brings none. */
    @WithDefault("100")
    int candidates();

    /** Decisions that wait to be recorded, at most; beyond that the oldest are let go and counted. */
    @WithDefault("20000")
    int unrecordedMax();

    /** How long recorded decisions are kept. */
    @WithDefault("30d")
    Duration keep();

    /** How long it is kept, hour by hour, what became of guarantees and caps. */
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
