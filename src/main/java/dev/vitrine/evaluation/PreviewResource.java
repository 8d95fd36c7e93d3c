package dev.vitrine.evaluation;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.access.Caller;
import dev.vitrine.campaign.CampaignPlan;
import dev.vitrine.campaign.CampaignSpelling;
import dev.vitrine.campaign.Campaigns;
import dev.vitrine.catalog.CatalogWords;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.DecisionAnswer;
import dev.vitrine.decision.context.DecisionRequest;
import dev.vitrine.decision.context.Outlook;
import dev.vitrine.decision.context.ReplayInput;
import dev.vitrine.decision.dryrun.DryRun;
import dev.vitrine.decision.dryrun.DryRuns;
import dev.vitrine.decision.dryrun.RulePrice;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.FieldWarning;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.publish.ProposedFiles;
import dev.vitrine.rulebook.publish.Rulebook;
import dev.vitrine.rulebook.schedule.RuleCalendar;
import dev.vitrine.rulebook.source.Edit;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleChange;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.ShopperQuestions;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Shows one decision under the live edition and under a draft, side by side. */
@Path("/rulebook/preview")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "evaluation")
final class PreviewResource {
    private static final int CAMPAIGNS_MAX = 20;
    /** Of page and cart. */
    private static final int WARNINGS_MAX = 20;

    /** As long as campaigns and scheduled changes that are over are kept. */
    private static final Duration PAST_MAX = Duration.ofDays(400);
    /** As far as changes can be scheduled. */
    private static final Duration AHEAD_MAX = Duration.ofDays(731);

    private final Drafts drafts;
    private final DryRuns dryRuns;
    private final Rulebook rulebook;
    private final RuleCalendar calendar;
    private final Campaigns campaigns;
    private final CampaignSpelling spelling;
    private final CatalogWords words;
    private final Caller caller;
    private final Clock clock;
    private final ZoneId zone;

    PreviewResource(
            Drafts drafts,
            DryRuns dryRuns,
            Rulebook rulebook,
            RuleCalendar calendar,
            Campaigns campaigns,
            CampaignSpelling spelling,
            CatalogWords words,
            Caller caller,
            Clock clock,
            ShopConfig shop) {
        this.drafts = drafts;
        this.dryRuns = dryRuns;
        this.rulebook = rulebook;
        this.calendar = calendar;
        this.campaigns = campaigns;
        this.spelling = spelling;
        this.words = words;
        this.caller = caller;
        this.clock = clock;
        this.zone = shop.zone();
    }

