package dev.vitrine.rulebook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An edition on its way to all visits.
 *
 * @param edition what is staged; its files are these edits laid over the base
 * @param base the published edition that it was made from
 * @param share of visits that get it, above 0, up to 1
 * @param steps what is to happen to the share, in order; those to come
 * @param endedAt null while it is staged
 * @param outcome why it ended, in words
 */
record Stage(
        StoredEdition edition,
        int base,
        List<Edit> edits,
        double share,
        List<Step> steps,
        Guardrails guardrails,
        Instant endedAt,
        String outcome) {
    /** A share from a time on. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StagedStep", description = "A share from a time on; 1 in the last step publishes it for all")
    record Step(OffsetDateTime at, Double share) {}

    int number() {
        return edition.number();
    }

    Stage with(double nextShare, List<Step> nextSteps) {
        return new Stage(edition, base, edits, nextShare, nextSteps, guardrails, endedAt, outcome);
    }

    Stage ended(StoredEdition.State state, Instant at, String why) {
        return new Stage(edition.withState(state), base, edits, share, List.of(), guardrails, at, why);
    }
}
