package dev.vitrine.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.Problem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;

/** Keys of people and systems. */
@Path("/keys")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "access")
final class KeyResource {
    private final ApiKeys keys;
    private final Keyring keyring;
    private final Caller caller;

    KeyResource(ApiKeys keys, Keyring keyring, Caller caller) {
        this.keys = keys;
        this.keyring = keyring;
        this.caller = caller;
    }

    @Schema(name = "NewKey")
    record NewKey(
            @Schema(required = true, description = "Whose key it is, a person or a system; at most 64 characters")
                    String name,
            @Schema(required = true) Role role,
            @Schema(description = "At most five years (1825 days) ahead; absent for a key that does not expire")
                    OffsetDateTime expiresAt) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "CreatedKey")
    record CreatedKey(
            String name,
            Role role,
            OffsetDateTime createdAt,
            OffsetDateTime expiresAt,
            @Schema(description = "The key itself. It is shown only here and kept as a hash") String key) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Key")
    record KnownKey(
            String name,
            @Schema(implementation = Role.class) String role,
            OffsetDateTime createdAt,
            @Schema(description = "Absent for a key that the first start made") String createdBy,
            OffsetDateTime expiresAt,
            OffsetDateTime revokedAt,
            @Schema(description = "To the minute; absent for a key that was never used") OffsetDateTime lastUsedAt,
            @Schema(description = "Whether a setting of this service stands in for it") boolean replacedBySetting) {}

    @Schema(name = "Keys")
    record KnownKeys(List<KnownKey> keys) {}

    @GET
    @Operation(summary = "All keys by name, the revoked ones too", description = "A key itself cannot be read again.")
    public KnownKeys list() {
        return new KnownKeys(keys.all().stream().map(this::known).toList());
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @ResponseStatus(201)
    @Operation(
            summary = "Makes a key for a person or a system",
            description = "It is valid at once here, and within a second on other instances.")
    @APIResponse(
            responseCode = "201",
            description = "The key, shown this once",
            content = @Content(schema = @Schema(implementation = CreatedKey.class)))
    @APIResponse(responseCode = "409", description = "There is, or was, a key of this name")
    public CreatedKey create(NewKey asked) {
        Check.required("body", asked);
        ApiKeys.Created created = keys.create(asked.name(), asked.role(), asked.expiresAt(), caller);
        return new CreatedKey(
                created.key().name(),
                created.key().role(),
                time(created.at()),
                time(created.key().expiresAt()),
                created.text());
    }

    @DELETE
    @Path("/{name}")
    @ResponseStatus(204)
    @Operation(
            summary = "Revokes a key",
            description = "It is refused at once here, and within a second on other instances. Its name stays taken.")
    @APIResponse(responseCode = "204", description = "It is revoked")
    @APIResponse(responseCode = "404", description = "There is no key of this name")
    @APIResponse(responseCode = "409", description = "It is given as a setting, or the last one of an operator")
    public void revoke(@PathParam("name") String name) {
        keys.revoke(name, caller);
    }

    private KnownKey known(ApiKeyEntity row) {
        Instant used = Stream.concat(Stream.ofNullable(row.lastUsedAt), keyring.lastUsed(row.name).stream())
                .max(Instant::compareTo)
                .orElse(null);
        return new KnownKey(
                row.name,
                Json.wireName(row.role),
                time(row.createdAt),
                row.createdBy.isEmpty() ? null : row.createdBy,
                time(row.expiresAt),
                time(row.revokedAt),
                time(used),
                keyring.isGiven(row.name));
    }

    private static OffsetDateTime time(Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }
}
