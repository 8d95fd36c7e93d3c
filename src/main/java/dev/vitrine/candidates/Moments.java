package dev.vitrine.candidates;

import dev.vitrine.merchandising.PageType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;

/**
 * Gathers moments of past visits, of each page a random sample (reservoir sampling: Vitter, "Random sampling with a reservoir",
 * ACM TOMS 1985), so that a large log takes no more memory or time than a small one.
 */
final class Moments {
    /** Of each page: the chance of a source that is right once in a hundred times is then known to a sixth of itself. */
    private static final int SAMPLE = 3000;
    /** A visit with more is a robot's. */
    private static final int OF_A_VISIT = 50;
    /** A request carries the visit's last products. */
    private static final int RECENT = 20;
    /** As many as a decision asks for. */
    static final int COUNT = 100;

    private final Map<PageType, List<Moment>> samples = new EnumMap<>(PageType.class);
    private final Map<PageType, Integer> seen = new EnumMap<>(PageType.class);
    private final Random random = new Random(1);
    private final List<Pending> pending = new ArrayList<>();
    private final List<String> recent = new ArrayList<>();
    private final Set<String> cart = new HashSet<>();
    private int ofVisit;
    private int visits;

    private Set<String> lately = Set.of();
    private Map<String, Double> points = Map.of();

    private record Pending(PageType page, CandidateRequest request, Set<String> ordered) {}

    /** @param past what the shopper did before */
    void begin(Past past) {
        end();
        lately = past.ordered();
        points = past.points();
        recent.clear();
        cart.clear();
        ofVisit = 0;
        visits++;
        ask(PageType.HOME, "", "", lately);
    }

    void view(String sku) {
        taken(sku);
        recent.remove(sku);
        recent.add(sku);
        if (recent.size() > RECENT) {
            recent.remove(0);
        }
        ask(PageType.PRODUCT, "", "", lately);
    }

    void category(String path) {
        ask(PageType.CATEGORY, path, "", lately);
    }

    void search(String words) {
        ask(PageType.SEARCH, "", words, lately);
    }

    void addToCart(String sku) {
        taken(sku);
        if (cart.add(sku)) {
            ask(PageType.CART, "", "", lately);
        }
    }

    void purchase(String sku) {
        cart.clear();
        if (!pending.isEmpty() && pending.get(pending.size() - 1).page == PageType.ORDER_CONFIRMATION) {
            pending.get(pending.size() - 1).ordered.add(sku);
        } else {
            Set<String> ordered = new HashSet<>();
            ordered.add(sku);
            ask(PageType.ORDER_CONFIRMATION, "", "", ordered);
        }
    }

    private void ask(PageType page, String category, String words, Set<String> ordered) {
        if (ofVisit++ < OF_A_VISIT) {
            pending.add(new Pending(
                    page,
                    new CandidateRequest(
                            page, recent, category, words, List.copyOf(cart), ordered, points, List.of(), COUNT),
                    ordered));
        }
    }

    /** What lies before the shopper already answers nothing. */
    private void taken(String sku) {
        pending.removeIf(asked -> {
            List<String> seenThen = asked.request.recent();
            boolean known = asked.request.cart().contains(sku)
                    || !seenThen.isEmpty() && seenThen.get(seenThen.size() - 1).equals(sku);
            if (!known) {
                keep(asked, sku);
            }
            return !known;
        });
    }

    void end() {
        pending.forEach(asked -> keep(asked, null));
        pending.clear();
    }

    private void keep(Pending asked, String next) {
        List<Moment> sample = samples.computeIfAbsent(asked.page, any -> new ArrayList<>());
        int number = seen.merge(asked.page, 1, Integer::sum);
        Moment moment = new Moment(asked.request, next, visits % 2);
        if (sample.size() < SAMPLE) {
            sample.add(moment);
        } else {
            int place = random.nextInt(number);
            if (place < SAMPLE) {
                sample.set(place, moment);
            }
        }
    }

    /** @param categoryOf of a product, null where it is not in the catalog */
    List<Moment> list(Function<String, String> categoryOf) {
        end();
        List<Moment> all = new ArrayList<>();
        samples.values().forEach(sample -> sample.forEach(moment -> all.add(moment.with(categoryOf))));
        return all;
    }
}
