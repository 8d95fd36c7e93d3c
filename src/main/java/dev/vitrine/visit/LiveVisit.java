package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One visit in memory: its last events in order of time, and what all of them tell. */
final class LiveVisit {
    /**
     * What a visit tells, as of its last event.
     *
     * @param visit the facts that rules match
     * @param recent skus viewed, oldest first
     * @param cart pieces by sku, as the visit's events tell
     * @param shopper who was named last, null where nobody was
     * @param bought what was bought in this visit, as a history of its own
     */
    record Told(Visit visit, List<String> recent, Map<String, Integer> cart, String shopper, ShopperHistory bought) {}

    private static final ShopperHistory NOTHING_BOUGHT = ShopperHistory.blank("");

    private final Catalog catalog;
    private final VisitConfig config;
    private final List<Event> events;
    private final Set<String> ids;
    private VisitCounters tally;
    private boolean complete = true;
    private boolean gift;
    private String shopper;
    private ShopperHistory bought = NOTHING_BOUGHT;

    LiveVisit(Catalog catalog, VisitConfig config) {
        this.catalog = catalog;
        this.config = config;
        this.events = new ArrayList<>();
        this.ids = new HashSet<>();
        this.tally = new VisitCounters(config.eventsMax());
    }

    private LiveVisit(LiveVisit other) {
        catalog = other.catalog;
        config = other.config;
        events = new ArrayList<>(other.events);
        ids = new HashSet<>(other.ids);
        tally = new VisitCounters(other.tally);
        complete = other.complete;
        gift = other.gift;
        shopper = other.shopper;
        bought = other.bought;
    }

    /** Takes an event in; false when it is known already. */
    synchronized boolean add(Event event) {
        if (event.type() == EventType.GIFT) {
            boolean known = gift;
            gift = true;
            return !known;
        }
        if (!ids.add(event.id())) {
            return false;
        }
        if (events.isEmpty() || !event.at().isBefore(last().at())) {
            if (!events.isEmpty() && apart(last(), event)) {
                beginAnew(event);
            }
            events.add(event);
            count(event);
        } else {
            events.add(place(event), event);
            if (complete) {
                countAgain();
            } else {
                // earlier events are no longer here to count in their order, so this one counts as if it came last
                count(event);
            }
        }
        if (events.size() > config.eventsMax()) {
            ids.remove(events.remove(0).id());
            complete = false;
        }
        return true;
    }

    synchronized boolean knows(Event event) {
        return ids.contains(event.id());
    }

    /**
     * @param arrival what the storefront says of the visit
     * @param shown what earlier decisions of the visit put on the shelf
     * @param now the moment of the question
     */
    synchronized Told told(VisitContext arrival, Set<String> shown, Instant now) {
        return new Told(tally.visit(arrival, shown, now), tally.recent(), tally.cart(), shopper, bought);
    }

    /**
     * The event that tells that the visit is one for a gift; null where it is known already, or nobody is there of whom to
     * remember it.
     *
     * @param named who the storefront says is visiting, null where only the events tell
     */
    synchronized Event gift(String visit, String named, Instant now) {
        String who = named == null ? shopper : named;
        if (gift || who == null || events.isEmpty() || over(now)) {
            return null;
        }
        // a key made of what it tells: told twice, by two decisions or two instances, it is stored once
        String id = "gift " + visit + " " + tally.from();
        return new Event(
                id,
                EventType.GIFT,
                who,
                visit,
                now,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of());
    }

    /** Whether the visit ended before this moment. */
    synchronized boolean over(Instant now) {
        return events.isEmpty() || tally.to().plus(config.idle()).isBefore(now);
    }

    synchronized LiveVisit copy() {
        return new LiveVisit(this);
    }

    private Event last() {
        return events.get(events.size() - 1);
    }

    private boolean apart(Event earlier, Event later) {
        return earlier.at().plus(config.idle()).isBefore(later.at());
    }

    private int place(Event event) {
        int place = events.size();
        while (place > 0 && event.at().isBefore(events.get(place - 1).at())) {
            place--;
        }
        return place;
    }

    private void beginAnew(Event event) {
        events.clear();
        ids.clear();
        ids.add(event.id());
        tally = new VisitCounters(config.eventsMax());
        complete = true;
        gift = false;
        forgetWho();
    }

    /** Counts from the start of the visit, which a late event may have moved. */
    private void countAgain() {
        int start = events.size() - 1;
        while (start > 0 && !apart(events.get(start - 1), events.get(start))) {
            start--;
        }
        List<Event> earlierVisit = events.subList(0, start);
        earlierVisit.forEach(event -> ids.remove(event.id()));
        earlierVisit.clear();
        tally = new VisitCounters(config.eventsMax());
        forgetWho();
        events.forEach(this::count);
    }

    private void forgetWho() {
        shopper = null;
        bought = NOTHING_BOUGHT;
    }

    private void count(Event event) {
        shopper = event.shopper() == null ? shopper : event.shopper();
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        tally.add(event, product);
        if (event.type() == EventType.PURCHASE) {
            bought = bought.with(event, catalog, config);
        }
    }
}
