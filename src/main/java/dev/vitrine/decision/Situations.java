package dev.vitrine.decision;

import dev.vitrine.campaign.Campaigns;
import dev.vitrine.candidates.Ask;
import dev.vitrine.candidates.BuiltInModel;
import dev.vitrine.candidates.Scored;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.decision.DecisionAnswer.LeftOut;
import dev.vitrine.decision.DecisionRequest.CandidatePart;
import dev.vitrine.decision.DecisionRequest.CartItem;
import dev.vitrine.decision.DecisionRequest.PagePart;
import dev.vitrine.decision.DecisionRequest.VisitPart;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.BadInput;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Nearest;
import dev.vitrine.visit.Event;
import dev.vitrine.visit.EventRecorder;
import dev.vitrine.visit.Seen;
import dev.vitrine.visit.SentEvent;
import dev.vitrine.visit.Visits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks a request and gathers, from memory alone, the facts that it comes to. */
@Singleton
final class Situations {
    private static final int CATEGORY_MAX = 200;
    private static final int SOURCE_MAX = 64;
    private static final double MONEY_MAX = 1e9;
    private static final double SCORE_MAX = 1e12;
    private static final int QUANTITY_MAX = 10_000;
    private static final int NAME_MAX = 500;
    /** Brought along for displays, of each sort. Our choice: more than any display shows. */
    private static final int EXTRAS = 10;

    private final DecisionConfig config;
    private final Catalog catalog;
    private final Visits visits;
    private final EventRecorder events;
    private final Campaigns campaigns;
    private final BuiltInModel model;
    private final Clock clock;
    private final Set<String> placements;

    Situations(
            DecisionConfig config,
            Catalog catalog,
            Visits visits,
            EventRecorder events,
            Campaigns campaigns,
            BuiltInModel model,
            Clock clock) {
        this.config = config;
        this.catalog = catalog;
        this.visits = visits;
        this.events = events;
        this.campaigns = campaigns;
        this.model = model;
        this.clock = clock;
        this.placements = new LinkedHashSet<>(config.placements());
    }

    /**
     * @param namedSkus skus that the rules ask for by name; they are brought along, so that a pin finds its product
     * @throws BadInput naming the field that cannot be taken
     */
    Situation of(DecisionRequest request, Set<String> namedSkus) {
        // as finely as the database keeps it, so that a decision is told the same later
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Placement placement = placement(request);
        VisitPart asked = Check.required("visit", request.visit());
        String visitId = Check.key("visit.id", asked.id());
        String shopperId = asked.shopper() == null ? null : Check.key("visit.shopper", asked.shopper());
        String source = Check.text("visit.source", asked.source(), SOURCE_MAX);
        Page page = page(asked.page(), placement);
        List<Event> inline = inline(asked, visitId, shopperId, now);
        List<CandidatePart> proposed = candidates(request, now);
        Map<String, Integer> cartItems = request.cart() == null ? null : cartItems(request);

        Seen seen = visits.seen(visitId, shopperId, inline, now);
        if (!inline.isEmpty()) {
            events.take(inline);
        }
        Visit visit = source == null ? seen.visit() : from(seen.visit(), source);
        Cart cart = cart(cartItems == null ? seen.cart() : cartItems, request);
        List<LeftOut> leftOut = new ArrayList<>();
        List<Candidate> candidates =
                proposed.isEmpty() ? ownCandidates(page, seen, cart, now) : sentCandidates(proposed, leftOut, now);
        addExtras(candidates, page, visit, namedSkus, now);
        Facts facts = new Facts(
                placement, page, seen.shopper(), visit, cart, campaigns.running(now, cart.value()), candidates);
        return new Situation(visitId, shopperId, now, facts, leftOut);
    }

