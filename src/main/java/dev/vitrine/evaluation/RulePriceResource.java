package dev.vitrine.evaluation;

import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.dryrun.RulePrice;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/decisions/{id}/prices")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "decisions")
final class RulePriceResource {
    private final DryRuns dryRuns;
    private final Rulebook rulebook;

    RulePriceResource(DryRuns dryRuns, Rulebook rulebook) {
        this.dryRuns = dryRuns;
        this.rulebook = rulebook;
    }

    /** What the rules cost or bring. */
    @Schema(name = "RulePrices")
    record Priced(
            @Schema(description = "The live edition, whose rules were fired on what was known at the decision")
                    int edition,
            @Schema(description = "Of the rules that change the list, the dearest first") List<RulePrice> prices) {}

    @GET
    @Operation(
            summary = "What each rule costs or brings that changes this list, by the model's chances",
            description =
                    "Of a hundred times that the list is shown: products taken next, orders, revenue and earnings, with the rule"
                            + " less without it. Made again by the live edition; shares of an hour or a day are settled as if it had"
                            + " just begun.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Priced.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision, or it can no longer be read",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Priced prices(@PathParam("id") String id) {
        Check.key("id", id);
        ReplayInput input = dryRuns.recorded(id)
                .orElseThrow(() -> new ProblemException(
                        404, "id", "there is no decision '" + id + "' whose facts are kept and can be read"));
        Edition live = rulebook.live();
        return new Priced(live.number(), dryRuns.run(input, live).prices().get());
    }
}
