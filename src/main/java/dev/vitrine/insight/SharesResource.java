package dev.vitrine.insight;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.problem.Problem;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Compares what was delivered with what was promised. */
@Path("/insights/shares")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "insights", description = "Reports on what the rules wanted and what the shop got")
final class SharesResource {
    static final int LINES_MAX = 1000;
    private static final String EXAMPLE =
            """
            {"by": "day", "from": "2026-11-21T00:00:00+01:00", "to": "2026-11-23T00:00:00+01:00", "shares": [
              {"placement": "home-page", "group": "core", "verb": "guarantee", "over": "day",
               "at": "2026-11-22T00:00:00+01:00", "lists": 812, "places": 8120, "promised": 2436, "delivered": 2440,
               "share": 0.3005, "kept": true}]}""";

    private final ShareReport report;
    private final DecisionConfig config;
    private final ShopConfig shop;
    private final Clock clock;

    SharesResource(ShareReport report, DecisionConfig config, ShopConfig shop, Clock clock) {
        this.report = report;
        this.config = config;
        this.shop = shop;
        this.clock = clock;
    }

    @GET
    @Blocking
    @Operation(
            summary = "What guarantees and caps promised, and what was delivered",
            description =
                    "By the hour or day of the shop's clock, newest first, at most " + LINES_MAX + " lines. 'from'"
                            + " and 'to' are widened to whole hours or days. The newest decisions are included.")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = SharesAnswer.class),
                            examples = @ExampleObject(name = "a day", value = EXAMPLE)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public SharesAnswer shares(
            @Parameter(description = "One placement; all when absent") @QueryParam("placement") String placement,
            @Parameter(description = "One group, as the answer names it; all when absent", example = "core")
                    @QueryParam("group")
                    String group,
            @Parameter(
                            description =
                                    "ISO 8601 with offset, or local in the shop's zone; 24 hours before 'to' when absent")
                    @QueryParam("from")
                    String from,
            @Parameter(description = "Now when absent; at most 400 days after 'from'") @QueryParam("to") String to,
            @Parameter(description = "hour or day; hour when absent") @QueryParam("by") String by) {
        SharesQuestion question =
                SharesQuestion.of(placement, group, from, to, by, config.placements(), shop.zone(), clock.instant());
        // one line more than the answer has, to know whether there are more
        return SharesAnswer.of(question, report.sums(question, LINES_MAX + 1), LINES_MAX, shop.zone());
    }
}
