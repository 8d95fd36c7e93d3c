package dev.vitrine.decision;

import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.settlement.SettlementResult;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A decision as it can be asked for later. Only OpenAPI reads this: the answer is passed on as it was stored, also where an
 * earlier version stored it.
 */
@Schema(name = "ExplainedDecision", allOf = DecisionAnswer.class)
record ExplainedDecision(
        @Schema(description = "When it was made") Instant at,
        @Schema(description = "The place in the shop that asked") String placement,
        @Schema(description = "The visit that it was made for") String visit,
        @Schema(description = "The shopper, null if unknown; only for an operator's key", nullable = true)
                String shopper,
        @Schema(
                        description =
                                "What the rules saw: page, shopper, visit, cart, campaigns, shop, limit, interference,"
                                        + " candidates and who proposed them ('candidatesFrom': request, built-in or"
                                        + " service). Of a candidate, what changes from day to day or differs from the"
                                        + " catalog",
                        type = SchemaType.OBJECT)
                Object facts,
        @Schema(description = "What rules kept off the shelf, and which") List<SettlementResult.Hidden> hidden) {}
