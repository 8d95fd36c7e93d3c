package dev.vitrine.candidates;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Collects the shop's events for a model. They come shopper by shopper and visit by visit, and the events of a visit in order of
 * time.
 */
final class History {
    /** The same break that ends a visit everywhere: see {@link dev.vitrine.merchandising.Visit}. */
    private static final long IDLE_MILLIS = Duration.ofMinutes(30).toMillis();
    /** Views of one visit that count. One with more is a robot's, which the model leaves out anyway. */
    private static final int VIEWS_MAX = 500;

    private final long splitMillis;
    private final Popularity.Counting interest;
    private final Popularity.Counting earlierInterest;
    private final Moments moments = new Moments();
    private final Past past = new Past();
    private String shopper;
    private final Sessions.Gathering visits = new Sessions.Gathering();
    private final Sessions.Gathering orders = new Sessions.Gathering();
    private final Map<String, Integer> ordersOfVisit = new HashMap<>();
    private final List<String> viewed = new ArrayList<>();
    private final List<Long> viewedAt = new ArrayList<>();
    private String visit;
    /** Whether the visit is one that chances are learned from. */
    private boolean late;

    private boolean another = true;
    private long lastMillis;
    private long sessions;
    private long clicks;
    private int visitCount;
    private int orderCount;

    /** @param splitMillis visits that begin then or later are those that chances are learned from */
    History(long newestMillis, long splitMillis) {
        this.splitMillis = splitMillis;
        interest = new Popularity.Counting(newestMillis);
        earlierInterest = new Popularity.Counting(splitMillis);
    }

    /** Whose visit the next events are of; null where nobody knows. All visits of a shopper come after each other. */
    void of(String shopperOfVisit) {
        if (shopperOfVisit == null || !shopperOfVisit.equals(shopper)) {
            shopper = shopperOfVisit;
            // of the next visit, so not before the one that is being read has ended
            another = true;
        }
    }

    void view(String ofVisit, String sku, long atMillis) {
        turnTo(ofVisit, atMillis);
        past.did(sku, Past.VIEW, atMillis);
        interest.view(sku, atMillis);
        if (atMillis < splitMillis) {
            earlierInterest.view(sku, atMillis);
        }
        if (late) {
            moments.view(sku);
        }
        clicks++;
        if (viewed.isEmpty()) {
            sessions++;
        }
        if (viewed.size() < VIEWS_MAX) {
            viewed.add(sku);
            viewedAt.add(atMillis);
        }
    }

    /** @param order null where the shop does not say; then the visit has one order */
    void purchase(String ofVisit, String order, String sku, long atMillis, int units) {
        turnTo(ofVisit, atMillis);
        past.did(sku, Past.PURCHASE, atMillis);
        interest.sale(sku, atMillis, units);
        if (atMillis < splitMillis) {
            earlierInterest.sale(sku, atMillis, units);
        }
        if (late) {
            moments.purchase(sku);
        }
        int number = ordersOfVisit.computeIfAbsent(Objects.requireNonNullElse(order, ""), any -> orderCount++);
        orders.add(number, sku, atMillis);
    }

    void category(String ofVisit, String path, long atMillis) {
        turnTo(ofVisit, atMillis);
        if (late) {
            moments.category(path);
        }
    }

    void search(String ofVisit, String words, long atMillis) {
        turnTo(ofVisit, atMillis);
        if (late) {
            moments.search(words);
        }
    }

    void addToCart(String ofVisit, String sku, long atMillis) {
        turnTo(ofVisit, atMillis);
        past.did(sku, Past.CART, atMillis);
        if (late) {
            moments.addToCart(sku);
        }
    }

    private void turnTo(String nextVisit, long atMillis) {
        if (!nextVisit.equals(visit)) {
            endSession();
            ordersOfVisit.clear();
            visit = nextVisit;
            begin(atMillis);
        } else if (atMillis - lastMillis > IDLE_MILLIS) {
            endSession();
            begin(atMillis);
        }
        lastMillis = atMillis;
    }

    private void begin(long atMillis) {
        if (another || shopper == null) {
            past.forget();
            another = false;
        } else {
            past.next(atMillis);
        }
        late = atMillis >= splitMillis;
        if (late) {
            moments.begin(past);
        }
    }

    /** A visit of one product says nothing about what goes together, and would take a neighbour's place. */
    private void endSession() {
        if (new HashSet<>(viewed).size() > 1) {
            for (int i = 0; i < viewed.size(); i++) {
                visits.add(visitCount, viewed.get(i), viewedAt.get(i));
            }
            visitCount++;
        }
        viewed.clear();
        viewedAt.clear();
    }

    /**
     * From all of it, with the chances that a shop without a log has.
     *
     * @param categoryOf of a product; null where it is not in the catalog
     * @param sortOf what sort of thing it is, see {@link Things#sort}; null where it is not in the catalog
     */
    TrainedModel trained(Instant at, Function<String, String> categoryOf, Function<String, String> sortOf) {
        endSession();
        return trained(at, visits.sessions(), orders.sessions(), interest.popularity(categoryOf), sortOf);
    }

    /** From what happened before the split: what a model would have known then. */
    TrainedModel earlier(Function<String, String> categoryOf, Function<String, String> sortOf) {
        endSession();
        return trained(
                Instant.ofEpochMilli(splitMillis),
                visits.sessions().until(splitMillis),
                orders.sessions().until(splitMillis),
                earlierInterest.popularity(categoryOf),
                sortOf);
    }

    /** Of the visits since the split. */
    List<Moment> moments(Function<String, String> categoryOf) {
        return moments.list(categoryOf);
    }

    private TrainedModel trained(
            Instant at, Sessions ofVisits, Sessions ofOrders, Popularity popularity, Function<String, String> sortOf) {
        return new TrainedModel(
                at,
                sessions,
                clicks,
                VmisKnn.train(ofVisits, VmisKnn.Settings.SHOP),
                Together.train(ofOrders),
                Together.train(ofOrders.of(sortOf)),
                popularity,
                Chances.PRIOR);
    }
}
