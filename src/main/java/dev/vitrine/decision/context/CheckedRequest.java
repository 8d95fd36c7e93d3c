package dev.vitrine.decision.context;

import dev.vitrine.decision.context.DecisionRequest.CandidatePart;
import dev.vitrine.decision.context.DecisionRequest.CartItem;
import dev.vitrine.decision.context.DecisionRequest.PagePart;
import dev.vitrine.decision.context.DecisionRequest.VisitPart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.FlatValues;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.SentEvent;
import dev.vitrine.visit.SentSegments;
import dev.vitrine.visit.VisitContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A request whose fields are all valid; {@code page} and {@code cart} are null where the request does not say.
 *
 * @param sentShopper the shopper's key as it was sent; that of the visit is the one that is stored
 */
record CheckedRequest(
        String placement,
        int limit,
        VisitContext visit,
        String sentShopper,
        PagePart page,
        PageType pageType,
        List<Event> inline,
        List<CandidatePart> candidates,
        DecisionRequest.Scores scores,
        List<CartItem> cart) {
    private static final int CATEGORY_MAX = 200;
    private static final int QUERY_MAX = 500;
    private static final int SOURCE_MAX = 64;
    private static final double MONEY_MAX = 1e9;
    private static final double SCORE_MAX = 1e12;
    private static final int QUANTITY_MAX = 10_000;
    private static final int NAME_MAX = 500;
    private static final double RATING_MAX = 5;
    private static final int TAGS_MAX = 20;
    private static final int TAG_MAX = 64;

    /** @throws ProblemException naming the field that is wrong */
    static CheckedRequest of(DecisionRequest request, Set<String> placements, ShopperKeys keys, Instant now) {
        String placement = placement(request, placements);
        Integer limit = request.limit() == null ? DecisionRequest.LIMIT_DEFAULT : request.limit();
        VisitPart part = Check.required("visit", request.visit());
        String visit = Check.key("visit.id", part.id());
        String shopper = part.shopper() == null ? null : Check.key("visit.shopper", part.shopper());
        String source = Check.name("visit.source", part.source(), SOURCE_MAX);
        Check.names("visit.tags", part.tags(), TAGS_MAX, TAG_MAX);
        PagePart page = part.page();
        if (page != null) {
            Check.name("visit.page.category", page.category(), CATEGORY_MAX);
            Check.text("visit.page.query", page.query(), QUERY_MAX);
            Check.text("visit.page.name", page.name(), NAME_MAX);
            if (page.sku() != null) {
                Check.key("visit.page.sku", page.sku());
            }
        }
        return new CheckedRequest(
                placement,
                Check.whole("limit", limit, 1, DecisionRequest.LIMIT_MAX),
                new VisitContext(
                        visit,
                        keys.stored(shopper),
                        source,
                        part.tags() == null ? Set.of() : Set.copyOf(part.tags()),
                        CheckedCircumstances.of(part, request.context()),
                        segments(part)),
                shopper,
                page,
                page == null || page.type() == null ? PageType.of(placement) : page.type(),
                inline(part, visit, shopper, keys, now),
                candidates(request, now),
                request.scores(),
                request.cart() == null ? null : cartItems(request));
    }

    private static Set<String> segments(VisitPart part) {
        return part.segments() == null || part.segments().isEmpty()
                ? Set.of()
                : SentSegments.names("visit.segments", part.segments());
    }

    private static String placement(DecisionRequest request, Set<String> placements) {
        String name = Check.key("placement", request.placement());
        if (!placements.contains(name)) {
            throw new ProblemException(
                    "placement",
                    "is not a known placement" + Nearest.hint(name, placements) + "; known are "
                            + String.join(", ", placements));
        }
        return name;
    }

    private static List<Event> inline(VisitPart part, String visitId, String shopperId, ShopperKeys keys, Instant now) {
        if (part.events() == null || part.events().isEmpty()) {
            return List.of();
        }
        Check.list("visit.events", part.events(), DecisionRequest.EVENTS_MAX);
        List<Event> inline = new ArrayList<>();
        for (int i = 0; i < part.events().size(); i++) {
            String at = "visit.events[" + i + "]";
            inline.add(SentEvent.read(part.events().get(i), at)
                    .checkedWithin(visitId, shopperId, at, now)
                    .storedUnder(keys));
        }
        return inline;
    }

    private static List<CandidatePart> candidates(DecisionRequest request, Instant now) {
        List<CandidatePart> candidates = Check.list("candidates", request.candidates(), Facts.CANDIDATES_MAX);
        Set<String> skus = new HashSet<>(candidates.size() * 2);
        for (int i = 0; i < candidates.size(); i++) {
            CandidatePart candidate = candidates.get(i);
            String at = "candidates[" + i + "].";
            Check.key(at + "sku", candidate.sku());
            if (!skus.add(candidate.sku())) {
                throw new ProblemException(
                        at + "sku",
                        "'" + candidate.sku() + "' is there already; each sku can be a candidate only once");
            }
            if (request.scores() == DecisionRequest.Scores.CHANCE) {
                Check.number(at + "score", candidate.score(), 0, 1);
            } else {
                Check.number(at + "score", candidate.score(), -SCORE_MAX, SCORE_MAX);
            }
            ownFields(candidate, at, now);
        }
        return candidates;
    }

    private static void ownFields(CandidatePart candidate, String at, Instant now) {
        Check.name(at + "family", candidate.family(), Check.KEY_MAX);
        Check.text(at + "name", candidate.name(), NAME_MAX);
        Check.name(at + "category", candidate.category(), CATEGORY_MAX);
        Check.name(at + "brand", candidate.brand(), Check.KEY_MAX);
        money(at + "price", candidate.price());
        money(at + "listPrice", candidate.listPrice());
        money(at + "cost", candidate.cost());
        if (candidate.margin() != null) {
            Check.number(at + "margin", candidate.margin(), -MONEY_MAX, 1);
        }
        if (candidate.stock() != null) {
            Check.whole(at + "stock", candidate.stock(), 0, (int) MONEY_MAX);
        }
        Check.names(at + "tags", candidate.tags(), 50, 64);
        Check.names(at + "parts", candidate.parts(), 20, Check.KEY_MAX);
        Check.launch(at + "launchedAt", candidate.launchedAt(), now);
        FlatValues.ATTRIBUTES.checked(at + "attributes", candidate.attributes());
        within(at + "rating", candidate.rating(), RATING_MAX);
        within(at + "returnRate", candidate.returnRate(), 1);
        if (candidate.reviews() != null) {
            Check.whole(at + "reviews", candidate.reviews(), 0, (int) MONEY_MAX);
        }
    }

    private static void money(String field, Double value) {
        within(field, value, MONEY_MAX);
    }

    private static void within(String field, Double value, double max) {
        if (value != null) {
            Check.number(field, value, 0, max);
        }
    }

    private static List<CartItem> cartItems(DecisionRequest request) {
        List<CartItem> items = Check.list("cart.items", request.cart().items(), DecisionRequest.CART_ITEMS_MAX);
        for (int i = 0; i < items.size(); i++) {
            CartItem item = items.get(i);
            String at = "cart.items[" + i + "].";
            Check.key(at + "sku", item.sku());
            money(at + "price", item.price());
            if (item.quantity() != null) {
                Check.whole(at + "quantity", item.quantity(), 1, QUANTITY_MAX);
            }
        }
        return items;
    }
}
