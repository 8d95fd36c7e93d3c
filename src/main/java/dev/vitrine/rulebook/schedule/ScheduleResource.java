package dev.vitrine.rulebook.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.idempotency.IdempotentCalls;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.check.Draft;
import dev.vitrine.rulebook.check.KnownWarnings;
import dev.vitrine.rulebook.check.RuleCheck;
import dev.vitrine.rulebook.edition.EditionRepository;
import dev.vitrine.rulebook.edition.Publication;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.publish.RulebookResource;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes of the rule book for a time in the future, and for a span. */
@Path("/rulebook/scheduled")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class ScheduleResource {
    private static final int SHOWN_MAX = 100;
    /** About a year of campaigns; each change may hold a whole rule book. */
    private static final int OPEN_MAX = 100;

    private static final Duration AHEAD_MAX = Duration.ofDays(731);

    private final Schedule schedule;
    private final ScheduleRepository changes;
    private final Transactions transactions;
    private final EditionRepository editions;
    private final Audit audit;
    private final Rulebook rulebook;
    private final ProposedFiles proposals;
    private final IdempotentCalls calls;
    private final Caller caller;
    private final Clock clock;
    private final ZoneId zone;

    ScheduleResource(
            Schedule schedule,
            ScheduleRepository changes,
            Transactions transactions,
            EditionRepository editions,
            Audit audit,
            Rulebook rulebook,
            ProposedFiles proposals,
            IdempotentCalls calls,
            Caller caller,
            Clock clock,
            RuleCheck check) {
        this.schedule = schedule;
        this.changes = changes;
        this.transactions = transactions;
        this.editions = editions;
        this.audit = audit;
        this.rulebook = rulebook;
        this.proposals = proposals;
        this.calls = calls;
        this.caller = caller;
        this.clock = clock;
        this.zone = check.zone();
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ScheduledChange")
    record ScheduledChangeAnswer(
            long id,
            @Schema(description = "planned, running, over, cancelled or failed") ScheduledChange.State state,
            OffsetDateTime from,
            OffsetDateTime until,
            String author,
            String note,
            List<String> paths,
            @Schema(description = "The edition that it went live as") Integer edition,
            @Schema(description = "What came of it") String outcome,
            @Schema(description = "Absent in the list") List<Edit> files,
            @Schema(description = "What is odd about it as the shop stands now; only in the answer to its planning")
                    List<RuleProblem> warnings,
            @Schema(description = "The same of files that it does not change") List<RuleProblem> known) {
        static ScheduledChangeAnswer of(ScheduledChange planned, List<Edit> files, KnownWarnings warnings) {
            return new ScheduledChangeAnswer(
                    planned.id(),
                    planned.state(),
                    planned.from().atOffset(ZoneOffset.UTC),
                    planned.until() == null ? null : planned.until().atOffset(ZoneOffset.UTC),
                    planned.author(),
                    planned.note(),
                    planned.edits().stream().map(Edit::path).toList(),
                    planned.edition(),
                    planned.outcome(),
                    files,
                    warnings == null ? null : warnings.news(),
                    warnings == null ? null : warnings.known());
        }
    }

    @Schema(name = "ScheduledChanges", description = "The " + SHOWN_MAX + " that begin last, the last one first")
    record Page(List<ScheduledChangeAnswer> scheduled) {}

    @GET
    @Operation(summary = "Changes that are planned, running or over, with what came of them")
    public Page list() {
        return new Page(schedule.newest(SHOWN_MAX).stream()
                .map(planned -> ScheduledChangeAnswer.of(planned, null, null))
                .toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A scheduled change with its files")
    public ScheduledChangeAnswer one(@PathParam("id") long id) {
        ScheduledChange planned = schedule.find(id);
        return ScheduledChangeAnswer.of(planned, planned.edits(), null);
    }

    @Schema(name = "ScheduledWish")
    record Wish(
            @Schema(description = "1 to " + RuleFile.FILES_MAX) List<Edit> files,
            @Schema(
                            description = ProposedFiles.DRAFT
                                    + "; the draft as it is now: its later edits change nothing of this")
                    Long draft,
            @Schema(description = "Why, in at most 500 characters") String note,
            @Schema(description = RulebookResource.ACCEPT) String accept,
            @Schema(
                            description =
                                    "The edition that the editor began with: when one of the files is changed before its time, nothing is published")
                    Integer base,
            @Schema(
                            required = true,
                            description =
                                    "When it goes live: ISO 8601 with offset, or local in the shop's zone; at most two years ahead",
                            examples = "2026-12-01T20:00")
                    String from,
            @Schema(description = "When its files go back to what they were; they stay when absent") String until) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Plans these files for a time",
            description = "Checked now, and once more when the time comes, laid over what is live then. At the end the"
                    + " files go back, unless one of them was changed meanwhile: then all stay as they are, and the"
                    + " outcome says so.")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ScheduledChangeAnswer.class)))
    @APIResponse(responseCode = "403", description = "Two people are asked for here: plan an approved draft")
    @APIResponse(responseCode = "409", description = OPEN_MAX + " are planned or running already")
    @APIResponse(
            responseCode = "422",
            description =
                    "The rules have faults, or leave too many lists empty, short or degraded; the answer has all of it. Or the Idempotency-Key was sent with another body")
    public Response plan(
            @Parameter(description = IdempotentCalls.DESCRIPTION) @HeaderParam(IdempotentCalls.HEADER) String key,
            Wish asked)
            throws InvalidRulesException {
        Check.required("body", asked);
        return calls.once("POST /rulebook/scheduled", key, asked, inTransaction -> plan(asked, inTransaction));
    }

    private Response plan(Wish asked, Consumer<Response> inTransaction) throws InvalidRulesException {
        ProposedFiles.Served served = proposals.served(asked.files(), asked.draft(), asked.base());
        List<Edit> edits = served.edits();
        Instant from = later("from", asked.from(), clock.instant(), "now; POST /rulebook/publish publishes at once");
        Instant until = asked.until() == null ? null : later("until", asked.until(), from, "'from'");
        if (asked.base() != null) {
            int base = Check.whole("base", asked.base(), 1, Integer.MAX_VALUE);
            if (transactions.call(() -> editions.edition(base)).isEmpty()) {
                throw Rulebook.noEdition(base, "base", 400);
            }
        }
        Publication as = RulebookResource.as(caller, asked.note(), "");
        if (transactions.call(changes::open).size() >= OPEN_MAX) {
            throw new ProblemException(
                    409, null, "there are " + OPEN_MAX + " scheduled changes already; cancel some first");
        }
        Draft draft = rulebook.draft(edits);
        if (!draft.faults().isEmpty()) {
            throw new InvalidRulesException(draft.faults());
        }
        String accept = RulebookResource.accepted(asked.accept());
        rulebook.requireAcceptable(draft, from, accept);
        ScheduledChange planned = new ScheduledChange(
                0,
                ScheduledChange.State.PLANNED,
                edits,
                served.base(),
                as.author(),
                as.note(),
                as.origin(),
                accept,
                from,
                until,
                List.of(),
                null,
                "");
        String detail = "from " + from + (until == null ? "" : " until " + until)
                + (as.note().isEmpty() ? "" : ": " + as.note());
        Audit.Entry entry =
                new Audit.Entry(clock.instant(), as.author(), as.origin(), Audit.Action.SCHEDULED, null, detail);
        try {
            return transactions.call(() -> {
                audit.addInTransaction(entry);
                ScheduledChange added = changes.change(changes.add(planned)).orElseThrow();
                Response answer = Response.ok(ScheduledChangeAnswer.of(added, null, draft.warningsOfChange()))
                        .build();
                inTransaction.accept(answer);
                return answer;
            });
        } catch (OutcomeUnknownException e) {
            throw e.about("the scheduled change", "GET /rulebook/scheduled tells when it is back");
        }
    }

    private Instant later(String field, String value, Instant than, String what) {
        OffsetDateTime at = MomentText.readLocal(field, value, zone);
        Check.after(field, at, than, what);
        return Check.ahead(field, at, clock.instant(), AHEAD_MAX);
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Cancels a change that is planned, or ends one that is running: its files go back now")
    @APIResponse(
            responseCode = "200",
            content = @Content(schema = @Schema(implementation = ScheduledChangeAnswer.class)))
    @APIResponse(responseCode = "409", description = "It is over")
    public ScheduledChangeAnswer stop(@PathParam("id") long id) {
        return ScheduledChangeAnswer.of(schedule.stop(id, RulebookResource.as(caller, null, "")), null, null);
    }
}
