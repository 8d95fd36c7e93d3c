package dev.vitrine.decision.context;

import dev.vitrine.campaign.Campaigns;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.DecisionAnswer.LeftOut;
import dev.vitrine.decision.context.DecisionRequest.CartItem;
import dev.vitrine.decision.context.DecisionRequest.PagePart;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Promises;
import dev.vitrine.privacy.ShopperKeys;
import dev.vitrine.visit.EventRecorder;
import dev.vitrine.visit.StorefrontWords;
import dev.vitrine.visit.VisitSnapshot;
import dev.vitrine.visit.Visits;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Collects the facts that a request concerns, from memory alone, unless the shop has a model service. */
@Singleton
public final class DecisionContextAssembler {
    private static final Pattern EDGES = Pattern.compile("^/+|/+$");

    private final DecisionConfig config;
    private final ShopConfig shop;
    private final Catalog catalog;
    private final Visits visits;
    private final StorefrontWords words;
    private final EventRecorder events;
    private final Campaigns campaigns;
    private final CandidateAssembler candidateAssembler;
    private final ShopperKeys keys;
    private final Clock clock;
    private final Set<String> placements;

    DecisionContextAssembler(
            DecisionConfig config,
            ShopConfig shop,
            Catalog catalog,
            Visits visits,
            StorefrontWords words,
            EventRecorder events,
            Campaigns campaigns,
            CandidateAssembler candidateAssembler,
            ShopperKeys keys,
            Clock clock) {
        this.config = config;
        this.shop = shop;
        this.catalog = catalog;
        this.visits = visits;
        this.words = words;
        this.events = events;
        this.campaigns = campaigns;
        this.candidateAssembler = candidateAssembler;
        this.keys = keys;
        this.clock = clock;
        this.placements = new LinkedHashSet<>(config.placements());
    }

    /** The context of a real request. Its events are recorded; named skus become candidates, so that a pin finds them. */
    public DecisionContext of(DecisionRequest request, Set<String> namedSkus, Promises promises) {
        Outlook now = now();
        CheckedRequest checked = CheckedRequest.of(request, placements, keys, now.at());
        DecisionContext context = context(checked, remembered(checked, now.at()), namedSkus, promises, now);
        words.add(checked.visit());
        words.addSource(context.facts().visit().source());
        if (!checked.inline().isEmpty()) {
            events.take(checked.inline());
        }
        return context;
    }

    /** The context of a made-up request. Its events count for this decision and are not recorded. */
    public DecisionContext madeUp(DecisionRequest request, Promises promises, Outlook outlook) {
        CheckedRequest checked = CheckedRequest.of(request, placements, keys, outlook.at());
        return context(checked, remembered(checked, outlook.at()), Set.of(), promises, outlook);
    }

    /** The same without anything that is remembered: of the visit there is what the request says, and nobody makes it. */
    public DecisionContext madeUpForNobody(DecisionRequest request, Promises promises, Outlook outlook) {
        CheckedRequest checked = CheckedRequest.of(request, placements, keys, outlook.at());
        VisitSnapshot visit = visits.madeUp(checked.visit(), checked.inline(), outlook.at());
        return context(checked, visit, Set.of(), promises, outlook);
    }

    /** A decision as if it came at another moment: what is known of the visit and of products is as it was. */
    public DecisionContext asOf(DecisionContext context, Outlook outlook) {
        Facts facts = context.facts();
        Facts then = new Facts(
                shop.shopAt(outlook.at(), catalog.sellable()),
                facts.placement(),
                facts.page(),
                facts.shopper(),
                facts.visit(),
                facts.cart(),
                outlook.campaigns().apply(facts.cart().value()),
                facts.candidates());
        return new DecisionContext(context.visit(), context.shopper(), outlook.at(), then, context.leftOut());
    }

    private VisitSnapshot remembered(CheckedRequest checked, Instant now) {
        return visits.snapshot(checked.visit(), checked.inline(), now);
    }

    /** With the precision of the database, so that a decision reads the same before and after it is stored. */
    public Outlook now() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return new Outlook(now, cartValue -> campaigns.running(now, cartValue));
    }

    private DecisionContext context(
            CheckedRequest checked, VisitSnapshot snapshot, Set<String> namedSkus, Promises promises, Outlook outlook) {
        Instant now = outlook.at();
        Page page = page(checked);
        Cart cart = cart(checked.cart(), snapshot.cart());
        List<LeftOut> leftOut = new ArrayList<>();
        List<Campaign> running = outlook.campaigns().apply(cart.value());
        Lineup lineup = candidateAssembler.of(
                checked,
                page,
                words(checked, snapshot),
                snapshot,
                cart,
                namedSkus,
                promises.groups(running),
                leftOut,
                now);
        Facts facts = new Facts(
                shop.shopAt(now, catalog.sellable()),
                new Placement(checked.placement(), checked.limit(), config.interferenceOf(checked.placement())),
                page,
                snapshot.shopper(),
                snapshot.visit(),
                cart,
                running,
                lineup.candidates());
        return new DecisionContext(
                checked.visit().visit(), checked.visit().shopper(), now, facts, leftOut, lineup.model());
    }

    private String words(CheckedRequest checked, VisitSnapshot snapshot) {
        PagePart page = checked.page();
        if (checked.pageType() == PageType.SEARCH) {
            return page == null || page.query() == null ? snapshot.query() : page.query();
        }
        return page == null || page.name() == null || catalog.product(page.sku()) != null ? "" : page.name();
    }

    private Page page(CheckedRequest checked) {
        PagePart part = checked.page();
        String sku = part == null ? null : part.sku();
        String category = part == null || part.category() == null ? null : path(part.category());
        Product focus = catalog.product(sku);
        if (focus == null) {
            return new Page(checked.pageType(), sku, category, sku, null, 0);
        }
        return new Page(
                checked.pageType(),
                sku,
                category == null ? focus.category() : category,
                focus.family(),
                focus.brand(),
                focus.price(),
                catalog.priceLevel(focus),
                focus.kind() != Kind.ARTICLE && focus.stock() <= 0);
    }

    /** Of {@code /sport/yoga/}, as storefronts cut it from their addresses, {@code sport/yoga}. */
    private static String path(String category) {
        return EDGES.matcher(category.strip()).replaceAll("");
    }

    /** The cart of the request, or else the cart that the visit's events add up to. */
    private Cart cart(List<CartItem> items, Map<String, Integer> fromEvents) {
        Map<String, Integer> quantities = new LinkedHashMap<>(items == null ? fromEvents : Map.of());
        Map<String, Double> prices = new HashMap<>();
        for (CartItem item : items == null ? List.<CartItem>of() : items) {
            quantities.merge(item.sku(), item.quantity() == null ? 1 : item.quantity(), Integer::sum);
            if (item.price() != null) {
                prices.put(item.sku(), item.price());
            }
        }
        if (quantities.isEmpty()) {
            return Cart.WITHOUT_ITEMS;
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
}
