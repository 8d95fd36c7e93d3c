package dev.vitrine.visit;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The running counts of one visit, in order of time. Past the limit of names, counts of different things stand still. */
final class VisitCounters {
    /** Whoever stays longer at one product was away. Our choice: seven looks in eight of a real log end before 99 seconds. */
    private static final Duration LOOK_MAX = Duration.ofMinutes(5);
    /** Recent skus that a model is given. */
    private static final int RECENT = 20;

    private static final String CHEAPEST_FIRST = "price-asc";
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private enum Count {
        PAGES,
        PRODUCT_PAGES,
        GOINGS_BACK,
        SPEC_VIEWS,
        SEARCHES,
        PRICE_SORTS,
        COUPON_TRIES,
        SALE_PAGES,
        CART_ADDS,
        CART_REMOVALS,
        PURCHASES
    }

    /** Immutable copies of the names, made once for all snapshots between two events. */
    private record Names(
            List<String> recent,
            Map<String, Integer> cart,
            Set<String> words,
            Set<String> seen,
            Set<String> tags,
            Set<String> shown,
            Map<String, Integer> seconds) {}

    // final wherever possible: the compiler then finds a field that the copy forgets
    private final int namesMax;
    private final int[] counts;
    private final LargestGroup familiesByCategory;
    private final LargestGroup skusByFamily;
    private final Set<String> viewed;
    private final Set<String> seen;
    private final Set<String> words;
    private final Set<String> tags;
    private final Set<String> shown;
    private final Deque<String> recent;
    private final Map<String, Integer> cart;
    private final Map<String, Integer> seconds;
    private String source;
    /** The product whose page is open, null for none. */
    private String open;

    private Instant openedAt;
    private String query;
    private VisitTimes times;
    private Names names;

    VisitCounters(int namesMax) {
        this.namesMax = namesMax;
        counts = new int[Count.values().length];
        familiesByCategory = new LargestGroup();
        skusByFamily = new LargestGroup();
        viewed = new HashSet<>();
        seen = new HashSet<>();
        words = new HashSet<>();
        tags = new HashSet<>();
        shown = new HashSet<>();
        recent = new ArrayDeque<>();
        cart = new LinkedHashMap<>();
        seconds = new HashMap<>();
        times = VisitTimes.NONE;
    }

    private VisitCounters(VisitCounters other) {
        namesMax = other.namesMax;
        counts = other.counts.clone();
        familiesByCategory = other.familiesByCategory.copy();
        skusByFamily = other.skusByFamily.copy();
        viewed = new HashSet<>(other.viewed);
        seen = new HashSet<>(other.seen);
        words = new HashSet<>(other.words);
        tags = new HashSet<>(other.tags);
        shown = new HashSet<>(other.shown);
        recent = new ArrayDeque<>(other.recent);
        cart = new LinkedHashMap<>(other.cart);
        seconds = new HashMap<>(other.seconds);
        open = other.open;
        openedAt = other.openedAt;
        source = other.source;
        query = other.query;
        times = other.times;
        names = other.names;
    }

    VisitCounters copy() {
        return new VisitCounters(this);
    }

    /** Counts one event; {@code product} is the catalog's for its sku, null where there is none. */
    void add(Event event, Product product) {
        names = null;
        times = times.withEvent(event.at());
        if (event.type() != EventType.IMPRESSION) {
            // a visitor who is shown something does nothing: their pause goes on
            times = times.withAction(event.at());
            look(event);
        }
        event.tags().forEach(tag -> remember(tags, tag));
        source = source == null ? event.source() : source;
        if (CHEAPEST_FIRST.equals(event.sort())) {
            count(Count.PRICE_SORTS);
        }
        switch (event.type()) {
            case VIEW -> {
                page(event);
                count(Count.PRODUCT_PAGES);
                lookedAt(event, product);
                viewed(event.sku());
            }
            case CATEGORY -> page(event);
            case SEARCH -> {
                page(event);
                count(Count.SEARCHES);
                searched(event.query());
            }
            case SPEC_VIEW -> {
                count(Count.SPEC_VIEWS);
                lookedAt(event, product);
            }
            case COMPARE -> lookedAt(event, product);
            case ADD_TO_CART -> {
                count(Count.CART_ADDS);
                addToCart(event.sku(), pieces(event));
            }
            case REMOVE_FROM_CART -> {
                count(Count.CART_REMOVALS);
                cart.computeIfPresent(
                        event.sku(), (sku, pieces) -> pieces > pieces(event) ? pieces - pieces(event) : null);
            }
            case PURCHASE -> {
                count(Count.PURCHASES);
                cart.remove(event.sku());
            }
            case COUPON -> count(Count.COUPON_TRIES);
            case IMPRESSION -> remember(shown, event.sku());
            case CLICK, GIFT -> {
                // says nothing about what the visitor wants: we showed the item, or read the visit as one for a gift
            }
        }
    }

    private void count(Count what) {
        counts[what.ordinal()]++;
    }

    private int of(Count what) {
        return counts[what.ordinal()];
    }

