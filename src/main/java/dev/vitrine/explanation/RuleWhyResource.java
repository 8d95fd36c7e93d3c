package dev.vitrine.explanation;

import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Why a rule fired at a decision, or did not. */
@Path("/rulebook/rules/{name}/why")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "evaluation")
final class RuleWhyResource {
    private static final int NAME_MAX = 200;

    private final RuleFiringInquiry inquiry;
    private final Caller caller;

    RuleWhyResource(RuleFiringInquiry inquiry, Caller caller) {
        this.inquiry = inquiry;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Why a rule fired at a decision, or did not: which condition failed, on which value",
            description = "Tries the rule of the decision's own edition on what was recorded. Without 'sku', of many"
                    + " candidates it says how far they came; with it, what this one lacked. What is known of the"
                    + " shopper is told to an operator's key only.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = RuleWhy.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is missing or wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision, or no such rule",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database is away, or too many rules are being compiled",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public RuleWhy why(
            @PathParam("name") String name,
            @Parameter(required = true) @QueryParam("decision") String decision,
            @Parameter(description = "A product that the rule is to fire for") @QueryParam("sku") String sku) {
        return inquiry.why(
                Check.name("name", name, NAME_MAX),
                Check.key("decision", decision),
                sku == null ? null : Check.key("sku", sku),
                caller.seesShoppers());
    }
}
