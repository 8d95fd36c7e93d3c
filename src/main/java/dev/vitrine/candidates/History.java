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

/** Collects the shop's events for a model. They come visit by visit, and the events of a visit in order of time. */
final class History {
    /** The same break that ends a visit everywhere: see {@link dev.vitrine.merchandising.Visit}. */
    private static final long IDLE_MILLIS = Duration.ofMinutes(30).toMillis();
    /** Views of one visit that count. One with more is a robot's, which the model leaves out anyway. */
    private static final int VIEWS_MAX = 500;

    private final Popularity.Counting interest;
    private final Sessions.Gathering visits = new Sessions.Gathering();
    private final Sessions.Gathering orders = new Sessions.Gathering();
    private final Map<String, Integer> ordersOfVisit = new HashMap<>();
    private final List<String> viewed = new ArrayList<>();
    private final List<Long> viewedAt = new ArrayList<>();
    private String visit;
    private long lastMillis;
    private long sessions;
    private long clicks;
    private int visitCount;
    private int orderCount;

    History(long newestMillis) {
        interest = new Popularity.Counting(newestMillis);
    }

    void view(String ofVisit, String sku, long atMillis) {
        turnTo(ofVisit, atMillis);
        interest.view(sku, atMillis);
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
        interest.sale(sku, atMillis, units);
        int number = ordersOfVisit.computeIfAbsent(Objects.requireNonNullElse(order, ""), any -> orderCount++);
        orders.add(number, sku, atMillis);
    }

    private void turnTo(String nextVisit, long atMillis) {
        if (!nextVisit.equals(visit)) {
            endSession();
            ordersOfVisit.clear();
            visit = nextVisit;
        } else if (atMillis - lastMillis > IDLE_MILLIS) {
            endSession();
        }
        lastMillis = atMillis;
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

    TrainedModel trained(Instant at, Function<String, String> categoryOf) {
        endSession();
        return new TrainedModel(
                at,
                sessions,
                clicks,
                VmisKnn.train(visits.sessions(), VmisKnn.Settings.SHOP),
                Together.train(orders.sessions()),
                interest.popularity(categoryOf));
    }
}
