package dev.vitrine.visit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/events")
@Tag(name = "Visits")
final class EventResource {
    static final int EVENTS_MAX = 1000;

    @Schema(name = "Events")
    record Batch(
            @Schema(type = SchemaType.ARRAY, implementation = SentEvent.class, minItems = 1, maxItems = EVENTS_MAX)
                    List<JsonNode> events) {}

    enum Status {
        @JsonProperty("accepted")
        ACCEPTED,
        @JsonProperty("duplicate")
        DUPLICATE,
        @JsonProperty("refused")
        REFUSED
    }

    /** What became of one event: {@code id} as it was sent, {@code problem} only where it was refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "EventResult")
    record Result(String id, Status status, Problem problem) {}

    @Schema(name = "EventResults")
    record Results(List<Result> results) {}

    /** Nothing of a batch was taken: a sender that looks at the status alone must not think otherwise. */
    @Schema(name = "EventsRefused", description = "Problem details (RFC 9457) with the result of each event")
    record AllRefused(int status, String title, String detail, List<Result> results) {
        private static final int UNPROCESSABLE = 422;

        static Response of(List<Result> results) {
            String detail = results.size() == 1
                    ? "The event was refused; 'results' says why"
                    : "All " + results.size() + " events were refused; 'results' says why of each";
            return Response.status(UNPROCESSABLE)
                    .type(Problem.MEDIA_TYPE)
                    .entity(new AllRefused(UNPROCESSABLE, "Unprocessable Content", detail, results))
                    .build();
        }
    }

    private final EventRecorder recorder;
    private final ShopperKeys keys;
    private final Clock clock;
    private final MeterRegistry meters;

    EventResource(EventRecorder recorder, ShopperKeys keys, Clock clock, MeterRegistry meters) {
        this.recorder = recorder;
        this.keys = keys;
        this.clock = clock;
        this.meters = meters;
    }

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    @Operation(
            summary = "Record what visitors did",
            description =
                    "Up to 1000 events. Each is taken or refused on its own. An accepted event survives a crash and counts"
                            + " once, however often it is sent. Send a batch again when no answer came.")
    @RequestBody(
            content =
                    @Content(
                            schema = @Schema(implementation = Batch.class),
                            examples =
                                    @ExampleObject(
                                            name = "A product is viewed and bought",
                                            value =
                                                    """
                                                    {"events": [
                                                      {"id": "e-1", "type": "view", "visit": "v-1", "shopper": "s-4711",
                                                       "at": "2026-03-01T12:00:00Z", "sku": "mat-blue", "source": "email"},
                                                      {"id": "e-2", "type": "purchase", "visit": "v-1", "shopper": "s-4711",
                                                       "at": "2026-03-01T12:04:30Z", "sku": "mat-blue", "price": 29.9,
                                                       "quantity": 1, "order": "o-100"}]}""")))
    @APIResponse(
            responseCode = "200",
            description = "One result for each event",
            content =
                    @Content(
                            schema = @Schema(implementation = Results.class),
                            examples =
                                    @ExampleObject(
                                            name = "One of each",
                                            value =
                                                    """
                                                    {"results": [
                                                      {"id": "e-1", "status": "accepted"},
                                                      {"id": "e-1", "status": "duplicate"},
                                                      {"id": "e-3", "status": "refused", "problem": {"status": 400,
                                                       "title": "Bad Request", "detail": "is required",
                                                       "field": "events[2].visit"}}]}""")))
    @APIResponse(
            responseCode = "400",
            description = "The batch cannot be read, is empty, or has more than 1000 events",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "Every event was refused; the answer says why of each",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = AllRefused.class)))
    @APIResponse(
            responseCode = "503",
            description = "Neither the database nor the disk takes events; nothing of the batch was taken",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response record(Batch batch) {
        if (batch == null || batch.events() == null) {
            throw new ProblemException("events", "is required");
        }
        List<JsonNode> nodes = batch.events();
        if (nodes.isEmpty() || nodes.size() > EVENTS_MAX) {
            throw new ProblemException(
                    "events", "has " + nodes.size() + " elements; must have from 1 to " + EVENTS_MAX);
        }
        List<Event> events = new ArrayList<>(nodes.size());
        List<Result> results = new ArrayList<>(nodes.size());
        Instant now = clock.instant();
        for (int i = 0; i < nodes.size(); i++) {
            try {
                String path = "events[" + i + "]";
                events.add(SentEvent.read(nodes.get(i), path).checked(path, now).storedUnder(keys));
                results.add(null);
            } catch (ProblemException bad) {
                results.add(refused(nodes.get(i), bad));
            }
        }
        fillIn(results, events, recorder.record(events));
        results.forEach(result -> meters.counter("vitrine.events", "status", Json.wireName(result.status()))
                .increment());
        boolean refused = results.stream().allMatch(result -> result.status() == Status.REFUSED);
        return refused
                ? AllRefused.of(results)
                : Response.ok(new Results(results), MediaType.APPLICATION_JSON_TYPE)
                        .build();
    }

    /** Puts in the results that are still missing. Of events with the same id, the first is the accepted one. */
    private static void fillIn(List<Result> results, List<Event> events, Set<String> accepted) {
        Set<String> left = new HashSet<>(accepted);
        int next = 0;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) == null) {
                String id = events.get(next++).id();
                results.set(i, new Result(id, left.remove(id) ? Status.ACCEPTED : Status.DUPLICATE, null));
            }
        }
    }

    private static Result refused(JsonNode node, ProblemException bad) {
        String id = node == null ? null : node.path("id").textValue();
        Problem problem = Problem.of(Response.Status.fromStatusCode(bad.status()), bad.getMessage(), bad.field());
        return new Result(id, Status.REFUSED, problem);
    }
}
