package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Shopper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
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
 */
record ShopperHistory(
        String id,
        long version,
        int visits,
        List<Period> recentVisits,
        List<Interest> categories,
        int orders,
        List<String> recentOrders,
        double spent,
        Purchase lastPurchase) {
    /** Late events and visits side by side on two devices lie within the last few. Our choice. */
    private static final int RECENT = 20;
    /** More than a shop's departments, few enough to be cheap. Our choice. */
    private static final int CATEGORIES = 100;

    /**
     * One visit.
     *
     * @param visit its key
     * @param from its first event
     * @param to its last event
     * @param order key of the order made of its purchases that name none, null without one
     */
    record Period(String visit, Instant from, Instant to, String order) {
        boolean holds(String visitId, Instant at, Duration idle) {
            return visit.equals(visitId) && !at.isBefore(from.minus(idle)) && !at.isAfter(to.plus(idle));
        }

        Period with(Instant at, String newOrder) {
            return new Period(visit, at.isBefore(from) ? at : from, at.isAfter(to) ? at : to, newOrder);
        }
    }

    /** A category, and when it was first looked at or bought in. */
    record Interest(String category, Instant since) {}

    /** The most expensive item of an order; {@code at} is the order's last purchase. */
    record Purchase(String order, Instant at, String sku, double price, String category) {}

    ShopperHistory {
        recentVisits = List.copyOf(recentVisits);
        categories = List.copyOf(categories);
        recentOrders = List.copyOf(recentOrders);
    }

    static ShopperHistory blank(String id) {
        return new ShopperHistory(id, 0, 0, List.of(), List.of(), 0, List.of(), 0, null);
    }

    /** The state as stored next. */
    ShopperHistory stored() {
        return new ShopperHistory(
                id, version + 1, visits, recentVisits, categories, orders, recentOrders, spent, lastPurchase);
    }

    Instant lastSeen() {
        return recentVisits.stream().map(Period::to).max(Instant::compareTo).orElse(Instant.EPOCH);
    }

    /** With one more event, which must not be counted yet. */
    ShopperHistory with(Event event, Catalog catalog, Duration idle) {
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        List<Period> periods = new ArrayList<>(recentVisits);
        Period period = take(periods, event, idle);
        boolean begun = period == null;
        if (begun) {
            period = new Period(event.visit(), event.at(), event.at(), null);
        }
        String order = event.type() == EventType.PURCHASE ? order(event, period) : null;
        periods.add(period.with(event.at(), event.order() == null && order != null ? order : period.order()));
        if (periods.size() > RECENT) {
            forgetOldest(periods);
        }
        int visitsNow = begun ? visits + 1 : visits;
        List<Interest> interests = interested(event, Tally.categoryOf(event, product));
        if (order == null) {
            return new ShopperHistory(
                    id, version, visitsNow, periods, interests, orders, recentOrders, spent, lastPurchase);
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
                spent + price * Tally.pieces(event),
                bought(new Purchase(order, event.at(), event.sku(), price, Tally.categoryOf(event, product))));
    }

    private static Period take(List<Period> periods, Event event, Duration idle) {
        for (int i = periods.size() - 1; i >= 0; i--) {
            if (periods.get(i).holds(event.visit(), event.at(), idle)) {
                return periods.remove(i);
            }
        }
        return null;
    }

    /** Never the one that was just touched: an import of old events would count it anew with each of its events. */
    private static void forgetOldest(List<Period> periods) {
        Period oldest = periods.get(0);
        for (Period period : periods.subList(0, periods.size() - 1)) {
            oldest = period.to().isBefore(oldest.to()) ? period : oldest;
        }
        periods.remove(oldest);
    }

    private static String order(Event event, Period period) {
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

    private Purchase bought(Purchase purchase) {
        if (lastPurchase == null || !lastPurchase.order().equals(purchase.order())) {
            return lastPurchase == null || !purchase.at().isBefore(lastPurchase.at()) ? purchase : lastPurchase;
        }
        Instant at = purchase.at().isAfter(lastPurchase.at()) ? purchase.at() : lastPurchase.at();
        boolean dearer = purchase.price() > lastPurchase.price()
                || (purchase.price() == lastPurchase.price() && at.equals(purchase.at()));
        Purchase item = dearer ? purchase : lastPurchase;
        return new Purchase(item.order(), at, item.sku(), item.price(), item.category());
    }

    private List<Interest> interested(Event event, String category) {
        boolean interest =
                switch (event.type()) {
                    case VIEW, CATEGORY, SPEC_VIEW, COMPARE, ADD_TO_CART, PURCHASE -> true;
                    case SEARCH, REMOVE_FROM_CART, COUPON, IMPRESSION, CLICK -> false;
                };
        if (!interest || category.isEmpty()) {
            return categories;
        }
        Interest touched = new Interest(category, event.at());
        List<Interest> all = new ArrayList<>(categories.size() + 1);
        for (Interest known : categories) {
            if (!known.category().equals(category)) {
                all.add(known);
            } else if (known.since().isBefore(touched.since())) {
                touched = known;
            }
        }
        all.add(touched);
        return all.size() > CATEGORIES ? all.subList(1, all.size()) : all;
    }

    /** What earlier visits tell in this visit. */
    Shopper facts(String visit, Instant now, Duration idle) {
        Period current = null;
        Instant lastVisit = null;
        for (Period period : recentVisits) {
            if (period.holds(visit, now, idle)) {
                current = period;
            } else if (lastVisit == null || period.to().isAfter(lastVisit)) {
                lastVisit = period.to();
            }
        }
        int earlier = current == null ? visits : visits - 1;
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
                before(current == null ? now : current.from()),
                Map.of(),
                Map.of(),
                Map.of());
    }

    private static int days(Instant at, Instant now) {
        return at == null
                ? Shopper.NEVER
                : (int) Math.max(0, Duration.between(at, now).toDays());
    }

    private Set<String> before(Instant begun) {
        Collection<String> known = new HashSet<>();
        for (Interest interest : categories) {
            if (interest.since().isBefore(begun)) {
                known.add(interest.category());
            }
        }
        return Set.copyOf(known);
    }
}
