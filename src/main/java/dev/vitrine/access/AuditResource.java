package dev.vitrine.access;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what to the rule book. */
@Path("/rulebook/audit")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class AuditResource {
    private static final int LIMIT_MAX = 100;
    private static final int LIMIT = 50;

    private final Audit audit;

    AuditResource(Audit audit) {
        this.audit = audit;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AuditEntry(
            long id,
            OffsetDateTime at,
            String who,
            @Schema(description = "The address that the call came from, or 'folder'") String origin,
            Audit.Action action,
            Integer edition,
            String detail) {}

    @Schema(name = "AuditLog", description = "Newest first")
    record Page(List<AuditEntry> entries) {}

    @GET
    @Operation(
            summary = "Every change of the rule book and every attempt, newest first",
            description = "'limit' is 1 to 100 (50 when absent); 'before' goes on from the last id of a page.")
    public Page entries(@QueryParam("limit") Integer limit, @QueryParam("before") Long before) {
        int most = Check.whole("limit", requireNonNullElse(limit, LIMIT), 1, LIMIT_MAX);
        long end = requireNonNullElse(before, Long.MAX_VALUE);
        if (end < 1) {
            throw new ProblemException("before", "is " + end + "; must be 1 or more");
        }
        return new Page(audit.before(end, most).stream()
                .map(line -> shown(line.id(), line.entry()))
                .toList());
    }

    private static AuditEntry shown(long id, Audit.Entry entry) {
        return new AuditEntry(
                id,
                entry.at().atOffset(ZoneOffset.UTC),
                entry.who(),
                entry.origin(),
                entry.action(),
                entry.edition(),
                entry.detail());
    }
}
