package dev.vitrine.rulebook.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.source.Edit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An edition on its way to all visits: edits laid over the published edition {@code base}.
 *
 * @param share of visits that get it, above 0, up to 1
 * @param endedAt null while it is staged
 */
public record Rollout(
        StoredEdition edition,
        int base,
        List<Edit> edits,
        double share,
        List<Step> steps,
        Guardrails guardrails,
        Instant endedAt,
        String outcome) {
    /** A share that begins at a time. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StagedStep", description = "A share from a time on; 1 in the last step publishes it for all")
    public record Step(OffsetDateTime at, Double share) {}

    public int number() {
        return edition.number();
    }

    Rollout with(double nextShare, List<Step> nextSteps) {
        return new Rollout(edition, base, edits, nextShare, nextSteps, guardrails, endedAt, outcome);
    }

    Rollout ended(StoredEdition.State state, Instant at, String why) {
        return new Rollout(edition.withState(state), base, edits, share, List.of(), guardrails, at, why);
    }
}