    private void page(Event event) {
        count(Count.PAGES);
        times = times.withPage(event.at());
        if (event.sale() && event.type() != EventType.SEARCH) {
            count(Count.SALE_PAGES);
        }
    }

    private void lookedAt(Event event, Product product) {
        String sku = event.sku();
        String family = product == null ? sku : product.family();
        String category = categoryOf(event, product);
        if (seen.size() < namesMax && seen.add(sku)) {
            skusByFamily.add(family, sku);
            if (!category.isEmpty()) {
                familiesByCategory.add(category, family);
            }
        }
        familiesByCategory.lookedAt(category);
        skusByFamily.lookedAt(family);
    }

    private void viewed(String sku) {
        if (sku.equals(recent.peekLast())) {
            return;
        }
        if (viewed.contains(sku)) {
            count(Count.GOINGS_BACK);
        }
        remember(viewed, sku);
        recent.addLast(sku);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    /** Counts how long the open product was looked at, until what the visitor does now. */
    private void look(Event event) {
        if (open != null && (seconds.size() < namesMax || seconds.containsKey(open))) {
            seconds.merge(open, secondsUntil(event.at()), Integer::sum);
        }
        openedAt = event.at();
        switch (event.type()) {
            case VIEW, SPEC_VIEW -> open = event.sku();
            case CATEGORY, SEARCH, PURCHASE -> open = null;
            default -> {
                // done on the page that is open
            }
        }
    }

    private int secondsUntil(Instant at) {
        Duration looked = Duration.between(openedAt, at);
        if (looked.isNegative()) {
            // a late event
            return 0;
        }
        return (int) (looked.compareTo(LOOK_MAX) > 0 ? LOOK_MAX : looked).toSeconds();
    }

    /** How long each product was looked at; whoever asks for a decision elsewhere has left the last one. */
    Map<String, Integer> secondsViewed(Instant now) {
        int last = open == null ? 0 : secondsUntil(now);
        if (last == 0) {
            return names().seconds();
        }
        Map<String, Integer> all = new HashMap<>(names().seconds());
        all.merge(open, last, Integer::sum);
        return all;
    }

    private void searched(String text) {
        query = text;
        for (String word : NOT_A_WORD.split(text.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                remember(words, word);
            }
        }
    }

    /** The catalog's category of the event's product, else the event's own, else "". */
    static String categoryOf(Event event, Product product) {
        if (product != null) {
            return product.category();
        }
        return event.category() == null ? "" : event.category();
    }

    static int pieces(Event event) {
        return event.quantity() == null ? 1 : event.quantity();
    }

    private void addToCart(String sku, int pieces) {
        if (cart.size() < namesMax || cart.containsKey(sku)) {
            cart.merge(sku, pieces, Integer::sum);
        }
    }

    private void remember(Set<String> set, String name) {
        if (set.size() < namesMax) {
            set.add(name);
        }
    }

    Instant from() {
        return times.first();
    }

    Instant to() {
        return times.last();
    }

    List<String> recent() {
        return names().recent();
    }

    /** What was searched for last; null before the first search. */
    String query() {
        return query;
    }

    Map<String, Integer> cart() {
        return names().cart();
    }

    private Names names() {
        if (names == null) {
            names = new Names(
                    List.copyOf(recent),
                    Map.copyOf(cart),
                    Set.copyOf(words),
                    Set.copyOf(seen),
                    Set.copyOf(tags),
                    Set.copyOf(shown),
                    Map.copyOf(seconds));
        }
        return names;
    }

    /** The facts of the visit; the context goes before its events, {@code decided} is what this process has shown. */
    Visit visit(VisitContext context, Set<String> decided, Instant now) {
        int pages = of(Count.PAGES);
        return new Visit(
                context.source() == null ? source : context.source(),
                pages,
                times.seconds(),
                times.secondsIdle(now),
                pages < 2 ? 0 : times.secondsOfPages() / (pages - 1),
                of(Count.PRODUCT_PAGES),
                seen.size(),
                familiesByCategory.groups(),
                familiesByCategory.largest(),
                familiesByCategory.size(),
                of(Count.GOINGS_BACK),
                skusByFamily.largest(),
                skusByFamily.size(),
                of(Count.SPEC_VIEWS),
                of(Count.SEARCHES),
                names().words(),
                of(Count.PRICE_SORTS),
                of(Count.COUPON_TRIES),
                of(Count.SALE_PAGES),
                of(Count.CART_ADDS),
                of(Count.CART_REMOVALS),
                of(Count.PURCHASES),
                union(context.tags(), names().tags()),
                names().seen(),
                union(decided, names().shown()),
                context.circumstances().device(),
                context.circumstances().country(),
                context.circumstances().language(),
                context.circumstances().context());
    }

    /** Usually one set contains the other, and nothing is copied. */
    static Set<String> union(Set<String> some, Set<String> others) {
        if (others.isEmpty() || some.containsAll(others)) {
            return some;
        }
        if (some.isEmpty()) {
            return others;
        }
        Set<String> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }
}
