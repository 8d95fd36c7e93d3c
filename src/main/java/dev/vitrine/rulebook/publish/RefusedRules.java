package dev.vitrine.rulebook.publish;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.problem.Problem;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.HarmfulChangeException;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Problem details (RFC 9457) that say why nothing was published, with what an editor needs to fix it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(
        name = "RefusedRules",
        description = "Problem details (RFC 9457), with what is wrong or what somebody else has changed")
record RefusedRules(
        int status,
        String title,
        String detail,
        List<RuleProblem> problems,
        List<EditConflictException.Change> changes,
        @Schema(description = "What a change that was refused would do to recent lists") Reach reach) {
    private static final int UNPROCESSABLE = 422;

    private Response response() {
        return Response.status(status).type(Problem.MEDIA_TYPE).entity(this).build();
    }

    static final class Mappers {
        @ServerExceptionMapper
        Response harmful(HarmfulChangeException harm) {
            return new RefusedRules(
                            UNPROCESSABLE,
                            "Unprocessable Content",
                            "The rules are not published. " + HarmfulChangeException.message(harm.reach())
                                    + " If that is meant, say why in 'accept'",
                            harm.problems(),
                            List.of(),
                            harm.reach())
                    .response();
        }

        @ServerExceptionMapper
        Response faults(InvalidRulesException faults) {
            return faults(
                    "The rules cannot be published: " + count(faults) + "; the live edition continues to serve",
                    faults);
        }

        @ServerExceptionMapper
        Response unfit(UnfitDraftException faults) {
            return faults("The draft was not kept: " + count(faults) + " in its files", faults);
        }

        private static String count(InvalidRulesException faults) {
            int count = faults.problems().size();
            return count == 1 ? "one fault" : count + " faults";
        }

        private static Response faults(String detail, InvalidRulesException faults) {
            return new RefusedRules(UNPROCESSABLE, "Unprocessable Content", detail, faults.problems(), List.of(), null)
                    .response();
        }

        @ServerExceptionMapper
        Response editedMeanwhile(EditConflictException conflict) {
            return new RefusedRules(
                            Response.Status.CONFLICT.getStatusCode(),
                            Response.Status.CONFLICT.getReasonPhrase(),
                            conflict.getMessage(),
                            List.of(),
                            conflict.changes(),
                            null)
                    .response();
        }
    }
}
