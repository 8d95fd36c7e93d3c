package dev.vitrine.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.access.Caller;
import dev.vitrine.decision.context.AnsweredDecision;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionContext;
import dev.vitrine.decision.context.DecisionContextAssembler;
import dev.vitrine.decision.context.DecisionListener;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.record.DecisionRecorder;
import dev.vitrine.decision.record.FactSnapshot;
import dev.vitrine.merchandising.Anchor;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import io.quarkus.arc.All;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/** Decisions: asked for by the storefront on every page view, and explained later to anybody. */
@Path("/decisions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Consumes(MediaType.APPLICATION_JSON)
final class DecisionResource {
    private static final Logger LOG = Logger.getLogger(DecisionResource.class);
    private static final String LAST_ORDER = Json.wireName(Anchor.LAST_ORDER);
    private static final String EXAMPLE =
            """
            {"placement": "product-page", "limit": 4,
             "visit": {"id": "v-1", "shopper": "s-1", "source": "search", "page": {"type": "product", "sku": "mat-blue"},
                       "events": [{"type": "view", "sku": "mat-blue"}]},
             "cart": {"items": [{"sku": "roller-classic", "quantity": 1}]},
             "candidates": [{"sku": "towel-yoga-blue", "score": 0.9}, {"sku": "block-cork", "score": 0.7}]}""";

    private final DecisionContextAssembler contexts;
    private final Decider decider;
    private final AnswerAssembler answers;
    private final DecisionRecorder recorder;
    private final List<DecisionListener> listeners;
    private final Caller caller;

    DecisionResource(
            DecisionContextAssembler contexts,
            Decider decider,
            AnswerAssembler answers,
            DecisionRecorder recorder,
            @All List<DecisionListener> listeners,
            Caller caller) {
        this.contexts = contexts;
        this.decider = decider;
        this.answers = answers;
        this.recorder = recorder;
        this.listeners = listeners;
        this.caller = caller;
    }

    @POST
    @Blocking
    @Operation(
            summary = "What to show here, now, to this visit",
            description =
                    "At most 1000 candidates, 100 items, 100 inline events, 1 MiB. Answers from memory, also while the"
                            + " database is away. If the rules exceed their time budget, the list is in the model's order, and"
                            + " 'degraded' says so.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = DecisionRequest.class),
                            examples = @ExampleObject(name = "a product page", value = EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = DecisionAnswer.class)))
    @APIResponse(
            responseCode = "400",
            description = "A field is wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public DecisionAnswer decide(DecisionRequest request) {
        if (request == null) {
            throw new ProblemException(null, "the body is empty; it must be a decision request");
        }
        long begun = System.nanoTime();
        Edition edition = decider.edition(request.visit());
        DecisionContext context = contexts.of(request, edition.namedSkus(), edition.promises());
        Decider.Decided decided = decider.decide(context, edition);
        DecisionAnswer answer = answers.of(context, decided, begun);
        notifyListeners(new AnsweredDecision(
                context, edition, decided.settlement(), decided.firing().readings(), answer));
        return answer;
    }

    private void notifyListeners(AnsweredDecision decision) {
        for (DecisionListener listener : listeners) {
            try {
                listener.answered(decision);
            } catch (RuntimeException e) {
                LOG.errorf(
                        e,
                        "%s failed on decision %s",
                        listener.getClass().getSimpleName(),
                        decision.answer().decisionId());
            }
        }
    }

    @GET
    @Path("/{id}")
    @Consumes(MediaType.WILDCARD)
    @Operation(
            summary = "A decision with its full explanation",
            description =
                    "The answer as it was given, with the time, the visit, the facts that the rules saw, and under 'hidden'"
                            + " what rules kept off the shelf. 'shopper', 'facts.shopper' and how candidates relate to the"
                            + " last order are there only for an operator's key.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = ExplainedDecision.class)))
    @APIResponse(
            responseCode = "404",
            description = "There is no such decision",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public JsonNode explanation(@PathParam("id") String id) {
        Check.key("id", id);
        JsonNode explanation = recorder.explanation(id)
                .orElseThrow(() -> new ProblemException(404, "id", "there is no decision '" + id + "'"));
        return caller.seesShoppers() ? explanation : withoutShopper((ObjectNode) explanation);
    }

    /** Without what tells of the shopper: how candidates relate to the last order says what was bought. */
    static JsonNode withoutShopper(ObjectNode explanation) {
        explanation.remove("shopper");
        if (explanation.get("facts") instanceof ObjectNode facts) {
            facts.remove("shopper");
            for (JsonNode candidate : facts.path("candidates")) {
                FactSnapshot.RELATIONS.forEach(relation -> removeLastOrder((ObjectNode) candidate, relation));
            }
        }
        return explanation;
    }

    private static void removeLastOrder(ObjectNode candidate, String relation) {
        if (candidate.get(relation) instanceof ArrayNode anchors) {
            for (int i = anchors.size() - 1; i >= 0; i--) {
                if (anchors.get(i).asText().equals(LAST_ORDER)) {
                    anchors.remove(i);
                }
            }
            if (anchors.isEmpty()) {
                candidate.remove(relation);
            }
        }
    }
}
