package dev.vitrine.rulebook.publish;

import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleDifference;
import dev.vitrine.rulebook.source.RuleFile;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What a draft changes against the live edition, by rule and by word. */
@Path("/rulebook/changes")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class ChangesResource {
    private final Rulebook rulebook;
    private final ProposedFiles proposals;

    ChangesResource(Rulebook rulebook, ProposedFiles proposals) {
        this.rulebook = rulebook;
        this.proposals = proposals;
    }

    /** The difference between the live edition and a draft laid over it; {@code files} includes examples. */
    @Schema(name = "DraftChanges")
    record Changes(
            @Schema(description = "The live edition, with which it is compared") int edition,
            List<RuleDifference> rules,
            List<String> files) {}

    @GET
    @Operation(summary = "What a draft changes against the live edition, by rule and by word")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Changes.class)))
    @APIResponse(responseCode = "404", description = "There is no such draft")
    public Changes changes(@QueryParam("draft") Long draft) {
        return changes(null, Check.required("draft", draft));
    }

    @Schema(name = "DraftFiles")
    record Comparing(
            @Schema(description = "At most " + RuleFile.FILES_MAX) List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft) {}

    @POST
    @Operation(
            summary = "What these files change against the live edition, by rule and by word; changes nothing",
            description = "The files need not compile.")
    public Changes compare(Comparing asked) {
        Check.required("body", asked);
        return changes(asked.files(), asked.draft());
    }

    private Changes changes(List<Edit> files, Long draft) {
        Edition live = rulebook.live();
        List<RuleFile> later = Edit.over(live.files(), proposals.tried(files, draft));
        proposals.deletable(files);
        return new Changes(
                live.number(), RuleDifference.between(live.files(), later), RuleChange.files(live.files(), later));
    }
}
