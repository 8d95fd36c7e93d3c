package dev.vitrine.access;

import dev.vitrine.problem.Problem;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Who did what. */
@Path("/audit")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "access")
final class AuditResource {
    private final AuditPages pages;

    AuditResource(AuditPages pages) {
        this.pages = pages;
    }

    @GET
    @Operation(summary = "Every change and every refused attempt, newest first", description = AuditPages.PARAMETERS)
    public AuditPages.Page entries(@BeanParam AuditPages.Wanted wanted) {
        return pages.page(wanted, List.of());
    }
}
