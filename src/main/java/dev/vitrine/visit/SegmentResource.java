package dev.vitrine.visit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Caller;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Takes segments of shoppers from the systems of the shop that know them. */
@Path("/segments")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "segments")
final class SegmentResource {
    private static final int SHOPPERS_MAX = 1000;
    private static final String EXAMPLE =
            """
            {"segments": [{"shopper": "s-4711", "segments": ["vip", "cyclist"]},
                          {"shopper": "s-4712", "segments": []}]}""";

    private final SegmentWriter writer;
    private final ShopperKeys keys;
    private final Caller caller;

    SegmentResource(SegmentWriter writer, ShopperKeys keys, Caller caller) {
        this.writer = writer;
        this.keys = keys;
        this.caller = caller;
    }

    /** Shoppers, each of which is read by itself, so that a bad one refuses no other. */
    @Schema(name = "SegmentBatch")
    record Batch(
            @Schema(
                            required = true,
                            type = SchemaType.ARRAY,
                            implementation = SentSegments.class,
                            minItems = 1,
                            maxItems = SHOPPERS_MAX)
                    List<JsonNode> segments) {}

    enum Status {
        @JsonProperty("stored")
        STORED,
        @JsonProperty("refused")
        REFUSED
    }

    /** What became of one shopper's segments: {@code problem} only where they were refused. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "SegmentResult")
    record Result(String shopper, Status status, Problem problem) {}

    @Schema(name = "SegmentResults", description = "One result per shopper, in the order of the request")
    record Results(List<Result> results) {}

    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Say which segments shoppers are in",
            description =
                    "Up to 1000 shoppers. What is sent replaces all segments of a shopper that were sent before, and"
                            + " counts from the next decision on; on other instances within seconds. Rules ask for them with"
                            + " inSegment.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = Batch.class),
                            examples = @ExampleObject(name = "One is in two, one in none", value = EXAMPLE)))
    @APIResponse(
            responseCode = "200",
            description = "One result for each shopper",
            content = @Content(schema = @Schema(implementation = Results.class)))
    @APIResponse(
            responseCode = "400",
            description = "The batch cannot be read, is empty, or has more than 1000 shoppers",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database cannot be reached; nothing was stored",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Results store(Batch batch) {
        List<JsonNode> entries = Check.required("segments", batch == null ? null : batch.segments());
        if (entries.isEmpty() || entries.size() > SHOPPERS_MAX) {
            throw new ProblemException(
                    "segments", "has " + entries.size() + " elements; must have from 1 to " + SHOPPERS_MAX);
        }
        Map<String, Set<String>> byShopper = new HashMap<>();
        List<SentSegments> good = new ArrayList<>();
        List<Result> results = new ArrayList<>(entries.size());
        for (int i = 0; i < entries.size(); i++) {
            try {
                SentSegments sent = SentSegments.read(entries.get(i), "segments[" + i + "]");
                good.add(sent);
                // of two entries of one shopper, the later one counts
                byShopper.put(keys.stored(sent.shopper()), Set.copyOf(sent.segments()));
                results.add(null);
            } catch (ProblemException bad) {
                JsonNode shopper =
                        entries.get(i) == null ? null : entries.get(i).get("shopper");
                results.add(new Result(shopper == null ? null : shopper.textValue(), Status.REFUSED, Problem.of(bad)));
            }
        }
        Set<String> unreadable = byShopper.isEmpty() ? Set.of() : writer.write(byShopper, caller);
        int next = 0;
        for (int i = 0; i < results.size(); i++) {
            if (results.get(i) == null) {
                results.set(i, result(good.get(next++), "segments[" + i + "]", unreadable));
            }
        }
        return new Results(results);
    }

    private Result result(SentSegments sent, String at, Set<String> unreadable) {
        if (!unreadable.contains(keys.stored(sent.shopper()))) {
            return new Result(sent.shopper(), Status.STORED, null);
        }
        ProblemException problem = new ProblemException(
                503, at, "cannot be changed, because what is stored of the shopper cannot be read");
        return new Result(sent.shopper(), Status.REFUSED, Problem.of(problem));
    }
}
