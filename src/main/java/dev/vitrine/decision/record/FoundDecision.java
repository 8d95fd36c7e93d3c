package dev.vitrine.decision.record;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A recorded decision in brief. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "FoundDecision")
public record FoundDecision(
        @Schema(description = "For GET /decisions/{id} and the calls below it") String decisionId,
        OffsetDateTime at,
        String placement,
        String visit,
        @Schema(description = "Absent if unknown; only for an operator's key") String shopper,
        @Schema(description = "The edition that decided") int edition,
        @Schema(description = "What the items were shown as") String module,
        @Schema(description = "The skus that were shown, best first") List<String> shown,
        @Schema(description = "The rules that had an effect on what is shown") Set<String> rules,
        @Schema(description = "The cause, where something went wrong") String degraded) {

    public FoundDecision withoutShopper() {
        return new FoundDecision(decisionId, at, placement, visit, null, edition, module, shown, rules, degraded);
    }
}
