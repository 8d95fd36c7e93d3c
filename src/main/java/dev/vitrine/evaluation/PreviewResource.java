package dev.vitrine.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.DatabaseState;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** One visit through the live edition and a draft of the next, side by side. */
@Path("/rulebook/preview")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rehearsal")
final class PreviewResource {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Drafts drafts;
    private final DryRuns trials;
    private final Rulebook rulebook;
    private final DatabaseState database;

    PreviewResource(Drafts drafts, DryRuns trials, Rulebook rulebook, DatabaseState database) {
        this.drafts = drafts;
        this.trials = trials;
        this.rulebook = rulebook;
        this.database = database;
    }

    @Schema(name = "PreviewRequest")
    record Asked(
            @Schema(required = true, description = "The change, laid over the edition published last") List<Edit> files,
            @Schema(description = "A recorded decision to make once more; or else 'request'") String decisionId,
            @Schema(description = "A decision request made up for this; nothing of it is kept")
                    DecisionRequest request) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Preview")
    record Preview(
            @Schema(description = "The recorded decision; absent for one made up") String decisionId,
            OffsetDateTime at,
            String placement,
            LiveSide live,
            DraftSide draft,
            @Schema(description = "Rank-biased overlap of both lists: 1 is the same list, 0 has nothing in common")
                    double overlap,
            @Schema(description = "What stands elsewhere, in the order of the draft's list, then what is gone")
                    List<RankChange> moved) {}

    @Schema(name = "PreviewLive")
    record LiveSide(int edition, DecisionAnswer answer) {}

    @Schema(name = "PreviewDraft")
    record DraftSide(
            DecisionAnswer answer,
            @Schema(description = "What is odd about the draft, and would not keep it from being published")
                    List<RuleProblem> problems) {}

    @POST
    @Operation(
            summary = "One visit through the live edition and a draft: two shelves, who moved, which rule did it",
            description =
                    "Serves nobody, keeps nothing. Shares of an hour or a day are settled as if it had just begun.")
    @APIResponse(responseCode = "404", description = "There is no such decision, or it can no longer be read")
    @APIResponse(responseCode = "422", description = "The draft has faults; the answer has all of them")
    public Preview preview(Asked asked) throws InvalidRulesException {
        Check.required("body", asked);
        if ((asked.decisionId() == null) == (asked.request() == null)) {
            throw new ProblemException("decisionId", "or 'request' is required, one of the two");
        }
        ReplayInput question = asked.request() == null ? recorded(asked.decisionId()) : madeUp(asked.request());
        Drafts.CompiledDraft draft = drafts.of(asked.files());
        Edition live = rulebook.live();
        EditionComparison pair = EditionComparison.of(trials, question, live, draft.edition(), false);
        return new Preview(
                asked.decisionId(),
                question.context().at().atOffset(ZoneOffset.UTC),
                question.facts().placement().name(),
                new LiveSide(live.number(), pair.live().answer()),
                new DraftSide(pair.draft().answer(), draft.warnings()),
                pair.overlap(),
                RankChange.between(pair));
    }

    private ReplayInput recorded(String decisionId) {
        Check.key("decisionId", decisionId);
        try {
            return trials.recorded(decisionId)
                    .orElseThrow(() -> new ProblemException(
                            404,
                            "decisionId",
                            "there is no decision '" + decisionId + "' whose facts are kept and can be read"));
        } catch (SQLException e) {
            database.failed(e);
            throw new UnavailableException("Recorded decisions cannot be read now; try again later", RETRY_AFTER, e);
        }
    }

    private ReplayInput madeUp(DecisionRequest request) {
        try {
            return trials.madeUp(request);
        } catch (ProblemException bad) {
            throw new ProblemException(
                    bad.status(), bad.field() == null ? "request" : "request." + bad.field(), bad.getMessage());
        }
    }
}
