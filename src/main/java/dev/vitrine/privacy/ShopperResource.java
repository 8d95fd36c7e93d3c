package dev.vitrine.privacy;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import io.quarkus.arc.All;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** What is stored of a shopper. */
@Path("/shoppers")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "privacy")
final class ShopperResource {
    /** Years of a busy shopper. */
    private static final Duration READ_MAX = Duration.ofMinutes(2);

    private final Erasures erasures;
    private final List<ShopperRecords> records;
    private final ShopperKeys keys;
    private final Transactions transactions;
    private final DatabaseState database;
    private final Audit audit;
    private final Caller caller;
    private final Clock clock;

    ShopperResource(
            Erasures erasures,
            @All List<ShopperRecords> records,
            ShopperKeys keys,
            Transactions transactions,
            DatabaseState database,
            Audit audit,
            Caller caller,
            Clock clock) {
        this.erasures = erasures;
        this.records = records;
        this.keys = keys;
        this.transactions = transactions;
        this.database = database;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
    }

    /** The shape of the answer, which is written as a stream. */
    @Schema(name = "StoredShopper")
    record StoredShopper(
            String shopper,
            @Schema(description = "What rules know of the shopper; null without any event or segment") Object history,
            @Schema(description = "All events, the oldest first") List<StoredEvent> events,
            @Schema(description = "Lines of this instance's disk that could not be stored as events")
                    List<String> rejectedEvents,
            @Schema(description = "All recorded decisions, the oldest first, each as it was answered, with its facts")
                    List<StoredDecision> decisions,
            @Schema(description = "What two models proposed first to the shopper, the oldest first")
                    List<Object> modelComparisons) {}

    /** Events and decisions belong to other rooms, and are here by the names of their shapes. */
    @Schema(ref = "Event")
    interface StoredEvent {}

    @Schema(ref = "ExplainedDecision")
    interface StoredDecision {}

    @GET
    @Path("/{id}")
    @Operation(
            summary = "Everything that is stored of a shopper",
            description = "By the key that the storefront sends. A shopper of whom nothing is stored is answered with"
                    + " empty lists, because the storefront knows whom it means.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = StoredShopper.class)))
    public StreamingOutput shopper(@PathParam("id") String id) {
        String shopper = keys.stored(Check.key("id", id));
        if (!database.up()) {
            throw new DatabaseUnavailableException(null);
        }
        audit.add(Audit.Entry.by(caller, clock.instant(), Audit.Action.SHOPPER_READ, "")
                .about("shopper", ""));
        return out -> transactions.call(READ_MAX, () -> {
            write(id, shopper, out);
            return null;
        });
    }

    private void write(String id, String shopper, OutputStream out) {
        try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("shopper", id);
            for (ShopperRecords each : records) {
                each.write(shopper, json);
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(
            summary = "Erases everything that is stored of a shopper",
            description =
                    "By the key that the storefront sends. The database is done when this answers, the memory of all"
                            + " instances within seconds, what waits to be stored within a minute, and the built-in model with"
                            + " its next training. Recorded decisions stay as counts, without the visit, the shopper and the"
                            + " facts. What the shopper does from now on is new.")
    @APIResponse(responseCode = "204", description = "It is erased, or there was nothing")
    public void erase(@PathParam("id") String id) {
        erasures.erase(keys.stored(Check.key("id", id)), caller);
    }
}
