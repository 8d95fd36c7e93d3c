package dev.vitrine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.firing.DegradationMonitor;
import dev.vitrine.decision.record.DecisionRecord;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.decision.share.ShareLedger;
import dev.vitrine.merchandising.Display;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.rollout.RolloutController;
import dev.vitrine.storage.DatabaseState;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** What the storefront asks on every page view, and what anybody may ask of a decision later. */
@Path("/decisions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
final class DecisionResource {
    private static final String EXAMPLE =
            """
            {"placement": "product-page", "limit": 4,
             "visit": {"id": "v-1", "shopper": "s-1", "source": "search", "page": {"type": "product", "sku": "mat-blue"},
                       "events": [{"type": "view", "sku": "mat-blue"}]},
             "cart": {"items": [{"sku": "roller-classic", "quantity": 1}]},
             "candidates": [{"sku": "towel-yoga-blue", "score": 0.9}, {"sku": "block-cork", "score": 0.7}]}""";

    private final DecisionContextAssembler situations;
    private final Decider decider;
    private final AnswerAssembler explanation;
    private final DecisionRecorder recorder;
    private final ShareLedger shares;
    private final DatabaseState database;
    private final RolloutController staging;
    private final DegradationMonitor minute;
    private final MeterRegistry meters;
    private final List<DecisionListener> answered;

    DecisionResource(
            DecisionContextAssembler situations,
            Decider decider,
            AnswerAssembler explanation,
            DecisionRecorder recorder,
            ShareLedger shares,
            DatabaseState database,
            RolloutController staging,
            DegradationMonitor minute,
            MeterRegistry meters,
            @All List<DecisionListener> answered) {
        this.situations = situations;
        this.decider = decider;
        this.explanation = explanation;
        this.recorder = recorder;
        this.shares = shares;
        this.database = database;
        this.staging = staging;
        this.minute = minute;
        this.meters = meters;
        this.answered = answered;
    }

    @POST
    @Blocking
    @Operation(
            summary = "What to show here, now, to this visit",
            description = "At most 1000 candidates, 100 items, 100 inline events, 1 MiB. Answers from memory: with the"
                    + " database away, or the rules past their time budget, there is still a list; 'degraded' says so.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = DecisionRequest.class),
                            examples = @ExampleObject(name = "a product page", value = EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field cannot be taken",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DecisionAnswer decide(DecisionRequest request) {
        if (request == null) {
            throw new ProblemException(null, "the body is empty; it must be a decision request");
        }
        long begun = System.nanoTime();
        Edition edition = decider.edition(request.visit());
        DecisionContext situation = situations.of(request, edition.namedSkus());
        Decider.Decided decided = decider.decide(situation, edition);
        DecisionAnswer answer = explanation.of(situation, decided, begun);
        recorder.record(new DecisionRecord(
                situation.visit(),
                situation.shopper(),
                situation.at(),
                situation.facts(),
                decided.settled().hidden(),
                answer));
        shares.count(
                situation.facts().placement().name(),
                situation.at(),
                decided.settled().kept());
        situations.tell(situation, answer, decided.outcome().readings());
        measure(situation, answer);
        minute.count(answer.edition(), answer.degraded());
        staging.decided(
                answer.edition(),
                answer.degraded() != null,
                decided.settled().display().equals(Display.RANKING)
                        && answer.items().isEmpty(),
                answer.tookMicros());
        tell(situation, edition, answer);
        return answer;
    }

    private void tell(DecisionContext situation, Edition edition, DecisionAnswer answer) {
        ReplayInput question = ReplayInput.of(situation, answer);
        for (DecisionListener one : answered) {
            if (one.wants(situation.visit())) {
                one.answered(question, edition);
            }
        }
    }

    private void measure(DecisionContext situation, DecisionAnswer answer) {
        String placement = situation.facts().placement().name();
        if (answer.shortfalls() != null) {
            meters.counter("vitrine.shortfalls", "placement", placement)
                    .increment(answer.shortfalls().size());
        }
        Timer.builder("vitrine.decisions")
                .tag("placement", placement)
                .tag(
                        "outcome",
                        answer.degraded() == null
                                ? answer.module().type()
                                : answer.degraded().cause())
                .publishPercentileHistogram()
                .register(meters)
                .record(answer.tookMicros(), TimeUnit.MICROSECONDS);
    }

    @GET
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "A decision and its whole explanation, later",
            description =
                    "The answer as it was given, with the moment, the visit, the facts that it was made of, and under"
                            + " 'hidden' what rules kept off the shelf.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionAnswer.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public JsonNode explained(@PathParam("id") String id) {
        Check.key("id", id);
        try {
            return recorder.find(id)
                    .orElseThrow(() -> new ProblemException(404, "id", "there is no decision '" + id + "'"));
        } catch (SQLException e) {
            database.failed(e);
            throw new ProblemException(503, null, "decisions that are stored cannot be read now; try again later");
        }
    }
}
