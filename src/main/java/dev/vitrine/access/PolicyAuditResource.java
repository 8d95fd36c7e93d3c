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

/** Who did what to rules and campaigns. */
@Path("/rulebook/audit")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class PolicyAuditResource {
    private static final List<String> POLICY = List.of("rulebook", "draft", "campaign", "backtest", "shadow");

    private final AuditPages pages;

    PolicyAuditResource(AuditPages pages) {
        this.pages = pages;
    }

    @GET
    @Operation(
            summary = "Every change of rules and campaigns and every attempt, newest first",
            description = AuditPages.PARAMETERS)
    public AuditPages.Page entries(@BeanParam AuditPages.Wanted wanted) {
        return pages.page(wanted, POLICY);
    }
}
