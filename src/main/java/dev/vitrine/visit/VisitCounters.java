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

/**
 * The running counts of one visit, which {@link Visit} defines. Events must come in order of time. What has to be
 * remembered by name is bounded; past that, counts of different things stand still and the others go on.
 */
final class VisitCounters {
    /** Recent skus that a model is given. */
    private static final int RECENT = 20;

    private static final String CHEAPEST_FIRST = "price-asc";
    private static final Pattern NOT_A_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** What is remembered by name, as it is handed out: made once for all questions between two events. */
    private record Names(
            List<String> recent,
            Map<String, Integer> cart,
            Set<String> words,
            Set<String> seen,
            Set<String> tags,
            Set<String> shown) {}

    private final int namesMax;
    private Names told;
    private String source;
    private Instant from;
    private Instant to;
    private Instant deed;
    private Instant deedBefore;
    private Instant firstPage;
    private Instant lastPage;
    private int pages;
    private int productPages;
    private int goingsBack;
    private int specViews;
    private int searches;
    private int priceSorts;
    private int couponTries;
    private int salePages;
    private int cartAdds;
    private int cartRemovals;
    private int purchases;
    private String comparedCategory = "";
    private String variantFamily = "";
    private String lastViewed;
    private final Set<String> viewed = new HashSet<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> words = new HashSet<>();
    private final Set<String> tags = new HashSet<>();
    private final Set<String> shown = new HashSet<>();
    private final Map<String, Set<String>> familiesByCategory = new HashMap<>();
    private final Map<String, Set<String>> skusByFamily = new HashMap<>();
    private final Deque<String> recent = new ArrayDeque<>();
    private final Map<String, Integer> cart = new LinkedHashMap<>();

    VisitCounters(int namesMax) {
        this.namesMax = namesMax;
    }

    VisitCounters(VisitCounters other) {
        namesMax = other.namesMax;
        source = other.source;
        from = other.from;
        to = other.to;
        firstPage = other.firstPage;
        lastPage = other.lastPage;
        pages = other.pages;
        productPages = other.productPages;
        goingsBack = other.goingsBack;
        specViews = other.specViews;
        searches = other.searches;
        priceSorts = other.priceSorts;
        couponTries = other.couponTries;
        salePages = other.salePages;
        cartAdds = other.cartAdds;
        cartRemovals = other.cartRemovals;
        purchases = other.purchases;
        deed = other.deed;
        deedBefore = other.deedBefore;
        comparedCategory = other.comparedCategory;
        variantFamily = other.variantFamily;
        lastViewed = other.lastViewed;
        viewed.addAll(other.viewed);
        seen.addAll(other.seen);
        words.addAll(other.words);
        tags.addAll(other.tags);
        shown.addAll(other.shown);
        other.familiesByCategory.forEach(
                (category, families) -> familiesByCategory.put(category, new HashSet<>(families)));
        other.skusByFamily.forEach((family, skus) -> skusByFamily.put(family, new HashSet<>(skus)));
        recent.addAll(other.recent);
        cart.putAll(other.cart);
    }

    /** Counts one event; {@code product} is what the catalog knows of its sku, null for nothing. */
    void add(Event event, Product product) {
        told = null;
        from = from == null || event.at().isBefore(from) ? event.at() : from;
        to = to == null || event.at().isAfter(to) ? event.at() : to;
        if (event.type() != EventType.IMPRESSION) {
            acted(event.at());
        }
        event.tags().forEach(tag -> name(tags, tag));
        source = source == null ? event.source() : source;
        if (CHEAPEST_FIRST.equals(event.sort())) {
            priceSorts++;
        }
        switch (event.type()) {
            case VIEW -> {
                page(event);
                productPages++;
                looked(event, product);
                viewed(event.sku());
            }
            case CATEGORY -> page(event);
            case SEARCH -> {
                page(event);
                searches++;
                searched(event.query());
            }
            case SPEC_VIEW -> {
                specViews++;
                looked(event, product);
            }
            case COMPARE -> looked(event, product);
            case ADD_TO_CART -> {
                cartAdds++;
                added(event.sku(), pieces(event));
            }
            case REMOVE_FROM_CART -> {
                cartRemovals++;
                cart.computeIfPresent(
                        event.sku(), (sku, lying) -> lying > pieces(event) ? lying - pieces(event) : null);
            }
            case PURCHASE -> {
                purchases++;
                cart.remove(event.sku());
            }
            case COUPON -> couponTries++;
            case IMPRESSION -> name(shown, event.sku());
            case CLICK, GIFT -> {
                // what we showed says nothing about what the visitor wants
            }
        }
    }

