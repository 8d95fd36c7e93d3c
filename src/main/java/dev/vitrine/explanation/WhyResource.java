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

/** Why a product is where it is, or is not there. */
@Path("/decisions/{id}/why")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "decisions")
final class WhyResource {
    private final ProductInquiry inquiry;
    private final Caller caller;

    WhyResource(ProductInquiry inquiry, Caller caller) {
        this.inquiry = inquiry;
        this.caller = caller;
    }

    @GET
    @Operation(
            summary = "Why a decision showed a product, or did not",
            description =
                    "For any product of the shop: shown, hidden by which rule, outranked and by how much, squeezed out"
                            + " by which guarantee or limit, waiting for its turn, or not proposed, with the nearest reason."
                            + " What is not on record is found by firing the decision's own edition on the recorded facts;"
                            + " of shares of an hour or a day, what leads to the list on record.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ProductWhy.class)))
    @APIResponse(
            responseCode = "400",
            description = "The sku is missing or wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public ProductWhy why(@PathParam("id") String id, @Parameter(required = true) @QueryParam("sku") String sku) {
        return inquiry.why(Check.key("id", id), Check.key("sku", sku), caller.seesShoppers());
    }
}
