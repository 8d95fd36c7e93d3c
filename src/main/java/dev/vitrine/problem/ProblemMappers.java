package dev.vitrine.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error that leaves the service leaves it as a {@link Problem}; nothing of the inside leaks. */
final class ProblemMappers {
    private static final Logger LOG = Logger.getLogger(ProblemMappers.class);

    @ServerExceptionMapper
    Response badInput(BadInput bad) {
        return Problem.of(Response.Status.fromStatusCode(bad.status()), bad.getMessage(), bad.field())
                .response();
    }

    @ServerExceptionMapper(priority = 1)
    Response json(JsonProcessingException e) {
        return badInput(Json.problem(e, null));
    }

    @ServerExceptionMapper
    Response web(WebApplicationException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof JsonProcessingException json) {
                return json(json);
            }
            if (cause instanceof BadInput bad) {
                return badInput(bad);
            }
        }
        Response.StatusType status = e.getResponse().getStatusInfo();
        if (status.getFamily() == Response.Status.Family.SUCCESSFUL
                || status.getFamily() == Response.Status.Family.REDIRECTION) {
            return e.getResponse();
        }
        if (status.getFamily() == Response.Status.Family.SERVER_ERROR && status.getStatusCode() != 503) {
            return unforeseen(e);
        }
        return Problem.of(status, e.getMessage(), null).response();
    }

    @ServerExceptionMapper
    Response unforeseen(Throwable e) {
        String id = UUID.randomUUID().toString();
        LOG.errorf(e, "Unforeseen error %s", id);
        return Problem.of(
                        Response.Status.INTERNAL_SERVER_ERROR,
                        "Something broke that should not have; the log has it under " + id,
                        null)
                .response();
    }
}
