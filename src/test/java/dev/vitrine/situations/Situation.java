package dev.vitrine.situations;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A shopper in front of a shelf, and what a good salesperson would put there. The README beside the files says how one is
 * written.
 */
record Situation(
        @JsonProperty("situation") String name,
        String shop,
        List<Earlier> history,
        String source,
        List<String> visit,
        String page,
        List<String> cart,
        Integer places,
        String module,
        List<String> first,
        List<String> shows,
        List<String> never,
        List<String> only,
        Map<String, Integer> most,
        Integer least) {
    static final String DEMO = "demo";
    private static final int PLACES = 8;
    private static final String FAMILY = "family";
    private static final String EACH_CATEGORY = "each category";

    /** An earlier visit of the shopper. */
    record Earlier(
            Integer daysAgo, Integer hoursAgo, Boolean gift, String searches, List<String> views, List<String> buys) {
        Earlier {
            views = requireNonNullElse(views, List.of());
            buys = requireNonNullElse(buys, List.of());
        }
    }

    Situation {
        shop = requireNonNullElse(shop, DEMO);
        history = requireNonNullElse(history, List.of());
        visit = requireNonNullElse(visit, List.of());
        cart = requireNonNullElse(cart, List.of());
        places = requireNonNullElse(places, PLACES);
        first = requireNonNullElse(first, List.of());
        shows = requireNonNullElse(shows, List.of());
        never = requireNonNullElse(never, List.of());
        only = requireNonNullElse(only, List.of());
        most = requireNonNullElse(most, Map.of());
    }

    /** What a shopper would find wrong with this shelf; empty if it is as it should be. */
    List<String> faults(String shownAs, List<Ware> shelf, Map<String, Ware> catalog) {
        List<String> faults = new ArrayList<>();
        if (module != null && !module.equals(shownAs)) {
            faults.add("is shown as " + shownAs + ", not as " + module);
        }
        if (!first.isEmpty()
                && (shelf.isEmpty()
                        || selectors(first, catalog).stream()
                                .noneMatch(one -> one.meant().test(shelf.get(0))))) {
            faults.add("begins with "
                    + (shelf.isEmpty() ? "nothing" : shelf.get(0).sku()) + ", not with " + String.join(" or ", first));
        }
        for (Selector wanted : selectors(shows, catalog)) {
            if (shelf.stream().noneMatch(wanted.meant())) {
                faults.add("lacks " + wanted.text());
            }
        }
        for (Selector unwanted : selectors(never, catalog)) {
            List<String> there = skus(shelf.stream().filter(unwanted.meant()).toList());
            if (!there.isEmpty()) {
                faults.add("has " + String.join(", ", there) + " (never " + unwanted.text() + ")");
            }
        }
        List<Selector> belongs = selectors(only, catalog);
        if (!belongs.isEmpty()) {
            List<String> strangers = skus(shelf.stream()
                    .filter(ware ->
                            belongs.stream().noneMatch(one -> one.meant().test(ware)))
                    .toList());
            if (!strangers.isEmpty()) {
                faults.add("has " + String.join(", ", strangers) + " (only " + String.join(", ", only) + ")");
            }
        }
        most.forEach((what, limit) -> faults.addAll(tooMany(what, limit, shelf, catalog)));
        if (least != null && shelf.size() < least) {
            faults.add("has " + shelf.size() + " places filled, fewer than " + least);
        }
        return faults;
    }

    private static List<String> tooMany(String what, int limit, List<Ware> shelf, Map<String, Ware> catalog) {
        Map<String, List<Ware>> groups =
                switch (what) {
                    case FAMILY -> shelf.stream().collect(Collectors.groupingBy(Ware::family));
                    case EACH_CATEGORY -> shelf.stream().collect(Collectors.groupingBy(Ware::category));
                    default ->
                        Map.of(
                                what,
                                shelf.stream()
                                        .filter(Selector.of(what, catalog).meant())
                                        .toList());
                };
        return groups.values().stream()
                .filter(group -> group.size() > limit)
                .map(group -> "has " + String.join(", ", skus(group)) + " (at most " + limit + " of " + what + ")")
                .sorted()
                .toList();
    }

    private static List<Selector> selectors(List<String> words, Map<String, Ware> catalog) {
        return words.stream().map(word -> Selector.of(word, catalog)).toList();
    }

    private static List<String> skus(List<Ware> wares) {
        return wares.stream().map(Ware::sku).toList();
    }
}
