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

/** The shop's events on their way into a model. They come visit by visit, and each visit's in the order of time. */
final class History {
    /** The same break that ends a visit everywhere: see {@link dev.vitrine.merchandising.Visit}. */
    private static final long IDLE_MILLIS = Duration.ofMinutes(30).toMillis();
    /** Views of one visit that count. Our choice: past that it is a robot, and left out of the model anyway. */
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
    private int visitsLearnt;
    private int ordersLearnt;

    /** @param newestMillis time of the newest event */
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

    /** @param order null where the shop does not tell: then the visit has one order */
    void purchase(String ofVisit, String order, String sku, long atMillis, int units) {
        turnTo(ofVisit, atMillis);
        interest.sale(sku, atMillis, units);
        int number = ordersOfVisit.computeIfAbsent(Objects.requireNonNullElse(order, ""), unseen -> ordersLearnt++);
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

    /** A visit of one product teaches nothing of what goes together, and would take a neighbour's place. */
    private void endSession() {
        if (new HashSet<>(viewed).size() > 1) {
            for (int i = 0; i < viewed.size(); i++) {
                visits.add(visitsLearnt, viewed.get(i), viewedAt.get(i));
            }
            visitsLearnt++;
        }
        viewed.clear();
        viewedAt.clear();
    }

    /** @param categoryOf a product's category path, null where the catalog does not have it */
    TrainedModel trained(Instant at, Function<String, String> categoryOf) {
        endSession();
        return new TrainedModel(
                at,
                sessions,
                clicks,
                VmisKnn.train(visits.sessions(), VmisKnn.Settings.SHOP),
                CoPurchase.train(orders.sessions()),
                interest.popularity(categoryOf));
    }
}
