package dev.vitrine.campaign;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Audit.Action;
import dev.vitrine.access.Caller;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.idempotency.IdempotentCalls;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.FieldWarning;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.LookAlikes;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.storage.DatabaseUnavailableException;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Plans, changes, starts and ends campaigns. */
@Path("/campaigns")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "campaigns", description = "What is promoted, from when to when")
@APIResponse(
        responseCode = "400",
        description = "A field is wrong; the problem names it",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
@APIResponse(
        responseCode = "503",
        description =
                "The database cannot be reached and nothing was changed, or it did not say whether it was: the detail tells."
                        + " Retry-After says when to try again",
        content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
final class CampaignResource {
    private static final int LIMIT_MAX = 100;
    /** Planned or running at once. Memory holds them all, and more are too many to oversee. */
    private static final int OPEN_MAX = Facts.CAMPAIGNS_MAX;

    private static final String EXAMPLE =
            """
            {"name": "Free shipping from 60", "theme": "spend-and-save", "threshold": 60, "mode": "promo", "priority": 50,
             "startsAt": "2026-11-27T00:00:00", "endsAt": "2026-12-01T00:00:00", "zone": "Europe/Berlin"}""";

    private final CampaignUpdater updater;
    private final Campaigns campaigns;
    private final CampaignCheck check;
    private final CampaignSpelling spelling;
    private final Rulebook rulebook;
    private final ProposedFiles proposals;
    private final IdempotentCalls calls;
    private final Audit audit;
    private final Caller caller;
    private final Clock clock;
    private final ZoneId shopZone;

    CampaignResource(
            CampaignUpdater updater,
            Campaigns campaigns,
            CampaignCheck check,
            CampaignSpelling spelling,
            Rulebook rulebook,
            ProposedFiles proposals,
            IdempotentCalls calls,
            Audit audit,
            Caller caller,
            Clock clock,
            ShopConfig config) {
        this.updater = updater;
        this.campaigns = campaigns;
        this.check = check;
        this.spelling = spelling;
        this.rulebook = rulebook;
        this.proposals = proposals;
        this.calls = calls;
        this.audit = audit;
        this.caller = caller;
        this.clock = clock;
        this.shopZone = config.zone();
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Plan a campaign",
            description = "It goes live and ends by itself, at the moments that its dates name. At most " + OPEN_MAX
                    + " campaigns may be planned or running. 'warnings' names what no product has.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = CampaignPlan.class),
                            examples = @ExampleObject(name = "spend and save", value = EXAMPLE)))
    @APIResponse(
            responseCode = "201",
            description = "The campaign is planned; Location has its address",
            content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "409",
            description = "The id is taken, or there are too many",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "422",
            description = "The Idempotency-Key was sent with another body",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Response create(
            @Parameter(description = IdempotentCalls.DESCRIPTION) @HeaderParam(IdempotentCalls.HEADER) String key,
            CampaignPlan plan) {
        required(plan);
        updater.load();
        return calls.once("POST /campaigns", key, plan, inTransaction -> create(plan, inTransaction));
    }

    private Response create(CampaignPlan plan, Consumer<Response> inTransaction) {
        Instant now = now();
        String id = plan.givenId();
        PlannedCampaign planned = plan.campaign(id == null ? plan.slug() : id, shopZone);
        if (campaigns.all().stream()
                        .filter(one -> one.state(now) != CampaignState.ENDED)
                        .count()
                >= OPEN_MAX) {
            throw new ProblemException(
                    409, null, OPEN_MAX + " campaigns are planned or running, and no more are allowed; end one first");
        }
        requireNoTwin(planned, now);
        List<FieldWarning> warnings = spelling.of("", plan);
        Response answer = created(planned, now, warnings);
        boolean added = added(planned, answer, inTransaction);
        if (!added && id != null) {
            throw new ProblemException(
                    409, "id", "is taken by another campaign; PUT /campaigns/" + id + " changes that one");
        }
        for (int next = 2; !added; next++) {
            planned = plan.campaign(plan.slug() + "-" + next, shopZone);
            answer = created(planned, now, warnings);
            added = !campaigns.planned(planned.id()) && added(planned, answer, inTransaction);
        }
        return answer;
    }

    private boolean added(PlannedCampaign planned, Response answer, Consumer<Response> inTransaction) {
        return updater.add(planned, () -> {
            inTransaction.accept(answer);
            log(Action.CAMPAIGN_CREATED, null, planned);
        });
    }

    private static Response created(PlannedCampaign planned, Instant now, List<FieldWarning> warnings) {
        return Response.created(URI.create("/campaigns/" + planned.id()))
                .entity(CampaignView.planned(planned, now, warnings))
                .build();
    }

    @GET
    @Operation(summary = "The campaigns")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.Page.class)))
    public CampaignView.Page list(
            @Parameter(description = "Only those of this state", schema = @Schema(implementation = CampaignState.class))
                    @QueryParam("state")
                    String state,
            @Parameter(schema = @Schema(minimum = "1", maximum = "100")) @QueryParam("limit") @DefaultValue("100")
                    int limit) {
        int most = Check.whole("limit", limit, 1, LIMIT_MAX);
        CampaignState wanted = state(state);
        requireLoaded();
        Instant now = now();
        List<PlannedCampaign> found = campaigns.all().stream()
                .filter(campaign -> wanted == null || campaign.state(now) == wanted)
                .sorted(byState(now))
                .toList();
        return new CampaignView.Page(
                found.stream()
                        .limit(most)
                        .map(campaign -> CampaignView.of(campaign, now))
                        .toList(),
                found.size());
    }

    /** Running campaigns, the leading one first; planned ones, the next first; ended ones, the latest first. */
    private static Comparator<PlannedCampaign> byState(Instant now) {
        return (a, b) -> {
            CampaignState state = a.state(now);
            if (state != b.state(now)) {
                return rank(state) - rank(b.state(now));
            }
            Comparator<PlannedCampaign> within =
                    switch (state) {
                        case RUNNING -> PlannedCampaign.LEADING_FIRST;
                        case PLANNED -> Comparator.comparing(PlannedCampaign::since);
                        case ENDED ->
                            Comparator.comparing(PlannedCampaign::until).reversed();
                    };
            return within.thenComparing(PlannedCampaign::id).compare(a, b);
        };
    }

    private static int rank(CampaignState state) {
        return switch (state) {
            case RUNNING -> 0;
            case PLANNED -> 1;
            case ENDED -> 2;
        };
    }

    private static CampaignState state(String name) {
        if (name == null) {
            return null;
        }
        return Arrays.stream(CampaignState.values())
                .filter(state -> Json.wireName(state).equals(name))
                .findAny()
                .orElseThrow(() -> new ProblemException("state", "is not one of planned, running, ended"));
    }

    @GET
    @Path("{id}")
    @Operation(summary = "A campaign")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign has this id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CampaignView campaign(@PathParam("id") String id) {
        return CampaignView.of(known(id), now());
    }

    @PUT
    @Path("{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Change a campaign",
            description =
                    "It is replaced whole: a field that is left out is not kept. The change of a running campaign counts"
                            + " in the next decision. A campaign that was started by hand keeps running. An ended campaign"
                            + " whose dates are still to come, as after a trial, or that is given another, future end, is"
                            + " planned again by its dates; else 'note' says why it stays ended.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            schema = @Schema(implementation = CampaignPlan.class),
                            examples = @ExampleObject(name = "spend and save", value = EXAMPLE)))
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign has this id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CampaignView change(@PathParam("id") String id, CampaignPlan plan) {
        required(plan);
        if (plan.givenId() != null && !plan.id().equals(id)) {
            throw new ProblemException("id", "is not '" + id + "' as in the address; a campaign keeps its id");
        }
        PlannedCampaign planned = plan.campaign(checked(id), shopZone);
        Instant now = now();
        requireNoTwin(planned, now);
        return CampaignView.changed(
                updater.change(id, before -> before.changed(planned, now), logged(Action.CAMPAIGN_CHANGED)),
                now,
                spelling.of("", plan));
    }

    @POST
    @Path("{id}/activate")
    @Operation(
            summary = "Start a campaign by hand",
            description = "It runs from now until its end, even before its start. A running campaign keeps running.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "409",
            description = "It has ended; a change (PUT) with dates to come plans it again",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CampaignView activate(@PathParam("id") String id) {
        return byHand(id, Action.CAMPAIGN_ACTIVATED, PlannedCampaign::activated);
    }

    @POST
    @Path("{id}/end")
    @Operation(
            summary = "End a campaign by hand",
            description = "It ends now; a campaign that has not started never runs.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CampaignView.class)))
    @APIResponse(
            responseCode = "409",
            description = "It has ended already",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CampaignView end(@PathParam("id") String id) {
        return byHand(id, Action.CAMPAIGN_ENDED, PlannedCampaign::ended);
    }

    @GET
    @Path("{id}/check")
    @Operation(
            summary = "Where the rule book would contradict a campaign",
            description = "Tries the live edition on typical visits, at the campaign's start and just before its end,"
                    + " with the campaign and without it. Names the rules that would promote products outside the"
                    + " campaign or demote those in it, the guarantees that its stock cannot meet, and the campaigns"
                    + " that overlap it.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CheckReport.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign has this id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public CheckReport check(@PathParam("id") String id) {
        return check.of(known(id), rulebook.live());
    }

    @Schema(name = "CampaignCheckOfDraft")
    record CheckingDraft(
            @Schema(required = true, description = "The change, laid over the edition published last")
                    List<Edit> files) {}

    @POST
    @Path("{id}/check")
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary = "Where a change of the rules would contradict a campaign",
            description = "The same check of a draft, which serves nobody and has no 'edition'.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = CheckReport.class)))
    @APIResponse(
            responseCode = "404",
            description = "No campaign has this id",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(responseCode = "422", description = "The draft has faults; the answer has all of them")
    public CheckReport check(@PathParam("id") String id, CheckingDraft draft) throws InvalidRulesException {
        PlannedCampaign campaign = known(id);
        List<Edit> files = proposals.tried(Check.required("body", draft).files(), null);
        return check.of(campaign, rulebook.tried(files));
    }

    @DELETE
    @Path("{id}")
    @Operation(hidden = true)
    public Response keep(@PathParam("id") String id) {
        return Response.fromResponse(Problem.of(
                                Response.Status.METHOD_NOT_ALLOWED,
                                "Campaigns are not deleted, because recorded decisions refer to them; POST"
                                        + " /campaigns/{id}/end ends one",
                                null)
                        .response())
                .header(HttpHeaders.ALLOW, "GET, PUT")
                .build();
    }

    private BiConsumer<PlannedCampaign, PlannedCampaign> logged(Action action) {
        return (before, after) -> log(action, before, after);
    }

    private void log(Action action, PlannedCampaign before, PlannedCampaign after) {
        audit.addInTransaction(Audit.Entry.by(caller, now(), action, after.name())
                .about("campaign", after.id())
                .changed(before, after));
    }

    private CampaignView byHand(
            String id, Action action, BiFunction<PlannedCampaign, Instant, PlannedCampaign> change) {
        Instant now = now();
        return CampaignView.of(
                updater.change(checked(id), before -> change.apply(requireOpen(before, now), now), logged(action)),
                now);
    }

    /** Rules name campaigns: one that only looks like another would be taken for it. An equal name is told by its id. */
    private void requireNoTwin(PlannedCampaign planned, Instant now) {
        List<String> others = campaigns.all().stream()
                .filter(other -> !other.id().equals(planned.id()) && other.state(now) != CampaignState.ENDED)
                .map(PlannedCampaign::name)
                .toList();
        LookAlikes.of(planned.name(), others).ifPresent(twin -> {
            throw new ProblemException(
                    409,
                    "name",
                    "looks like '" + twin
                            + "', the name of another campaign that is planned or running; choose a name that"
                            + " differs by more than upper case, blanks or letters that look alike");
        });
    }

    private void requireLoaded() {
        if (!updater.loaded()) {
            throw new DatabaseUnavailableException(null);
        }
    }

    private PlannedCampaign known(String id) {
        PlannedCampaign campaign = campaigns.campaign(id);
        if (campaign == null) {
            requireLoaded();
            throw CampaignUpdater.unknown(id);
        }
        return campaign;
    }

    /** The database takes no control characters, so it is not asked for what cannot be an id. */
    private static String checked(String id) {
        if (!CampaignPlan.isId(id)) {
            throw CampaignUpdater.unknown(id);
        }
        return id;
    }

    private static PlannedCampaign requireOpen(PlannedCampaign campaign, Instant now) {
        if (campaign.state(now) == CampaignState.ENDED) {
            throw new ProblemException(
                    409,
                    null,
                    "The campaign '" + campaign.id() + "' has ended, on "
                            + PlannedCampaign.local(campaign.until(), campaign.zone()));
        }
        return campaign;
    }

    private static void required(CampaignPlan plan) {
        if (plan == null) {
            throw new ProblemException(null, "the body is empty; it must be a campaign");
        }
    }

    /** As finely as the database stores it. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