    private Placement placement(DecisionRequest request) {
        String name = Check.key("placement", request.placement());
        if (!placements.contains(name)) {
            throw new BadInput(
                    "placement",
                    "is not a known placement" + Nearest.hint(name, placements) + "; known are "
                            + String.join(", ", placements));
        }
        Integer limit = request.limit() == null ? DecisionRequest.LIMIT_DEFAULT : request.limit();
        return new Placement(name, Check.whole("limit", limit, 1, DecisionRequest.LIMIT_MAX));
    }

    private Page page(PagePart asked, Placement placement) {
        PageType type = asked == null || asked.type() == null ? usualPage(placement.name()) : asked.type();
        String sku = asked == null || asked.sku() == null ? null : Check.key("visit.page.sku", asked.sku());
        String category = asked == null ? null : Check.text("visit.page.category", asked.category(), CATEGORY_MAX);
        Product focus = catalog.product(sku);
        if (focus == null) {
            return new Page(type, sku, category, sku, null, 0);
        }
        return new Page(
                type,
                sku,
                category == null ? focus.category() : category,
                focus.family(),
                focus.brand(),
                focus.price());
    }

    private static PageType usualPage(String placement) {
        for (PageType type : PageType.values()) {
            String word = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (placement.equals(word) || placement.equals(word + "-page")) {
                return type;
            }
        }
        return PageType.HOME;
    }

    private static List<Event> inline(VisitPart asked, String visitId, String shopperId, Instant now) {
        if (asked.events() == null || asked.events().isEmpty()) {
            return List.of();
        }
        Check.list("visit.events", asked.events(), DecisionRequest.EVENTS_MAX);
        List<Event> inline = new ArrayList<>();
        for (int i = 0; i < asked.events().size(); i++) {
            String at = "visit.events[" + i + "]";
            inline.add(SentEvent.read(asked.events().get(i), at)
                    .of(visitId, shopperId, now)
                    .checked(at, now));
        }
        return inline;
    }

    private static List<CandidatePart> candidates(DecisionRequest request, Instant now) {
        List<CandidatePart> candidates = Check.list("candidates", request.candidates(), DecisionRequest.CANDIDATES_MAX);
        Set<String> skus = new HashSet<>(candidates.size() * 2);
        for (int i = 0; i < candidates.size(); i++) {
            CandidatePart candidate = candidates.get(i);
            String at = "candidates[" + i + "].";
            Check.key(at + "sku", candidate.sku());
            if (!skus.add(candidate.sku())) {
                throw new BadInput(
                        at + "sku", "'" + candidate.sku() + "' is there already; each sku can be a candidate once");
            }
            Check.number(at + "score", candidate.score(), -SCORE_MAX, SCORE_MAX);
            ownFields(candidate, at, now);
        }
        return candidates;
    }

    private static void ownFields(CandidatePart candidate, String at, Instant now) {
        Check.text(at + "family", candidate.family(), Check.KEY_MAX);
        Check.text(at + "name", candidate.name(), NAME_MAX);
        Check.text(at + "category", candidate.category(), CATEGORY_MAX);
        Check.text(at + "brand", candidate.brand(), Check.KEY_MAX);
        money(at + "price", candidate.price());
        money(at + "listPrice", candidate.listPrice());
        money(at + "cost", candidate.cost());
        if (candidate.margin() != null) {
            Check.number(at + "margin", candidate.margin(), -MONEY_MAX, 1);
        }
        if (candidate.stock() != null) {
            Check.whole(at + "stock", candidate.stock(), 0, (int) MONEY_MAX);
        }
        texts(at + "tags", candidate.tags(), 50, 64);
        texts(at + "parts", candidate.parts(), 20, Check.KEY_MAX);
        Check.launch(at + "launchedAt", candidate.launchedAt(), now);
    }

    private static void texts(String field, List<String> values, int max, int length) {
        List<String> checked = Check.list(field, values, max);
        for (int i = 0; i < checked.size(); i++) {
            Check.text(field + "[" + i + "]", checked.get(i), length);
        }
    }

