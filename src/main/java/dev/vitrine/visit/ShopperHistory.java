package dev.vitrine.visit;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is remembered about a shopper. It grows event by event, in any order, without the events before. An order is all
 * purchases with the same {@code order} key, else all purchases of one visit: many logs have no order key, and few shoppers
 * pay twice in one visit.
 *
 * @param version grows with each write, so that the newer of two histories is known
 * @param recentVisits the last of them; an event that belongs to an older one counts as one more visit
 * @param categories category paths looked at or bought in, the last touched at the end
 * @param spent sum of all orders, in the shop's currency
 * @param lastPurchase the most expensive item of the last order, null without one
 * @param bought what was bought, by family; empty in a history stored by an old version
 * @param segments null for a shopper who was never put into one
 */
record ShopperHistory(
        String id,
        long version,
        int visits,
        List<PastVisit> recentVisits,
        List<Interest> categories,
        int orders,
        List<String> recentOrders,
        double spent,
        Purchase lastPurchase,
        List<BoughtFamily> bought,
        @JsonInclude(JsonInclude.Include.NON_NULL) StoredSegments segments) {
    /** Late events, and visits on two devices at once, belong to the last few. */
    private static final int RECENT = 20;
    /** Of the lists, their holder and its place in a cache. */
    private static final int BYTES = 300;

    private static final int BYTES_OF_A_VISIT = 130;
    private static final int BYTES_OF_A_COUNT = 30;
    private static final int BYTES_OF_AN_INTEREST = 100;
    private static final int BYTES_OF_A_FAMILY = 250;
    private static final int BYTES_OF_SEGMENTS = 80;

    /** The most expensive item of an order; {@code at} is the order's last purchase. */
    record Purchase(String order, Instant at, String sku, double price, String category) {}

    ShopperHistory {
        recentVisits = List.copyOf(recentVisits);
        categories = List.copyOf(categories);
        recentOrders = List.copyOf(recentOrders);
        bought = List.copyOf(requireNonNullElse(bought, List.of()));
    }

    static ShopperHistory blank(String id) {
        return new ShopperHistory(id, 0, 0, List.of(), List.of(), 0, List.of(), 0, null, List.of(), null);
    }

    /** Nothing of what the shopper did. The version stays, so that what grows out of it is newer. */
    ShopperHistory emptied() {
        return new ShopperHistory(id, version, 0, List.of(), List.of(), 0, List.of(), 0, null, List.of(), segments);
    }

    ShopperHistory stored() {
        return new ShopperHistory(
                id,
                version + 1,
                visits,
                recentVisits,
                categories,
                orders,
                recentOrders,
                spent,
                lastPurchase,
                bought,
                segments);
    }

    /** What it takes of the memory, about. */
    int bytes() {
        int bytes = BYTES + TextBytes.of(id);
        for (PastVisit past : recentVisits) {
            bytes += BYTES_OF_A_VISIT + TextBytes.of(past.visit()) + TextBytes.of(past.order());
            for (String category : past.touched().keySet()) {
                bytes += BYTES_OF_A_COUNT + TextBytes.of(category);
            }
        }
        for (Interest interest : categories) {
            bytes += BYTES_OF_AN_INTEREST + TextBytes.of(interest.category());
        }
        for (String order : recentOrders) {
            bytes += TextBytes.of(order);
        }
        for (BoughtFamily family : bought) {
            bytes += BYTES_OF_A_FAMILY + TextBytes.of(family.family());
        }
        if (segments != null) {
            bytes += BYTES_OF_SEGMENTS;
            for (String name : segments.names()) {
                bytes += TextBytes.of(name);
            }
        }
        if (lastPurchase != null) {
            bytes += TextBytes.of(lastPurchase.order()) + TextBytes.of(lastPurchase.sku());
            bytes += TextBytes.of(lastPurchase.category());
        }
        return bytes;
    }

    /** The last that was heard of the shopper: an event, or what segments the shop has for them. */
    Instant lastSeen() {
        return Stream.concat(recentVisits.stream().map(PastVisit::to), Stream.ofNullable(segmentsAt()))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** When the shop last said what segments the shopper is in, null if it never did. */
    Instant segmentsAt() {
        return segments == null ? null : segments.at();
    }

    ShopperHistory in(StoredSegments now) {
        return new ShopperHistory(
                id, version, visits, recentVisits, categories, orders, recentOrders, spent, lastPurchase, bought, now);
    }

    /** With one more event, which must not have been counted before. */
    ShopperHistory with(Event event, Catalog catalog, VisitConfig config) {
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        String category = VisitCounters.categoryOf(event, product);
        List<PastVisit> pastVisits = new ArrayList<>(recentVisits);
        PastVisit past = take(pastVisits, event, config.idle());
        boolean begun = past == null;
        if (begun) {
            past = PastVisit.begunBy(event);
        }
        past = past.with(event, category);
        String order = event.type() == EventType.PURCHASE ? order(event, past) : null;
        pastVisits.add(event.order() == null && order != null ? past.ordering(order) : past);
        List<Interest> interests = new Interests(categories, pastVisits).with(event, category);
        if (pastVisits.size() > RECENT) {
            interests = forgetOldest(interests, pastVisits, config);
        }
        int visitsNow = begun ? visits + 1 : visits;
        if (order == null) {
            return new ShopperHistory(
                    id,
                    version,
                    visitsNow,
                    pastVisits,
                    interests,
                    orders,
                    recentOrders,
                    spent,
                    lastPurchase,
                    bought,
                    segments);
        }
        double price = event.price() != null ? event.price() : product == null ? 0 : product.price();
        return new ShopperHistory(
                id,
                version,
                visitsNow,
                pastVisits,
                interests,
                recentOrders.contains(order) ? orders : orders + 1,
                withLast(recentOrders, order),
                spent + price * VisitCounters.pieces(event),
                mostExpensiveWith(new Purchase(order, event.at(), event.sku(), price, category)),
                BoughtFamily.with(bought, product == null ? event.sku() : product.family(), order, event.at()),
                segments);
    }

    private static PastVisit take(List<PastVisit> pastVisits, Event event, Duration idle) {
        for (int i = pastVisits.size() - 1; i >= 0; i--) {
            if (pastVisits.get(i).holds(event.visit(), event.at(), idle)) {
                return pastVisits.remove(i);
            }
        }
        return null;
    }

    /** Never the last visit, which was just touched: an import of old events would count it again with each event. */
    private static List<Interest> forgetOldest(
            List<Interest> interests, List<PastVisit> pastVisits, VisitConfig config) {
        PastVisit oldest = pastVisits.get(0);
        for (PastVisit past : pastVisits.subList(0, pastVisits.size() - 1)) {
            oldest = past.to().isBefore(oldest.to()) ? past : oldest;
        }
        List<Interest> left = new Interests(interests, pastVisits).without(oldest, config.interestHalfLife());
        pastVisits.remove(oldest);
        return left;
    }

    private static String order(Event event, PastVisit past) {
        if (event.order() != null) {
            return "order " + event.order();
        }
        return past.order() != null ? past.order() : "visit " + event.visit() + " " + event.at();
    }

    private static List<String> withLast(List<String> keys, String key) {
        List<String> touched = new ArrayList<>(keys);
        touched.remove(key);
        touched.add(key);
        return touched.size() > RECENT ? touched.subList(1, touched.size()) : touched;
    }

    private Purchase mostExpensiveWith(Purchase purchase) {
        if (lastPurchase == null || !lastPurchase.order().equals(purchase.order())) {
            return lastPurchase == null || !purchase.at().isBefore(lastPurchase.at()) ? purchase : lastPurchase;
        }
        Instant at = purchase.at().isAfter(lastPurchase.at()) ? purchase.at() : lastPurchase.at();
        boolean moreExpensive = purchase.price() > lastPurchase.price()
                || (purchase.price() == lastPurchase.price() && at.equals(purchase.at()));
        Purchase item = moreExpensive ? purchase : lastPurchase;
        return new Purchase(item.order(), at, item.sku(), item.price(), item.category());
    }

    /** @param sent segments that count beside those that are stored */
    Shopper facts(String visit, Set<String> sent, Instant now, VisitConfig config) {
        PastVisit current = null;
        PastVisit last = null;
        for (PastVisit past : recentVisits) {
            if (past.holds(visit, now, config.idle())) {
                current = past;
            } else if (last == null || past.to().isAfter(last.to())) {
                last = past;
            }
        }
        Interests interests = new Interests(categories, recentVisits);
        return facts(
                current == null ? visits : visits - 1,
                last,
                sent,
                interests.before(current == null ? now : current.from()),
                interests.shares(current, now, config.interestHalfLife()),
                interests.gifts(current, now, config.giftHalfLife()),
                now);
    }

    /** The same for a history of nothing but the purchases of one visit, which has no earlier visits. */
    Shopper asGuest(Set<String> sent, Instant now) {
        return orders == 0 && sent.isEmpty()
                ? Shopper.NEWCOMER
                : facts(0, null, sent, Set.of(), Map.of(), Map.of(), now);
    }

    private Shopper facts(
            int earlier,
            PastVisit last,
            Set<String> sent,
            Set<String> known,
            Map<String, Double> interests,
            Map<String, Double> gifts,
            Instant now) {
        return new Shopper(
                earlier > 0,
                earlier,
                orders,
                spent,
                days(last == null ? null : last.to(), now),
                days(lastPurchase == null ? null : lastPurchase.at(), now),
                lastPurchase == null ? 0 : lastPurchase.price(),
                lastPurchase == null ? "" : lastPurchase.category(),
                lastPurchase == null ? "" : lastPurchase.sku(),
                known,
                interests,
                gifts,
                BoughtFamily.snapshot(bought, now),
                segments == null ? sent : VisitCounters.union(sent, segments.names()),
                last == null ? Set.of() : last.touched().keySet());
    }

    private static int days(Instant at, Instant now) {
        return at == null
                ? Shopper.NEVER
                : (int) Math.max(0, Duration.between(at, now).toDays());
    }
}
