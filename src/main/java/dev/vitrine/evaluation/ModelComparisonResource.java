package dev.vitrine.evaluation;

import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.storage.Transactions;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Compares the shop's own model with the built-in one. */
@Path("/model/comparison")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "evaluation")
final class ModelComparisonResource {
    private static final Duration USUAL = Duration.ofDays(7);
    /** By then the intervals are narrow. */
    private static final int MOMENTS_MAX = 100_000;

    private static final Duration READ_MAX = Duration.ofMinutes(2);

    private final ModelComparisonRepository repository;
    private final Transactions transactions;
    private final Clock clock;
    private final ZoneId zone;

    ModelComparisonResource(
            ModelComparisonRepository repository, Transactions transactions, Clock clock, ShopConfig shop) {
        this.repository = repository;
        this.transactions = transactions;
        this.clock = clock;
        this.zone = shop.zone();
    }

    @GET
    @Operation(
            summary = "How often the first ten of the model service and of the built-in model held what came next",
            description =
                    "What came next is the first other product that the visit looked at or put into the cart within"
                            + " half an hour. 'from' and 'to' are ISO 8601 with offset, or local in the shop's zone; without them, of the last 7 days; the newest "
                            + MOMENTS_MAX
                            + " moments of a longer time.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ModelComparison.class)))
    public ModelComparison comparison(@QueryParam("from") String from, @QueryParam("to") String to) {
        Instant now = clock.instant();
        Instant before = to == null ? now : MomentText.inAddress("to", to, zone);
        Instant since = from == null ? before.minus(USUAL) : MomentText.inAddress("from", from, zone);
        if (!since.isBefore(before)) {
            throw new ProblemException("from", "is not before 'to', which is " + before);
        }
        return ModelComparison.of(
                transactions.call(READ_MAX, () -> repository.moments(since, before, MOMENTS_MAX)),
                since.atOffset(ZoneOffset.UTC),
                before.atOffset(ZoneOffset.UTC));
    }
}
