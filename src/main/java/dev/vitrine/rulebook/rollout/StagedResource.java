package dev.vitrine.rulebook.rollout;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Caller;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Problem;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.EditConflictException;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.RulebookResource;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** An edition for a share of visits, on its way to all or back. */
@Path("/rulebook/staged")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class StagedResource {
    private static final int STEPS_MAX = 20;
    /** One visit in ten thousand; a smaller share shows nothing in a reasonable time. */
    private static final double SHARE_MIN = 0.0001;
    /** A rollout that takes longer than a year has been forgotten. */
    private static final Duration AHEAD_MAX = Duration.ofDays(366);

    private final RolloutController rollouts;
    private final ProposedFiles proposals;
    private final Caller caller;
    private final Clock clock;
    private final ZoneId zone;

    StagedResource(RolloutController rollouts, ProposedFiles proposals, Caller caller, Clock clock, RuleCheck check) {
        this.rollouts = rollouts;
        this.proposals = proposals;
        this.caller = caller;
        this.clock = clock;
        this.zone = check.zone();
    }

    @Schema(name = "StagedFigures", description = "Of this instance, since it is staged or the service started")
    record Figures(
            long decisions,
            @Schema(description = "Share of degraded answers, 0 to 1") double errors,
            @Schema(description = "Share of lists with nothing on them, 0 to 1") double emptyLists,
            @Schema(description = "Median of the time, in microseconds, within 10 %") long tookP50Micros,
            @Schema(description = "99th percentile of the time, in microseconds, within 10 %") long tookP99Micros) {
        static Figures of(EditionMetrics performance) {
            return new Figures(
                    performance.decisions(),
                    performance.errors(),
                    performance.emptyLists(),
                    performance.quantile(0.5),
                    performance.quantile(0.99));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "StagedEdition")
    record Staged(
            int edition,
            @Schema(description = "The published edition that it was made from") int base,
            double share,
            @Schema(description = "Steps to come") List<Rollout.Step> steps,
            OffsetDateTime stagedAt,
            String author,
            String note,
            Figures staged,
            @Schema(description = "Visits outside of the share") Figures live,
            List<Guardrails.Verdict> guardrails,
            Guardrails limits,
            @Schema(description = "What keeps a step from being taken; absent where nothing does") String problem) {
        static Staged of(RolloutController.Running running) {
            Rollout rollout = running.rollout();
            return new Staged(
                    rollout.number(),
                    rollout.base(),
                    rollout.share(),
                    rollout.steps(),
                    rollout.edition().publishedAt().atOffset(ZoneOffset.UTC),
                    rollout.edition().author(),
                    rollout.edition().note(),
                    Figures.of(running.staged()),
                    Figures.of(running.live()),
                    running.verdicts(),
                    rollout.guardrails(),
                    running.problem());
        }
    }

    @Schema(name = "StagedOutcome")
    record Ended(
            int edition,
            @Schema(description = "promoted or withdrawn") StoredEdition.State state,
            OffsetDateTime endedAt,
            String outcome) {
        static Ended of(Rollout rollout) {
            return new Ended(
                    rollout.number(),
                    rollout.edition().state(),
                    rollout.endedAt().atOffset(ZoneOffset.UTC),
                    rollout.outcome());
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StagedNow(
            @Schema(description = "Absent where nothing is staged") Staged staged,
            @Schema(description = "How the one before ended; absent where there was none") Ended last) {}

    @GET
    @Operation(summary = "What is staged, how it does beside the live edition, and how the last one ended")
    public StagedNow staged() {
        rollouts.requireKnown();
        RolloutController.Running running = rollouts.running();
        Rollout last = rollouts.last();
        return new StagedNow(running == null ? null : Staged.of(running), last == null ? null : Ended.of(last));
    }

    @Schema(name = "StagedWishStep", description = "A share from a time on; 1 in the last step publishes it for all")
    record WantedStep(
            @Schema(
                            required = true,
                            description = "ISO 8601 with offset, or local in the shop's zone",
                            examples = "2026-12-05T20:00")
                    String at,
            @Schema(required = true, description = "Of visits, 0.0001 to 1") Double share) {}

    @Schema(name = "StagedWish")
    record Wish(
            @Schema(description = "1 to " + RuleFile.FILES_MAX) List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft,
            @Schema(description = "Why, in at most 500 characters") String note,
            @Schema(description = RulebookResource.ACCEPT) String accept,
            @Schema(required = true, description = "Of visits, 0.0001 to 1") Double share,
            @Schema(description = "At most " + STEPS_MAX + ", one after the other, at most 366 days ahead")
                    List<WantedStep> steps,
            Guardrails guardrails) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Makes an edition of these files and gives it to a share of visits",
            description = "The same shopper, or visit where none is known, always gets the same. One at a time.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Staged.class)))
    @APIResponse(responseCode = "403", description = "Two people are asked for here: stage an approved draft")
    @APIResponse(responseCode = "409", description = "Another edition is staged")
    @APIResponse(
            responseCode = "422",
            description =
                    "The rules have faults, or leave too many lists empty, short or degraded; the answer has all of it")
    public Staged stage(Wish asked) throws InvalidRulesException {
        List<Edit> edits = proposals
                .served(Check.required("body", asked).files(), asked.draft(), null)
                .edits();
        double share = Check.number("share", asked.share(), SHARE_MIN, 1);
        proposals.deletable(asked.files());
        List<Rollout.Step> steps = steps(asked.steps());
        Publication as =
                RulebookResource.as(caller, asked.note(), "").accepting(RulebookResource.accepted(asked.accept()));
        return Staged.of(rollouts.stage(edits, share, steps, asked.guardrails(), as));
    }

    private List<Rollout.Step> steps(List<WantedStep> asked) {
        List<WantedStep> wanted = Check.list("steps", asked, STEPS_MAX);
        List<Rollout.Step> steps = new ArrayList<>(wanted.size());
        Instant now = clock.instant();
        Instant before = now;
        for (int i = 0; i < wanted.size(); i++) {
            String field = "steps[" + i + "].";
            WantedStep step = wanted.get(i);
            double share = Check.number(field + "share", step.share(), SHARE_MIN, 1);
            OffsetDateTime at = MomentText.readLocal(field + "at", step.at(), zone);
            Check.after(field + "at", at, before, i == 0 ? "now" : "the step before, which is at " + before);
            before = Check.ahead(field + "at", at, now, AHEAD_MAX);
            steps.add(new Rollout.Step(at, share));
        }
        return steps;
    }

    @Schema(name = "StagedShare")
    record Share(@Schema(required = true, description = "Of visits, 0.0001 to 1") Double share) {}

    @POST
    @Path("/share")
    @Operation(summary = "Changes the share of visits; who is in a share stays in a larger one")
    public Staged share(Share asked) {
        double share = Check.number("share", Check.required("body", asked).share(), SHARE_MIN, 1);
        return Staged.of(rollouts.share(share, RulebookResource.as(caller, null, "")));
    }

    @POST
    @Path("/promote")
    @Operation(
            summary = "Publishes what is staged for all, as the next edition",
            description = "Checked anew and laid over the edition published last. The body is left out.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = Publication.Published.class)))
    @APIResponse(responseCode = "409", description = "One of its files was changed since; it stays staged")
    public Publication.Published promote() throws InvalidRulesException, EditConflictException {
        RolloutController.Running running = rollouts.running();
        String note = running == null ? "" : running.rollout().edition().note();
        return rollouts.promote(RulebookResource.as(caller, note, ""));
    }

    @DELETE
    @Operation(summary = "Takes back what is staged; the live edition decides for all")
    public Ended withdraw() {
        return Ended.of(rollouts.withdraw("withdrawn by " + caller.name(), RulebookResource.as(caller, null, "")));
    }
}