    private static void money(String field, Double value) {
        if (value != null) {
            Check.number(field, value, 0, MONEY_MAX);
        }
    }

    private static Map<String, Integer> cartItems(DecisionRequest request) {
        List<CartItem> items = Check.list("cart.items", request.cart().items(), DecisionRequest.CART_ITEMS_MAX);
        Map<String, Integer> quantities = new LinkedHashMap<>();
        for (int i = 0; i < items.size(); i++) {
            CartItem item = items.get(i);
            String at = "cart.items[" + i + "].";
            Check.key(at + "sku", item.sku());
            money(at + "price", item.price());
            int quantity = item.quantity() == null ? 1 : Check.whole(at + "quantity", item.quantity(), 1, QUANTITY_MAX);
            quantities.merge(item.sku(), quantity, Integer::sum);
        }
        return quantities;
    }

    private Cart cart(Map<String, Integer> quantities, DecisionRequest request) {
        if (quantities.isEmpty()) {
            return Cart.WITHOUT_ITEMS;
        }
        Map<String, Double> prices = new HashMap<>();
        if (request.cart() != null && request.cart().items() != null) {
            request.cart().items().stream()
                    .filter(item -> item.price() != null)
                    .forEach(item -> prices.put(item.sku(), item.price()));
        }
        int pieces = 0;
        double value = 0;
        double highest = 0;
        Set<String> categories = new HashSet<>();
        for (Map.Entry<String, Integer> entry : quantities.entrySet()) {
            Product product = catalog.product(entry.getKey());
            double price = prices.getOrDefault(entry.getKey(), product == null ? 0 : product.price());
            pieces += entry.getValue();
            value += price * entry.getValue();
            highest = Math.max(highest, price);
            if (product != null) {
                categories.add(product.category());
            }
        }
        return new Cart(pieces, value, highest, quantities.keySet(), categories);
    }

    private static Visit from(Visit visit, String source) {
        return new Visit(
                source,
                visit.pages(),
                visit.seconds(),
                visit.secondsPerPage(),
                visit.products(),
                visit.comparedCategory(),
                visit.compared(),
                visit.goingsBack(),
                visit.variantFamily(),
                visit.variants(),
                visit.specViews(),
                visit.searches(),
                visit.searchWords(),
                visit.priceSorts(),
                visit.couponTries(),
                visit.salePages(),
                visit.seen());
    }

    private List<Candidate> ownCandidates(Page page, Seen seen, Cart cart, Instant now) {
        List<String> recent = new ArrayList<>(seen.recent());
        if (!page.sku().isEmpty()) {
            recent.remove(page.sku());
            recent.add(page.sku());
        }
        List<Candidate> candidates = new ArrayList<>();
        for (Scored scored :
                model.candidates(new Ask(recent, page.category(), List.copyOf(cart.skus()), config.candidates()))) {
            Product product = catalog.product(scored.sku());
            if (product != null) {
                candidates.add(candidate(product, scored.score(), candidates.size() + 1, false, now));
            }
        }
        return candidates;
    }

    /** The shop's own candidates, ranked by score; those of equal score stay as they were sent. */
    private List<Candidate> sentCandidates(List<CandidatePart> sent, List<LeftOut> leftOut, Instant now) {
        List<CandidatePart> ranked = new ArrayList<>(sent);
        ranked.sort(Comparator.comparingDouble(part -> -part.score()));
        List<Candidate> candidates = new ArrayList<>(sent.size() + EXTRAS);
        for (CandidatePart part : ranked) {
            Product product = catalog.product(part.sku());
            if (product == null && part.price() == null) {
                leftOut.add(new LeftOut(part.sku(), "is not in the catalog and brings no price of its own"));
            } else {
                candidates.add(candidate(part, product, candidates.size() + 1, now));
            }
        }
        return candidates;
    }

