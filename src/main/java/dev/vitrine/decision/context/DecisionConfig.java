package dev.vitrine.decision.context;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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

    /** Known here so that the name is accepted; {@link dev.vitrine.catalog.ShopConfig} has the value. */
    Optional<String> smallCatalog();

    /** Known here so that the name is accepted; {@link dev.vitrine.catalog.ShopConfig} has the value. */
    Optional<String> zone();

    /** Candidates that the built-in model is asked for when a request has none. */
    @WithDefault("100")
    int candidates();

    /** Memory of decisions that wait to be recorded. Half full, it is emptied to the disk. */
    @WithDefault("32M")
    MemorySize unrecordedMaxBytes();

    /** Size of the decisions that may wait on disk while the database is away or too slow. */
    @WithDefault("1G")
    MemorySize spoolMaxBytes();

    /** How long recorded decisions are kept. */
    @WithDefault("30d")
    Duration keep();

    /** How long the hourly counts of guarantees and caps are kept. */
    @WithDefault("400d")
    Duration keepShares();

    default int interferenceOf(String placement) {
        return interferences().getOrDefault(placement, interference());
    }

    default Duration budgetOf(String placement) {
        return budgets().getOrDefault(placement, budget());
    }
}
