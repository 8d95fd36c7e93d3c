package dev.vitrine.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Problem details (RFC 9457); the field is a path such as {@code candidates[3].score}, absent if no single one is wrong. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(description = "Problem details (RFC 9457)")
public record Problem(int status, String title, String detail, String field) {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** 422, which {@link Response.Status} does not have yet. */
    private static final String UNPROCESSABLE = "Unprocessable Content";

    public Problem {
        detail = writable(detail);
        field = writable(field);
    }

    public static Problem of(ProblemException problem) {
        Response.StatusType known = Response.Status.fromStatusCode(problem.status());
        String title = known == null ? UNPROCESSABLE : known.getReasonPhrase();
        return new Problem(problem.status(), title, problem.getMessage(), problem.field());
    }

    public static Problem of(Response.StatusType status, String detail, String field) {
        return new Problem(status.getStatusCode(), status.getReasonPhrase(), detail, field);
    }

    public Response response() {
        return Response.status(status).type(MEDIA_TYPE).entity(this).build();
    }

    /** Both may quote the request, and half a surrogate pair cannot be written as UTF-8. */
    private static String writable(String text) {
        return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