    /** What rules name, best sellers of what is being compared, and the bundles and articles of what is being looked at. */
    private void addExtras(List<Candidate> candidates, Page page, Visit visit, Set<String> namedSkus, Instant now) {
        Set<String> there = new HashSet<>();
        candidates.forEach(candidate -> there.add(candidate.sku()));
        Set<String> extras = new LinkedHashSet<>(namedSkus);
        if (!visit.comparedCategory().isEmpty()) {
            extras.addAll(model.trained().bestSellers(visit.comparedCategory(), EXTRAS));
        }
        for (String theme : List.of(page.family(), visit.variantFamily())) {
            if (!theme.isEmpty()) {
                catalog.bundlesWith(theme).stream().limit(EXTRAS).forEach(bundle -> extras.add(bundle.sku()));
            }
        }
        for (String category : List.of(page.category(), visit.comparedCategory())) {
            if (!category.isEmpty()) {
                catalog.articles(category).stream().limit(EXTRAS).forEach(article -> extras.add(article.sku()));
            }
        }
        for (String sku : extras) {
            Product product = catalog.product(sku);
            if (product != null && there.add(sku)) {
                candidates.add(candidate(product, 0, Candidate.NEVER, true, now));
            }
        }
    }

    private Candidate candidate(Product product, double score, int rank, boolean extra, Instant now) {
        return new Candidate(
                product.sku(),
                product.kind(),
                product.family(),
                product.name(),
                product.category(),
                product.brand(),
                product.price(),
                product.listPrice(),
                product.margin(),
                product.stock(),
                product.tags(),
                daysSince(product.launchedAt(), now),
                score,
                rank,
                model.trained().sellerRank(product.sku()),
                product.parts(),
                families(product.parts()),
                extra);
    }

    private Candidate candidate(CandidatePart part, Product product, int rank, Instant now) {
        double price = part.price() != null ? part.price() : product.price();
        double listPrice = part.listPrice() != null
                ? part.listPrice()
                : product != null && part.price() == null ? product.listPrice() : price;
        List<String> parts = part.parts() != null ? part.parts() : product == null ? List.of() : product.parts();
        Instant launchedAt = part.launchedAt() != null
                ? part.launchedAt().toInstant()
                : product == null ? null : product.launchedAt();
        return new Candidate(
                part.sku(),
                part.kind() != null ? part.kind() : product == null ? Kind.PRODUCT : product.kind(),
                part.family() != null ? part.family() : product == null ? null : product.family(),
                part.name() != null ? part.name() : product == null ? null : product.name(),
                part.category() != null ? part.category() : product == null ? null : product.category(),
                part.brand() != null ? part.brand() : product == null ? null : product.brand(),
                price,
                Math.max(price, listPrice),
                margin(part, product, price),
                // what the shop's own model proposes and says nothing of is taken to be there
                part.stock() != null ? part.stock() : product == null ? 1 : product.stock(),
                part.tags() != null ? Set.copyOf(part.tags()) : product == null ? null : product.tags(),
                daysSince(launchedAt, now),
                part.score(),
                rank,
                model.trained().sellerRank(part.sku()),
                parts,
                families(parts),
                false);
    }

    private static double margin(CandidatePart part, Product product, double price) {
        if (part.margin() != null) {
            return part.margin();
        }
        Double cost = part.cost() != null ? part.cost() : product == null ? null : product.cost();
        return cost == null || price == 0 ? 0 : (price - cost) / price;
    }

    private Set<String> families(List<String> parts) {
        if (parts.isEmpty()) {
            return Set.of();
        }
        Set<String> families = new HashSet<>();
        for (String sku : parts) {
            Product part = catalog.product(sku);
            families.add(part == null ? sku : part.family());
        }
        return families;
    }

    private static int daysSince(Instant moment, Instant now) {
        return moment == null
                ? Candidate.NEVER
                : (int) Duration.between(moment, now).toDays();
    }
}
