package dev.vitrine.rulebook.draft;

import dev.vitrine.problem.Problem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problem details (RFC 9457) with both texts of each file. */
@Schema(name = "DraftConflict", description = "Problem details (RFC 9457), with what somebody else has changed")
record DraftConflictMapper(
        int status,
        String title,
        String detail,
        @Schema(description = "The version that the draft is at now") int version,
        @Schema(description = "Files that differ, with the text that you sent and the one that is there")
                List<DraftConflictException.Difference> changes) {
    static final class Mappers {
        @ServerExceptionMapper
        Response editedMeanwhile(DraftConflictException conflict) {
            return Response.status(Response.Status.CONFLICT)
                    .type(Problem.MEDIA_TYPE)
                    .entity(new DraftConflictMapper(
                            Response.Status.CONFLICT.getStatusCode(),
                            Response.Status.CONFLICT.getReasonPhrase(),
                            conflict.getMessage(),
                            conflict.version(),
                            conflict.differences()))
                    .build();
        }
    }
}
