package dev.vitrine.decision.dryrun;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a rule costs or brings here: what the list is expected to bring with all rules, less what it would without what this one
 * proposes. What the rule read of the visit stays, so it is the price of its proposals alone.
 *
 * @param warning why the rule is better left out here; null where nothing speaks against it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "RulePrice")
public record RulePrice(
        String rule,
        @Schema(description = "Products taken next, of a hundred times that the list is shown") double takes,
        @Schema(description = "Of these, bought") double orders,
        @Schema(description = "Their prices, in the shop's currency") double revenue,
        @Schema(description = "What is left of that after cost") double earnings,
        @Schema(description = "As a share of what the list would be expected to bring without the rule: products taken")
                double takesShare,
        String warning) {
    private static final double SHOWN = 100;
    /** Below this share a difference is not worth a word. */
    private static final double LITTLE = 0.005;

    static RulePrice of(String rule, ListWorth with, ListWorth without) {
        ListWorth change = with.minus(without);
        double share = without.takes() == 0 ? 0 : change.takes() / without.takes();
        boolean earnsNothing = change.earnings() <= 0;
        return new RulePrice(
                rule,
                rounded(change.takes() * SHOWN),
                rounded(change.orders() * SHOWN),
                rounded(change.revenue() * SHOWN),
                rounded(change.earnings() * SHOWN),
                rounded(share),
                share < -LITTLE && earnsNothing
                        ? String.format(
                                Locale.ROOT, "costs %.1f %% of what is taken, and earns nothing", -share * SHOWN)
                        : null);
    }

    private static double rounded(double number) {
        return Math.round(number * 1e4) / 1e4;
    }
}
