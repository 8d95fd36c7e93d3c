package dev.vitrine.evaluation;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.idempotency.IdempotentCalls;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.ShopperQuestions;
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
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Runs a draft over the last decisions, beside the live edition. */
@Path("/rulebook/backtests")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "evaluation")
final class BacktestResource {
    private static final int DECISIONS_MAX = 20_000;
    private static final int DECISIONS = 1_000;
    private static final int LISTED = 100;

    private final Drafts drafts;
    private final Backtests backtests;
    private final DecisionConfig config;
    private final Caller caller;
    private final IdempotentCalls calls;
    private final Audit audit;
    private final Clock clock;

    BacktestResource(
            Drafts drafts,
            Backtests backtests,
            DecisionConfig config,
            Caller caller,
            IdempotentCalls calls,
            Audit audit,
            Clock clock) {
        this.drafts = drafts;
        this.backtests = backtests;
        this.config = config;
        this.caller = caller;
        this.calls = calls;
        this.audit = audit;
        this.clock = clock;
    }

    @Schema(name = "BacktestRequest")
    record BacktestRequest(
            @Schema(
                            description =
                                    "The change, laid over the edition published last; an empty list tries that edition against itself")
                    List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft,
            @Schema(minimum = "1", maximum = "20000", defaultValue = "1000", description = "The last so many decisions")
                    Integer decisions,
            @Schema(description = "Only decisions of this placement") String placement,
            @Schema(description = "Why, in at most " + Drafts.NOTE_MAX + " characters") String note) {}

    @Schema(name = "BacktestBegun")
    record Begun(long id) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Runs a draft over the last recorded decisions, in the background",
            description = "One backtest runs at a time. Its id leads to its progress and its report.")
    @APIResponse(
            responseCode = "202",
            description = "It has begun; 'Location' is its address",
            content = @Content(schema = @Schema(implementation = Begun.class)))
    @APIResponse(responseCode = "409", description = "Another one is running")
    @APIResponse(
            responseCode = "422",
            description =
                    "The draft has faults; the answer has all of them. Or the Idempotency-Key was sent with another body")
    public Response begin(
            @Parameter(description = IdempotentCalls.DESCRIPTION) @HeaderParam(IdempotentCalls.HEADER) String key,
            BacktestRequest request)
            throws InvalidRulesException {
        Check.required("body", request);
        return calls.once("POST /rulebook/backtests", key, request, inTransaction -> begin(request, inTransaction));
    }

    private Response begin(BacktestRequest request, Consumer<Response> inTransaction) throws InvalidRulesException {
        int count = Check.whole("decisions", requireNonNullElse(request.decisions(), DECISIONS), 1, DECISIONS_MAX);
        String note = requireNonNullElse(Check.text("note", request.note(), Drafts.NOTE_MAX), "");
        String placement = placement(request.placement());
        Drafts.CompiledDraft draft = drafts.of(request.files(), request.draft());
        return begun(backtests.begin(draft, count, placement, caller.name(), note, id -> {
            inTransaction.accept(begun(id));
            audit.addInTransaction(entry(Audit.Action.BACKTEST_STARTED, id, note));
        }));
    }

    private static Response begun(long id) {
        return Response.accepted(new Begun(id))
                .location(URI.create("/rulebook/backtests/" + id))
                .build();
    }

    private String placement(String name) {
        Set<String> known = Set.copyOf(config.placements());
        if (name == null || known.contains(name)) {
            return name;
        }
        throw new ProblemException("placement", "is not a known placement" + Nearest.hint(name, known));
    }

    @Schema(name = "Backtests", description = "Newest first")
    record Listed(List<Backtest> backtests) {}

    @GET
    @Operation(summary = "The last 100 backtests, newest first, without drafts and reports")
    public Listed list() {
        return new Listed(backtests.list(LISTED));
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "A backtest: its progress and its report")
    public Backtest backtest(@PathParam("id") long id) {
        return told(backtests.find(id).orElseThrow(() -> missing(id)));
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Stops a backtest; the report covers what it did until then")
    public Backtest stop(@PathParam("id") long id) {
        Backtest stopped = backtests.stop(id, "stopped by " + caller.name()).orElseThrow(() -> missing(id));
        audit.add(entry(Audit.Action.BACKTEST_STOPPED, id, ""));
        return told(stopped);
    }

    /** Which decisions a draft changed that asks of the shopper is an answer about shoppers. */
    private Backtest told(Backtest backtest) {
        return caller.seesShoppers() || backtest.files() == null || !ShopperQuestions.inFiles(backtest.files())
                ? backtest
                : backtest.withoutExamples();
    }

    private Audit.Entry entry(Audit.Action action, long id, String note) {
        return Audit.Entry.by(caller, clock.instant(), action, note).about("backtest", Long.toString(id));
    }

    private static ProblemException missing(long id) {
        return new ProblemException(404, "id", "there is no backtest " + id);
    }
}
