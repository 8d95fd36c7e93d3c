package dev.vitrine.evaluation;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs a draft beside live decisions; nobody sees what it decides. */
@Path("/rulebook/shadow")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "evaluation")
final class ShadowResource {
    private static final int MINUTES = 60;
    private static final int MINUTES_MAX = 1_440;

    private final Drafts drafts;
    private final Shadow shadow;
    private final Rulebook rulebook;
    private final Caller caller;
    private final Audit audit;
    private final Clock clock;

    ShadowResource(Drafts drafts, Shadow shadow, Rulebook rulebook, Caller caller, Audit audit, Clock clock) {
        this.drafts = drafts;
        this.shadow = shadow;
        this.rulebook = rulebook;
        this.caller = caller;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(name = "ShadowRequest")
    record ShadowRequest(
            @Schema(description = "The change, laid over the edition published last") List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft,
            @Schema(required = true, description = "Share of visits that it follows: above 0, at most 1") Double share,
            @Schema(minimum = "1", maximum = "1440", defaultValue = "60") Integer minutes,
            @Schema(description = "Why, in at most " + Drafts.NOTE_MAX + " characters") String note) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Runs a draft on a share of live visits; no answer waits for it",
            description = "A visit is followed from its first decision to its last, or not at all. One shadow runs at a"
                    + " time. It ends when its time is up, when the service stops, or after " + Shadow.VISITS_MAX
                    + " visits.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shadow.Status.class)))
    @APIResponse(responseCode = "409", description = "Another one is running")
    @APIResponse(responseCode = "422", description = "The draft has faults; the answer has all of them")
    public Shadow.Status begin(ShadowRequest request) throws InvalidRulesException {
        Check.required("body", request);
        double share = Check.number("share", request.share(), 0, 1);
        if (share == 0) {
            throw new ProblemException("share", "is 0; must be above 0 and at most 1");
        }
        int minutes = Check.whole("minutes", requireNonNullElse(request.minutes(), MINUTES), 1, MINUTES_MAX);
        String note = requireNonNullElse(Check.text("note", request.note(), Drafts.NOTE_MAX), "");
        Drafts.CompiledDraft draft = drafts.of(request.files(), request.draft());
        Shadow.Status begun =
                shadow.begin(draft, rulebook.live().number(), share, Duration.ofMinutes(minutes), caller.name(), note);
        log(Audit.Action.SHADOW_STARTED, note);
        return begun;
    }

    @GET
    @Operation(summary = "The running shadow, or the last one since the start, and its report so far")
    public Shadow.Status status() {
        return shadow.status();
    }

    @DELETE
    @Operation(summary = "Ends the shadow; its report stays until the next one, or the next start")
    public Shadow.Status end() {
        Shadow.Status ended = shadow.end("ended by " + caller.name());
        log(Audit.Action.SHADOW_ENDED, "");
        return ended;
    }

    private void log(Audit.Action action, String note) {
        audit.add(Audit.Entry.by(caller, clock.instant(), action, note).about("shadow", ""));
    }
}
