package dev.vitrine.decision.share;

import dev.vitrine.decision.settlement.SettlementResult.Kept;
import dev.vitrine.decision.settlement.SettlementResult.Missing;
import dev.vitrine.merchandising.Share;
import java.time.Instant;
import java.util.Set;

/**
 * What a group got of a guarantee or cap on a placement; {@code promised} is a fraction: only lists are rounded. Of degraded lists,
 * for which no rule could promise anything, only lists and places are counted.
 *
 * @param rules that asked for it
 */
public record ShareCount(
        Instant at,
        String placement,
        String group,
        String verb,
        Share.Window over,
        long lists,
        long places,
        double promised,
        long delivered,
        Missing missing,
        Set<String> rules) {
    /** In place of {@link Kept#GUARANTEE}: the lists were the model's. */
    public static final String DEGRADED = "degraded";

    public ShareCount {
        rules = Set.copyOf(rules);
    }

    /** The same of another hour or day. */
    public ShareCount from(Instant begin) {
        return new ShareCount(begin, placement, group, verb, over, lists, places, promised, delivered, missing, rules);
    }
}