    /** What we show ends no pause of the visitor's, so impressions are no deeds. */
    private void acted(Instant at) {
        if (deed == null || at.isAfter(deed)) {
            deedBefore = deed;
            deed = at;
        } else if (at.isBefore(deed) && (deedBefore == null || at.isAfter(deedBefore))) {
            deedBefore = at;
        }
    }

    private void page(Event event) {
        pages++;
        firstPage = firstPage == null || event.at().isBefore(firstPage) ? event.at() : firstPage;
        lastPage = lastPage == null || event.at().isAfter(lastPage) ? event.at() : lastPage;
        if (event.sale() && event.type() != EventType.SEARCH) {
            salePages++;
        }
    }

    private void looked(Event event, Product product) {
        String sku = event.sku();
        String family = product == null ? sku : product.family();
        String category = categoryOf(event, product);
        if (seen.size() < namesMax && seen.add(sku)) {
            skusByFamily.computeIfAbsent(family, f -> new HashSet<>(4)).add(sku);
            if (!category.isEmpty()) {
                familiesByCategory
                        .computeIfAbsent(category, c -> new HashSet<>(4))
                        .add(family);
            }
        }
        comparedCategory = larger(familiesByCategory, category, comparedCategory);
        variantFamily = larger(skusByFamily, family, variantFamily);
    }

    /** The larger of two groups; equal counts go to the one looked at last. */
    private static String larger(Map<String, Set<String>> groups, String last, String largest) {
        int size = size(groups, last);
        return size > 0 && size >= size(groups, largest) ? last : largest;
    }

    private void viewed(String sku) {
        if (sku.equals(lastViewed)) {
            return;
        }
        if (viewed.contains(sku)) {
            goingsBack++;
        }
        name(viewed, sku);
        lastViewed = sku;
        recent.addLast(sku);
        if (recent.size() > RECENT) {
            recent.removeFirst();
        }
    }

    private void searched(String query) {
        for (String word : NOT_A_WORD.split(query.toLowerCase(Locale.ROOT))) {
            if (!word.isEmpty()) {
                name(words, word);
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

    private void added(String sku, int pieces) {
        if (cart.size() < namesMax || cart.containsKey(sku)) {
            cart.merge(sku, pieces, Integer::sum);
        }
    }

    private void name(Set<String> names, String name) {
        if (names.size() < namesMax) {
            names.add(name);
        }
    }

    private static int size(Map<String, Set<String>> groups, String group) {
        Set<String> members = groups.get(group);
        return members == null ? 0 : members.size();
    }

    Instant from() {
        return from;
    }

    Instant to() {
        return to;
    }

    List<String> recent() {
        return told().recent();
    }

    Map<String, Integer> cart() {
        return told().cart();
    }

    private Names told() {
        if (told == null) {
            told = new Names(
                    List.copyOf(recent),
                    Map.copyOf(cart),
                    Set.copyOf(words),
                    Set.copyOf(seen),
                    Set.copyOf(tags),
                    Set.copyOf(shown));
        }
        return told;
    }

    /**
     * @param arrival what the storefront says of the visit goes before what its events tell
     * @param decided what earlier decisions of the visit put on the shelf, as far as this process made them; impressions
     *     tell of the others
     * @param now the moment of the question
     */
    Visit visit(VisitContext arrival, Set<String> decided, Instant now) {
        return new Visit(
                arrival.source() == null ? source : arrival.source(),
                pages,
                from == null ? 0 : seconds(from, to),
                idle(now),
                pages < 2 ? 0 : seconds(firstPage, lastPage) / (pages - 1),
                productPages,
                seen.size(),
                familiesByCategory.size(),
                comparedCategory,
                size(familiesByCategory, comparedCategory),
                goingsBack,
                variantFamily,
                size(skusByFamily, variantFamily),
                specViews,
                searches,
                told().words(),
                priceSorts,
                couponTries,
                salePages,
                cartAdds,
                cartRemovals,
                purchases,
                union(arrival.tags(), told().tags()),
                told().seen(),
                union(decided, told().shown()));
    }

    /** Mostly the one holds the other, so that nothing need be copied. */
    private static Set<String> union(Set<String> some, Set<String> others) {
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

    /** The storefront may tell of the page before it asks, or not: so the longer of the two last pauses. */
    private double idle(Instant now) {
        double last = deed == null || now.isBefore(deed) ? 0 : seconds(deed, now);
        return deedBefore == null ? last : Math.max(last, seconds(deedBefore, deed));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
