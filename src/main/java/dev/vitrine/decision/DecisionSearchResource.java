package dev.vitrine.decision;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.access.Caller;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.UnknownNames.UnknownName;
import dev.vitrine.decision.record.DecisionQuery;
import dev.vitrine.decision.record.DecisionSearch;
import dev.vitrine.decision.record.FoundDecision;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Finds decisions by whom they were for, what they showed and which rule had an effect. */
@Path("/decisions")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "decisions")
final class DecisionSearchResource {
    private static final int LIMIT = 20;
    private static final int LIMIT_MAX = 100;
    private static final int RULE_MAX = 200;
    private static final Duration WINDOW = Duration.ofHours(24);

    private final DecisionSearch search;
    private final UnknownNames unknown;
    private final Caller caller;
    private final Clock clock;
    private final ZoneId zone;

    DecisionSearchResource(DecisionSearch search, UnknownNames unknown, Caller caller, Clock clock, ShopConfig shop) {
        this.search = search;
        this.unknown = unknown;
        this.caller = caller;
        this.clock = clock;
        this.zone = shop.zone();
    }

    /** The parameters of a search. */
    static final class Wanted {
        @Parameter(description = "The visit's id")
        @QueryParam("visit")
        String visit;

        @Parameter(description = "The shopper's key as the storefront sends it; needs an operator's key")
        @QueryParam("shopper")
        String shopper;

        @Parameter(description = "A product that was shown")
        @QueryParam("sku")
        String sku;

        @QueryParam("placement")
        String placement;

        @Parameter(
                description =
                        "The exact name of a rule that had an effect: on a place, on the list, or by hiding something")
        @QueryParam("rule")
        String rule;

        @Parameter(
                description =
                        "ISO 8601 with offset, or local in the shop's zone; without visit and shopper, 24 hours before 'to' when absent")
        @QueryParam("from")
        String from;

        @Parameter(description = "The first moment that is too late; now when absent")
        @QueryParam("to")
        String to;

        @Parameter(schema = @Schema(minimum = "1", maximum = "100", defaultValue = "20"))
        @QueryParam("limit")
        Integer limit;

        @Parameter(description = "'next' of an answer: goes on from there")
        @QueryParam("before")
        String before;
    }

    /** A page of found decisions. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "FoundDecisions")
    record Found(
            @Schema(description = "Newest first") List<FoundDecision> decisions,
            @Schema(
                            description =
                                    "For 'before' of the next call; absent where all was looked at. A call looks at"
                                            + " 20000 decisions, or 2000 for a rule, so it can come with few decisions or"
                                            + " none")
                    String next,
            @JsonInclude(JsonInclude.Include.NON_EMPTY)
                    @Schema(
                            description =
                                    "Where no decision is found: names that were asked for and that nothing has; absent where there is none")
                    List<UnknownName> unknown) {}

    @GET
    @Operation(
            summary = "Decisions of a visit or shopper, with a product, of a rule, in a time; newest first",
            description =
                    "All that is given must apply. Decisions of the last half second may not be there yet. 'limit' is"
                            + " 1 to 100 (20 when absent).")
    @APIResponse(responseCode = "200", content = @Content(schema = @Schema(implementation = Found.class)))
    @APIResponse(
            responseCode = "400",
            description = "A parameter is wrong",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "403",
            description = "Only an operator's key may look for a shopper",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    @APIResponse(
            responseCode = "503",
            description = "The database is away, or takes too long for so wide a search",
            content = @Content(mediaType = Problem.MEDIA_TYPE, schema = @Schema(implementation = Problem.class)))
    public Found decisions(@BeanParam Wanted wanted) {
        DecisionQuery query = query(wanted);
        DecisionSearch.Page page = search.page(query);
        return new Found(
                caller.seesShoppers()
                        ? page.decisions()
                        : page.decisions().stream()
                                .map(FoundDecision::withoutShopper)
                                .toList(),
                page.next() == null ? null : page.next().toString(),
                page.decisions().isEmpty() ? unknown.of(query) : List.of());
    }

    private DecisionQuery query(Wanted wanted) {
        String visit = wanted.visit == null ? null : Check.key("visit", wanted.visit);
        String shopper = wanted.shopper == null ? null : Check.key("shopper", wanted.shopper);
        if (shopper != null && !caller.seesShoppers()) {
            throw new ProblemException(
                    403, "shopper", "needs an operator's key; look for the visit, or for what was shown");
        }
        Instant to = wanted.to == null ? null : MomentText.inAddress("to", wanted.to, zone);
        Instant from = wanted.from == null ? null : MomentText.inAddress("from", wanted.from, zone);
        if (from == null && visit == null && shopper == null) {
            from = requireNonNullElse(to, clock.instant()).minus(WINDOW);
        }
        if (from != null && to != null && from.isAfter(to)) {
            throw new ProblemException("from", "is later than 'to'");
        }
        return new DecisionQuery(
                visit,
                shopper,
                wanted.sku == null ? null : Check.key("sku", wanted.sku),
                wanted.placement == null ? null : Check.key("placement", wanted.placement),
                Check.name("rule", wanted.rule, RULE_MAX),
                from,
                to,
                cursor(wanted.before),
                Check.whole("limit", requireNonNullElse(wanted.limit, LIMIT), 1, LIMIT_MAX));
    }

    private static DecisionQuery.Cursor cursor(String before) {
        if (before == null) {
            return null;
        }
        try {
            DecisionQuery.Cursor cursor = DecisionQuery.Cursor.of(before);
            Check.storable("before", cursor.at().atOffset(ZoneOffset.UTC));
            Check.key("before", cursor.id());
            return cursor;
        } catch (IllegalArgumentException | DateTimeException | ProblemException e) {
            throw new ProblemException("before", "is no place to go on from; take it from 'next' of an answer");
        }
    }
}
