package dev.vitrine.rulebook;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.access.Needs;
import dev.vitrine.access.Role;
import dev.vitrine.problem.BadInput;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.Unavailable;
import dev.vitrine.storage.DatabaseState;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes of the rule book for a time in the future, and for a span. */
@Path("/rulebook/scheduled")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class ScheduleResource {
    private static final int SHOWN_MAX = 100;
    /** Our choice: a year's campaigns; each may hold a whole rule book. */
    private static final int OPEN_MAX = 100;

    private static final Duration AHEAD_MAX = Duration.ofDays(731);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Schedule schedule;
    private final ScheduleStore store;
    private final EditionStore editions;
    private final Rulebook rulebook;
    private final DatabaseState database;
    private final Caller caller;
    private final Clock clock;

    ScheduleResource(
            Schedule schedule,
            ScheduleStore store,
            EditionStore editions,
            Rulebook rulebook,
            DatabaseState database,
            Caller caller,
            Clock clock) {
        this.schedule = schedule;
        this.store = store;
        this.editions = editions;
        this.rulebook = rulebook;
        this.database = database;
        this.caller = caller;
        this.clock = clock;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "ScheduledChange")
    record Shown(
            long id,
            @Schema(description = "planned, running, over, cancelled or failed") Planned.State state,
            OffsetDateTime from,
            OffsetDateTime until,
            String author,
            String note,
            List<String> paths,
            @Schema(description = "The edition that it went live as") Integer edition,
            @Schema(description = "What came of it") String outcome,
            @Schema(description = "Absent in the list") List<Edit> files,
            @Schema(description = "What is odd about it as the shop stands now; only in the answer to its planning")
                    List<RuleProblem> warnings) {
        static Shown of(Planned planned, List<Edit> files, List<RuleProblem> warnings) {
            return new Shown(
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
                    warnings);
        }
    }

    @Schema(name = "ScheduledChanges", description = "The " + SHOWN_MAX + " that begin last, the last one first")
    record Page(List<Shown> scheduled) {}

    @GET
    @Operation(summary = "Changes that are planned, running or over, with what came of them")
    public Page list() {
        return new Page(asked(() -> store.list(SHOWN_MAX)).stream()
                .map(planned -> Shown.of(planned, null, null))
                .toList());
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A scheduled change with its files")
    public Shown one(@PathParam("id") long id) {
        Planned planned = asked(() -> schedule.find(id));
        return Shown.of(planned, planned.edits(), null);
    }

    @Schema(name = "ScheduledWish")
    record Wish(
            @Schema(description = "1 to " + RuleFolder.FILES_MAX) List<Edit> files,
            @Schema(description = "Why, in at most 500 characters") String note,
            @Schema(description = "Who answers for it; the key's name when absent") String author,
            @Schema(
                            description =
                                    "The edition that the editor began with: when one of the files is changed before its time, nothing is published")
                    Integer base,
            @Schema(required = true, description = "When it goes live, with offset; at most two years ahead")
                    OffsetDateTime from,
            @Schema(description = "When its files go back to what they were; they stay when absent")
                    OffsetDateTime until) {}

    @POST
    @Needs(Role.MERCHANDISER)
    @Operation(
            summary = "Plans these files for a time",
            description = "Checked now, and once more when the time comes, laid over what is live then. At the end the"
                    + " files go back, unless one of them was changed meanwhile: then all stay as they are, and the"
                    + " outcome says so.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shown.class)))
    @APIResponse(responseCode = "409", description = OPEN_MAX + " are planned or running already")
    @APIResponse(responseCode = "422", description = "The rules have faults; the answer has all of them")
    public Shown plan(Wish asked) throws RuleBookFaults {
        List<Edit> edits = Edit.checked(Check.required("body", asked).files());
        if (edits.isEmpty()) {
            throw new BadInput("files", "is empty; there is nothing to publish");
        }
        Instant from = later("from", asked.from(), clock.instant(), "now; POST /rulebook/publish publishes at once");
        Instant until = asked.until() == null ? null : later("until", asked.until(), from, "'from'");
        if (asked.base() != null) {
            int base = Check.whole("base", asked.base(), 1, Integer.MAX_VALUE);
            if (asked(() -> editions.edition(base)).isEmpty()) {
                throw Rulebook.noEdition(base, 400);
            }
        }
        Publication as = RulebookResource.as(caller, asked.author(), asked.note(), "");
        if (asked(store::open).size() >= OPEN_MAX) {
            throw new BadInput(409, null, "there are " + OPEN_MAX + " scheduled changes already; cancel some first");
        }
        Draft draft = rulebook.draft(edits);
        if (!draft.faults().isEmpty()) {
            throw new RuleBookFaults(draft.faults());
        }
        Planned planned = new Planned(
                0,
                Planned.State.PLANNED,
                edits,
                asked.base(),
                as.author(),
                as.note(),
                as.origin(),
                from,
                until,
                List.of(),
                null,
                "");
        String detail = "from " + from + (until == null ? "" : " until " + until)
                + (as.note().isEmpty() ? "" : ": " + as.note());
        Audit.Entry entry =
                new Audit.Entry(clock.instant(), as.author(), as.origin(), Audit.Action.SCHEDULED, null, detail);
        long id = asked(() -> store.add(planned, entry));
        return Shown.of(asked(() -> schedule.find(id)), null, draft.warnings());
    }

    private Instant later(String field, OffsetDateTime value, Instant than, String what) {
        Check.after(field, value, than, what);
        return Check.ahead(field, value, clock.instant(), AHEAD_MAX);
    }

    @DELETE
    @Path("/{id}")
    @Needs(Role.MERCHANDISER)
    @Operation(summary = "Cancels a change that is planned, or ends one that is running: its files go back now")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Shown.class)))
    @APIResponse(responseCode = "409", description = "It is over")
    public Shown stop(@PathParam("id") long id) {
        return Shown.of(asked(() -> schedule.stop(id, RulebookResource.as(caller, null, null, ""))), null, null);
    }

    private interface Question<T> {
        T answer() throws SQLException;
    }

    private <T> T asked(Question<T> question) {
        try {
            return question.answer();
        } catch (SQLException e) {
            database.failed(e);
            throw new Unavailable("The schedule of the rule book cannot be used now; try again later", RETRY_AFTER, e);
        }
    }
}
