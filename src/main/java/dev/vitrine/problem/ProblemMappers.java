package dev.vitrine.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers every error as a {@link Problem}, without internal details. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    private final ConsumedTypes consumed;

    ProblemMappers(ConsumedTypes consumed) {
        this.consumed = consumed;
    }

    @ServerExceptionMapper
    Response refused(ProblemException problem) {
        return Problem.of(problem).response();
    }

    @ServerExceptionMapper
    Response unavailable(UnavailableException e) {
        Response answer = Problem.of(Response.Status.SERVICE_UNAVAILABLE, e.getMessage(), null)
                .response();
        return Response.fromResponse(answer)
                .header(HttpHeaders.RETRY_AFTER, e.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper(priority = 1)
    Response json(JsonProcessingException e, RoutingContext call) {
        ProblemException problem = Json.problem(e, null);
        Buffer body = call.body() == null ? null : call.body().buffer();
        return refused(
                body == null
                        ? problem
                        : new ProblemException(
                                problem.status(),
                                problem.field(),
                                CharacterColumns.inCharacters(problem.getMessage(), e, body.getBytes())));
    }

    /** Replaces a mapper of Quarkus that would show the names of classes. */
    @ServerExceptionMapper(priority = 1)
    Response mismatch(MismatchedInputException e, RoutingContext call) {
        return json(e, call);
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e, HttpHeaders headers, RoutingContext call) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException json) {
                return json(json, call);
            }
            if (cause instanceof ProblemException problem) {
                return refused(problem);
            }
        }
        Response.StatusType status = e.getResponse().getStatusInfo();
        if (status.getFamily() == Response.Status.Family.SUCCESSFUL
                || status.getFamily() == Response.Status.Family.REDIRECTION) {
            return e.getResponse();
        }
        if (status.getFamily() == Response.Status.Family.SERVER_ERROR && status.getStatusCode() != 503) {
            return unexpected(e);
        }
        Response answer = Problem.of(status, detail(status.getStatusCode(), e, headers, call.request()), null)
                .response();
        String allowed = e.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allowed == null
                ? answer
                : Response.fromResponse(answer)
                        .header(HttpHeaders.ALLOW, allowed)
                        .build();
    }

    private String detail(int status, WebApplicationException e, HttpHeaders headers, HttpServerRequest call) {
        return switch (status) {
            case 404 -> "There is nothing at this address";
            case 405 -> "This address does not support this method";
            case 406 -> "This address has no answer in a media type that the Accept header allows";
            case 415 ->
                unsupported(
                        headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                        consumed.of(call.method().name(), call.path()));
            default -> e.getMessage();
        };
    }

    private static String unsupported(String contentType, List<String> taken) {
        return (contentType == null
                        ? "The body came without a content type"
                        : "The body came as " + Json.shortened(contentType))
                + "; this call takes "
                + (taken.isEmpty() ? MediaType.APPLICATION_JSON : String.join(" or ", taken));
    }

    @ServerExceptionMapper
    Response unexpected(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "Unexpected error %s", id);
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "An unexpected error occurred; the log has the details under " + id,
                        null)
                .response();
    }
}