    @Schema(name = "PreviewRequest")
    record PreviewRequest(
            @Schema(description = "The change, laid over the edition published last; empty or absent for that edition")
                    List<Edit> files,
            @Schema(description = ProposedFiles.DRAFT) Long draft,
            @Schema(description = "A recorded decision to make again; or else 'request'") String decisionId,
            @Schema(
                            description =
                                    "A made-up decision request; nothing of it is stored. Only an operator's key may name a"
                                            + " shopper or go on with a visit that is running; for others the visit is a new one")
                    DecisionRequest request,
            @Schema(
                            description =
                                    "The moment as of which both lists are made: ISO 8601 with offset, or local in the shop's zone;"
                                            + " now when absent. Changes that are scheduled until then are laid over both sides",
                            examples = "2026-12-05T20:00:00")
                    String at,
            @Schema(
                            maxItems = CAMPAIGNS_MAX,
                            description =
                                    "Campaigns that are only tried, beside those that run at that moment: made up, by name and"
                                            + " theme, and running for a day where they have no dates; or one that is planned, by its id"
                                            + " alone")
                    List<CampaignPlan> campaigns) {
        /** A form without a file, which cannot say that its list is empty, previews the live edition. */
        private List<Edit> edits() {
            return files == null && draft == null ? List.of() : files;
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "Preview")
    record Preview(
            @Schema(description = "The recorded decision; absent for a made-up one") String decisionId,
            @Schema(description = "In the shop's zone") OffsetDateTime at,
            @Schema(description = "Names of the campaigns that run then, the leading one first") List<String> campaigns,
            @Schema(description = "Scheduled changes that are laid over both sides; absent where there are none")
                    List<Long> scheduled,
            String placement,
            LiveSide live,
            DraftSide draft,
            @Schema(description = "Rank-biased overlap of both lists: 1 is the same list, 0 has nothing in common")
                    double overlap,
            @Schema(
                            description =
                                    "Items at another position, in the order of the draft's list, then those that are gone")
                    List<RankChange> moved,
            @Schema(description = "What campaigns that are only tried do; absent where there are none")
                    WithoutCampaigns withoutCampaigns,
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    @Schema(
                            description =
                                    "What the request names and no product has: the page's sku and category, skus of the cart,"
                                            + " words of 'campaigns'; absent where there is nothing")
                    List<FieldWarning> warnings) {}

    @Schema(name = "PreviewWithoutCampaigns")
    record WithoutCampaigns(
            @Schema(description = "The draft's list without the campaigns that are only tried") DecisionAnswer answer,
            @Schema(description = "Rank-biased overlap of it with the draft's list") double overlap,
            @Schema(description = "Items that these campaigns bring to another position, or take away")
                    List<MovedByCampaigns> moved) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PreviewMovedByCampaigns")
    record MovedByCampaigns(
            String sku,
            String name,
            @Schema(description = "Its position without them; absent where it is not shown") Integer without,
            @Schema(description = "Its position with them; absent where it is not shown") Integer with) {
        static MovedByCampaigns of(RankChange change) {
            return new MovedByCampaigns(change.sku(), change.name(), change.live(), change.draft());
        }
    }

    @Schema(name = "PreviewLive")
    record LiveSide(
            @Schema(description = "0 where scheduled changes are laid over the live edition") int edition,
            DecisionAnswer answer,
            @Schema(description = "What each rule costs or brings that changed the list, the dearest first")
                    List<RulePrice> prices) {}

    @Schema(name = "PreviewDraft")
    record DraftSide(
            DecisionAnswer answer,
            @Schema(description = "What each rule costs or brings that changed the list, the dearest first")
                    List<RulePrice> prices,
            @Schema(description = "What looks wrong about the draft, and would not keep it from being published")
                    List<RuleProblem> problems,
            @Schema(description = "The same of files that the draft does not change") List<RuleProblem> known) {}

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.MULTIPART_FORM_DATA})
    @Operation(
            summary =
                    "One decision under the live edition and a draft: both lists, which items moved, and by which rule",
            description =
                    "Serves nobody and stores nothing. Shares of an hour or a day are settled as if it had just begun.")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Preview.class)))
    @APIResponse(responseCode = "404", description = "There is no such decision, or it can no longer be read")
    @APIResponse(responseCode = "422", description = "The draft has faults; the answer has all of them")
    public Preview preview(PreviewRequest request) throws InvalidRulesException {
        Check.required("body", request);
        if ((request.decisionId() == null) == (request.request() == null)) {
            throw new ProblemException(
                    "decisionId",
                    request.request() == null
                            ? "is required, unless there is a 'request'"
                            : "must be absent where there is a 'request'");
        }
        Outlook outlook = outlook(request);
        RuleCalendar.Planned planned =
                request.at() == null ? RuleCalendar.Planned.NOTHING : calendar.plannedUntil(outlook.at());
        Drafts.CompiledDraft draft = drafts.of(request.edits(), request.draft(), planned.edits());
        Edition live = planned.edits().isEmpty() ? rulebook.live() : rulebook.tried(planned.edits());
        Promises promises = live.promises().and(draft.edition().promises());
        ReplayInput input = input(request, promises, outlook);
        if (request.request() == null) {
            requireNothingOfShopper(input, live, draft.edition());
        }
        EditionComparison comparison = EditionComparison.of(dryRuns, input, live, draft.edition(), false);
        return new Preview(
                request.decisionId(),
                input.context().at().atZone(zone).toOffsetDateTime(),
                input.facts().campaigns().stream().map(Campaign::name).toList(),
                planned.scheduled().isEmpty() ? null : planned.scheduled(),
                input.facts().placement().name(),
                new LiveSide(
                        live.number(),
                        comparison.live().answer(),
                        comparison.live().prices().get()),
                new DraftSide(
                        comparison.draft().answer(),
                        comparison.draft().prices().get(),
                        draft.warnings().news(),
                        draft.warnings().known()),
                comparison.overlap(),
                RankChange.between(comparison),
                withoutCampaigns(request, promises, outlook, draft.edition(), comparison.draft()),
                warnings(request));
    }

    /** A preview is looked at by a person: a misspelt word would show them the list of a newcomer, and look right. */
    private List<FieldWarning> warnings(PreviewRequest request) {
        List<FieldWarning> warnings = new ArrayList<>();
        DecisionRequest made = request.request();
        if (made != null && made.visit() != null && made.visit().page() != null) {
            DecisionRequest.PagePart page = made.visit().page();
            warn(warnings, CatalogWords.Kind.SKU, "request.visit.page.sku", page.sku());
            warn(warnings, CatalogWords.Kind.CATEGORY, "request.visit.page.category", page.category());
        }
        if (made != null && made.cart() != null && made.cart().items() != null) {
            List<DecisionRequest.CartItem> items = made.cart().items();
            for (int i = 0; i < items.size(); i++) {
                warn(
                        warnings,
                        CatalogWords.Kind.SKU,
                        "request.cart.items[" + i + "].sku",
                        items.get(i).sku());
            }
        }
        if (request.campaigns() != null) {
            for (int i = 0; i < request.campaigns().size(); i++) {
                warnings.addAll(
                        spelling.of("campaigns[" + i + "].", request.campaigns().get(i)));
            }
        }
        return warnings;
    }

    private void warn(List<FieldWarning> warnings, CatalogWords.Kind kind, String field, String word) {
        if (word != null && !word.isEmpty() && warnings.size() < WARNINGS_MAX) {
            words.unknown(kind, word).ifPresent(unknown -> warnings.add(unknown.at(field, word)));
        }
    }

    private WithoutCampaigns withoutCampaigns(
            PreviewRequest request, Promises promises, Outlook outlook, Edition draft, DryRun with) {
        if (request.campaigns() == null || request.campaigns().isEmpty()) {
            return null;
        }
        ReplayInput input =
                input(request, promises, new Outlook(outlook.at(), campaigns.at(outlook.at(), List.of(), zone)));
        EditionComparison comparison = new EditionComparison(input, dryRuns.run(input, draft), with);
        return new WithoutCampaigns(
                comparison.live().answer(),
                comparison.overlap(),
                RankChange.between(comparison).stream()
                        .map(MovedByCampaigns::of)
                        .toList());
    }

    private ReplayInput input(PreviewRequest request, Promises promises, Outlook outlook) {
        return request.request() == null ? recorded(request, outlook) : madeUp(request.request(), promises, outlook);
    }

    private Outlook outlook(PreviewRequest request) {
        List<CampaignPlan> tried = Check.list("campaigns", request.campaigns(), CAMPAIGNS_MAX);
        Instant now = clock.instant();
        Instant at = request.at() == null ? now : MomentText.read("at", request.at(), zone);
        if (at.isBefore(now.minus(PAST_MAX)) || at.isAfter(now.plus(AHEAD_MAX))) {
            throw new ProblemException(
                    "at",
                    "is " + at + "; must be at most " + PAST_MAX.toDays() + " days past and " + AHEAD_MAX.toDays()
                            + " days ahead");
        }
        return request.at() == null && tried.isEmpty()
                ? dryRuns.now()
                : new Outlook(at.truncatedTo(ChronoUnit.MICROS), campaigns.at(at, tried, zone));
    }

    private ReplayInput recorded(PreviewRequest request, Outlook outlook) {
        ReplayInput input = recorded(request.decisionId());
        return request.at() == null && request.campaigns() == null ? input : dryRuns.asOf(input, outlook);
    }

    private ReplayInput recorded(String decisionId) {
        Check.key("decisionId", decisionId);
        return dryRuns.recorded(decisionId)
                .orElseThrow(() -> new ProblemException(
                        404,
                        "decisionId",
                        "there is no decision '" + decisionId + "' whose facts are kept and can be read"));
    }

    private ReplayInput madeUp(DecisionRequest request, Promises promises, Outlook outlook) {
        boolean seesShoppers = caller.seesShoppers();
        if (!seesShoppers && request.visit() != null) {
            requireNobody(request.visit());
        }
        try {
            return seesShoppers
                    ? dryRuns.madeUp(request, promises, outlook)
                    : dryRuns.madeUpForNobody(request, promises, outlook);
        } catch (ProblemException bad) {
            throw new ProblemException(
                    bad.status(), bad.field() == null ? "request" : "request." + bad.field(), bad.getMessage());
        }
    }

    /** Whether a rule fires that asks of the shopper is the answer to what it asks. */
    private void requireNothingOfShopper(ReplayInput input, Edition live, Edition draft) {
        if (!caller.seesShoppers()
                && !input.facts().shopper().equals(Shopper.NEWCOMER)
                && ShopperQuestions.inRules(RuleChange.between(live.files(), draft.files()))) {
            throw new ProblemException(
                    403,
                    "decisionId",
                    "is of a shopper who is known, and the change asks of the shopper: its list would tell what is stored of"
                            + " them. Send a 'request' whose events say what the shopper did, or use an operator's key");
        }
    }

    /** A draft can be written so that its list gives away what is stored of a shopper. */
    private static void requireNobody(DecisionRequest.VisitPart visit) {
        if (visit.shopper() != null) {
            throw namesShopper("request.visit.shopper");
        }
        List<JsonNode> events = requireNonNullElse(visit.events(), List.of());
        for (int i = 0; i < events.size(); i++) {
            if (events.get(i) != null && events.get(i).hasNonNull("shopper")) {
                throw namesShopper("request.visit.events[" + i + "].shopper");
            }
        }
    }

    private static ProblemException namesShopper(String field) {
        return new ProblemException(
                403,
                field,
                "needs an operator's key, because the list would tell what is stored of this shopper; leave it out");
    }
}
