package dev.vitrine.visit;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is remembered of a shopper: grown event by event, in any order, without the events before. Kept in the
 * {@code shopper} table as it stands here.
 *
 * <p>An order is all purchases with the same {@code order} key, else all purchases of one visit (our choice: many logs have
 * no order key, and few shoppers pay twice in one visit).
 *
 * @param id the shop's key of the shopper
 * @param version counts what was stored, so that the newest of two states can be told
 * @param visits visits ever
 * @param recentVisits the last of them; an event that belongs to an older one counts as one more visit
 * @param categories category paths looked at or bought in, the last touched at the end
 * @param orders orders ever
 * @param recentOrders keys of the last of them
 * @param spent sum of all orders, in the shop's currency
 * @param lastPurchase the most expensive item of the last order, null without one
 * @param bought what was bought, by family; a history stored before there was such a list has none
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
        List<BoughtFamily> bought) {
    /** Late events and visits side by side on two devices lie within the last few. Our choice. */
    private static final int RECENT = 20;

    /** The most expensive item of an order; {@code at} is the order's last purchase. */
    record Purchase(String order, Instant at, String sku, double price, String category) {}

    ShopperHistory {
        recentVisits = List.copyOf(recentVisits);
        categories = List.copyOf(categories);
        recentOrders = List.copyOf(recentOrders);
        bought = List.copyOf(requireNonNullElse(bought, List.of()));
    }

    static ShopperHistory blank(String id) {
        return new ShopperHistory(id, 0, 0, List.of(), List.of(), 0, List.of(), 0, null, List.of());
    }

    /** The state as stored next. */
    ShopperHistory stored() {
        return new ShopperHistory(
                id, version + 1, visits, recentVisits, categories, orders, recentOrders, spent, lastPurchase, bought);
    }

    Instant lastSeen() {
        return recentVisits.stream().map(PastVisit::to).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** With one more event, which must not be counted yet. */
    ShopperHistory with(Event event, Catalog catalog, VisitConfig config) {
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        String category = VisitCounters.categoryOf(event, product);
        List<PastVisit> periods = new ArrayList<>(recentVisits);
        PastVisit period = take(periods, event, config.idle());
        boolean begun = period == null;
        if (begun) {
            period = PastVisit.begunBy(event);
        }
        period = period.with(event, category);
        String order = event.type() == EventType.PURCHASE ? order(event, period) : null;
        periods.add(event.order() == null && order != null ? period.ordering(order) : period);
        List<Interest> interests = new Interests(categories, periods).with(event, category);
        if (periods.size() > RECENT) {
            interests = forgetOldest(interests, periods, config);
        }
        int visitsNow = begun ? visits + 1 : visits;
        if (order == null) {
            return new ShopperHistory(
                    id, version, visitsNow, periods, interests, orders, recentOrders, spent, lastPurchase, bought);
        }
        double price = event.price() != null ? event.price() : product == null ? 0 : product.price();
        return new ShopperHistory(
                id,
                version,
                visitsNow,
                periods,
                interests,
                recentOrders.contains(order) ? orders : orders + 1,
                lastly(recentOrders, order),
                spent + price * VisitCounters.pieces(event),
                dearest(new Purchase(order, event.at(), event.sku(), price, category)),
                BoughtFamily.with(bought, product == null ? event.sku() : product.family(), order, event.at()));
    }

    private static PastVisit take(List<PastVisit> periods, Event event, Duration idle) {
        for (int i = periods.size() - 1; i >= 0; i--) {
            if (periods.get(i).holds(event.visit(), event.at(), idle)) {
                return periods.remove(i);
            }
        }
        return null;
    }

    /** Never the one that was just touched: an import of old events would count it anew with each of its events. */
    private static List<Interest> forgetOldest(List<Interest> interests, List<PastVisit> periods, VisitConfig config) {
        PastVisit oldest = periods.get(0);
        for (PastVisit period : periods.subList(0, periods.size() - 1)) {
            oldest = period.to().isBefore(oldest.to()) ? period : oldest;
        }
        List<Interest> left = new Interests(interests, periods).without(oldest, config.interestHalfLife());
        periods.remove(oldest);
        return left;
    }

    private static String order(Event event, PastVisit period) {
        if (event.order() != null) {
            return "order " + event.order();
        }
        return period.order() != null ? period.order() : "visit " + event.visit() + " " + event.at();
    }

    private static List<String> lastly(List<String> keys, String key) {
        List<String> touched = new ArrayList<>(keys);
        touched.remove(key);
        touched.add(key);
        return touched.size() > RECENT ? touched.subList(1, touched.size()) : touched;
    }

    private Purchase dearest(Purchase purchase) {
        if (lastPurchase == null || !lastPurchase.order().equals(purchase.order())) {
            return lastPurchase == null || !purchase.at().isBefore(lastPurchase.at()) ? purchase : lastPurchase;
        }
        Instant at = purchase.at().isAfter(lastPurchase.at()) ? purchase.at() : lastPurchase.at();
        boolean dearer = purchase.price() > lastPurchase.price()
                || (purchase.price() == lastPurchase.price() && at.equals(purchase.at()));
        Purchase item = dearer ? purchase : lastPurchase;
        return new Purchase(item.order(), at, item.sku(), item.price(), item.category());
    }

    /** What earlier visits tell in this visit. */
    Shopper facts(String visit, Instant now, VisitConfig config) {
        PastVisit current = null;
        Instant lastVisit = null;
        for (PastVisit period : recentVisits) {
            if (period.holds(visit, now, config.idle())) {
                current = period;
            } else if (lastVisit == null || period.to().isAfter(lastVisit)) {
                lastVisit = period.to();
            }
        }
        Interests interests = new Interests(categories, recentVisits);
        return facts(
                current == null ? visits : visits - 1,
                lastVisit,
                interests.before(current == null ? now : current.from()),
                interests.shares(current, now, config.interestHalfLife()),
                interests.gifts(current, now, config.giftHalfLife()),
                now);
    }

    /** The same of a history that holds no more than one visit's own purchases: there is no earlier visit that could tell. */
    Shopper asGuest(Instant now) {
        return orders == 0 ? Shopper.NEWCOMER : facts(0, null, Set.of(), Map.of(), Map.of(), now);
    }

    private Shopper facts(
            int earlier,
            Instant lastVisit,
            Set<String> known,
            Map<String, Double> interests,
            Map<String, Double> gifts,
            Instant now) {
        return new Shopper(
                earlier > 0,
                earlier,
                orders,
                spent,
                days(lastVisit, now),
                days(lastPurchase == null ? null : lastPurchase.at(), now),
                lastPurchase == null ? 0 : lastPurchase.price(),
                lastPurchase == null ? "" : lastPurchase.category(),
                lastPurchase == null ? "" : lastPurchase.sku(),
                known,
                interests,
                gifts,
                BoughtFamily.told(bought, now));
    }

    private static int days(Instant at, Instant now) {
        return at == null
                ? Shopper.NEVER
                : (int) Math.max(0, Duration.between(at, now).toDays());
    }
}
