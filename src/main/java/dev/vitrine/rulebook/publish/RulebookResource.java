package dev.vitrine.rulebook.publish;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.TextKind;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.HarmfulChangeException;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.Reach;
import dev.vitrine.rulebook.folder.FolderConflict;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Reads the live rule book, checks a change, and publishes it. */
@Path("/rulebook")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
public final class RulebookResource {
    static final int NOTE_MAX = 500;
    public static final String ACCEPT =
            "Why lists may become worse, in at most 500 characters: without it, a change that leaves more than a twentieth of recent lists empty, short or degraded is refused";
    private final Rulebook rulebook;
    private final ProposedFiles proposals;
    private final Caller caller;
    private final Clock clock;

    RulebookResource(Rulebook rulebook, ProposedFiles proposals, Caller caller, Clock clock) {
        this.rulebook = rulebook;
        this.proposals = proposals;
        this.caller = caller;
        this.clock = clock;
    }

    @Schema(name = "Rulebook", description = "The edition that decides now")
    record RulebookAnswer(
            int edition,
            OffsetDateTime publishedAt,
            String author,
            String note,
            String hash,
            List<RuleFile> files,
            List<RuleCard> rules,
            @Schema(
                            description =
                                    "Warnings as the shop is now: words that no product has, dates that are past; and what the folder holds under the name of a rule file and is none")
                    List<RuleProblem> warnings,
            @Schema(description = "Problems that keep the rules folder from being published")
                    List<RuleProblem> problems,
            @Schema(description = "Files that were changed in the folder and by an edition, and wait for a decision")
                    List<FolderConflict> conflicts) {}

    @GET
    @Operation(
            summary =
                    "The live edition of the rule book: its files, its rules, and what keeps the folder from being published")
    public RulebookAnswer live() {
        Edition edition = rulebook.live();
        return new RulebookAnswer(
                edition.number(),
                edition.publishedAt().atOffset(ZoneOffset.UTC),
                edition.author(),
                edition.note(),
                edition.hash(),
                edition.files(),
                edition.rules(),
                Stream.concat(rulebook.status().skipped().stream(), rulebook.warnings().stream())
                        .toList(),
                rulebook.problems(),
                rulebook.conflicts());
    }

    @Schema(name = "RuleFiles")
    record Checking(
            @Schema(description = "At most " + RuleFile.FILES_MAX + "; an empty list checks the live edition")
                    List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft,
            @Schema(description = ACCEPT) String accept) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RuleProblems")
    record Found(
            @Schema(description = "All faults, and the warnings of the files that change") List<RuleProblem> problems,
            @Schema(description = "Warnings of other files, as they were before this change") List<RuleProblem> known,
            @Schema(
                            description =
                                    "What each new, changed or deleted rule would do to recent lists; absent where no rule is, or there are faults")
                    Reach reach) {}

    @POST
    @Path("/check")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Reports all problems of these files, laid over the live edition; changes nothing",
            description =
                    "A fault keeps the files from being published, a warning does not. Files that cannot be read do"
                            + " not keep the others from being compiled and tried on their examples.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Found.class)))
    @APIResponse(
            responseCode = "422",
            description = "A file is to be deleted that is not there",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "503", description = "Too many checks are running")
    public Found check(Checking asked) {
        Check.required("body", asked);
        String accept = accepted(asked.accept());
        List<Edit> edits = proposals.tried(asked.files(), asked.draft());
        proposals.deletable(asked.files());
        Draft draft = rulebook.draft(edits);
        KnownWarnings warnings = draft.warningsOfChange();
        Reach reach = rulebook.reach(draft, clock.instant());
        if (reach == null || !reach.refused() || accept != null) {
            return new Found(
                    Stream.concat(draft.faults().stream(), warnings.news().stream())
                            .toList(),
                    warnings.known(),
                    reach);
        }
        // whatever it breaks, other people's rules are not what is to be mended
        Set<String> changed = edits.stream().map(Edit::path).collect(Collectors.toSet());
        return new Found(
                Stream.concat(
                                HarmfulChangeException.problems(reach, draft.rules()).stream(),
                                warnings.news().stream().filter(warning -> changed.contains(warning.file())))
                        .toList(),
                warnings.known(),
                reach);
    }

    @Schema(name = "RulePublication")
    record Publishing(
            @Schema(description = "1 to " + RuleFile.FILES_MAX) List<Edit> files,
            @Schema(description = "Why, in at most " + NOTE_MAX + " characters") String note,
            @Schema(
                            description =
                                    "The edition that the editor began with: a file that was changed since is not overwritten")
                    Integer base,
            @Schema(description = ACCEPT) String accept) {}

    @POST
    @Path("/publish")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(summary = "Publishes these files, laid over the edition published last, as the next edition")
    @APIResponse(
            responseCode = "200",
            description = "It is stored and live; 'unchanged' if the live edition already says this",
            content = @Content(schema = @Schema(implementation = Publication.Published.class)))
    @APIResponse(responseCode = "403", description = "Two people are asked for here: make a draft of it")
    @APIResponse(
            responseCode = "409",
            description = "Somebody else changed a file since the base; the answer has both texts",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = RefusedRules.class)))
    @APIResponse(
            responseCode = "422",
            description =
                    "The rules have faults; the answer has all of them. Or they leave too many lists empty, short or degraded: the answer has their 'reach'",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = RefusedRules.class)))
    @APIResponse(
            responseCode = "503",
            description =
                    "The database cannot be used; nothing was published, unless the detail says that it may have been")
    public Publication.Published publish(Publishing asked) throws InvalidRulesException, EditConflictException {
        List<Edit> edits = proposals.checked(Check.required("body", asked).files());
        if (edits.isEmpty()) {
            throw new ProblemException("files", "is empty; there is nothing to publish");
        }
        if (asked.base() != null) {
            Check.whole("base", asked.base(), 1, Integer.MAX_VALUE);
        }
        proposals.deletable(edits);
        return rulebook.publish(
                edits, asked.base(), as(caller, asked.note(), "").accepting(accepted(asked.accept())));
    }

    /** Why lists may become worse; null where nothing can be read of it. */
    public static String accepted(String reason) {
        return reason == null || TextKind.showsNothing(reason) ? null : Check.text("accept", reason, NOTE_MAX);
    }

    /** Who publishes is who calls, never what the request says. */
    public static Publication as(Caller caller, String note, String noNote) {
        return new Publication(
                caller.name(), requireNonNullElse(Check.text("note", note, NOTE_MAX), noNote), caller.address());
    }
}
