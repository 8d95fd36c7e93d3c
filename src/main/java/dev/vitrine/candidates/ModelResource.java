package dev.vitrine.candidates;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/model")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "candidates")
final class ModelResource {
    private final BuiltInModel model;
    private final Trainer trainer;
    private final Audit audit;
    private final Caller caller;
    private final Clock clock;

    ModelResource(BuiltInModel model, Trainer trainer, Audit audit, Caller caller, Clock clock) {
        this.model = model;
        this.trainer = trainer;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /** The model that is in use; what is unknown is absent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Model")
    record ModelState(
            Instant trainedAt,
            long sessions,
            long clicks,
            long products,
            Reliability chances,
            Training training,
            String problem) {}

    @GET
    @Operation(summary = "What the built-in model learned from, and whether it is being trained")
    @APIResponse(
            responseCode = "200",
            content =
                    @Content(
                            schema = @Schema(implementation = ModelState.class),
                            examples =
                                    @ExampleObject(
                                            name = "in use, while the next one is trained",
                                            value =
                                                    """
                        {"trainedAt": "2026-03-01T12:00:00Z", "sessions": 23753, "clicks": 113601, "products": 18009,
                         "chances": {"moments": 2910, "hitRate": 0.38,
                                     "tenths": [{"predicted": 0.0001, "observed": 0.00012, "low": 0.00007, "high": 0.0002},
                                                {"predicted": 0.0121, "observed": 0.0117, "low": 0.0111, "high": 0.0122}]},
                         "training": {"running": true, "startedAt": "2026-03-01T12:15:00Z", "eventsRead": 42000,
                                      "progress": 0.333}}""")))
    public ModelState model() {
        TrainedModel trained = model.trained();
        Reliability reliability = trained.chances().reliability();
        return new ModelState(
                trained.trainedAt(),
                trained.sessions(),
                trained.clicks(),
                trained.products(),
                reliability.moments() == 0 ? null : reliability,
                trainer.training(),
                trainer.problem());
    }

    @POST
    @Path("/train")
    @Operation(summary = "Trains the built-in model in the background; the current one stays in use until then")
    @APIResponse(
            responseCode = "202",
            description = "A training starts, unless one is waiting already",
            content = @Content(schema = @Schema(implementation = ModelState.class)))
    public Response train() {
        trainer.start();
        audit.add(Audit.Entry.by(caller, clock.instant(), Audit.Action.TRAINING_STARTED, "")
                .about("model", ""));
        return Response.accepted(model()).build();
    }
}
