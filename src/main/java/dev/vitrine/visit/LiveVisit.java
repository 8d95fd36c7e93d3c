package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Visit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One visit in memory: its last events in order of time, and the counters of all of them. */
final class LiveVisit {
    /** What the events of a visit say, as of the last one; {@code bought} is a history of this visit's purchases only. */
    record VisitFacts(
            Visit visit,
            List<String> recent,
            String query,
            Map<String, Integer> cart,
            Map<String, Integer> secondsViewed,
            String shopper,
            ShopperHistory bought) {}

    private static final ShopperHistory NOTHING_BOUGHT = ShopperHistory.blank("");

    private static final int BYTES = 1000;
    /** What an event adds to the counters: entries of several maps. */
    private static final int BYTES_OF_A_COUNT = 150;

    private final Catalog catalog;
    private final VisitConfig config;
    private final List<Event> events;
    private final Set<String> ids;
    private VisitCounters counters;
    private boolean complete = true;
    private boolean gift;
    private String shopper;
    private ShopperHistory bought = NOTHING_BOUGHT;

    LiveVisit(Catalog catalog, VisitConfig config) {
        this.catalog = catalog;
        this.config = config;
        this.events = new ArrayList<>();
        this.ids = new HashSet<>();
        this.counters = new VisitCounters(config.eventsMax());
    }

    private LiveVisit(LiveVisit other) {
        catalog = other.catalog;
        config = other.config;
        events = new ArrayList<>(other.events);
        ids = new HashSet<>(other.ids);
        counters = other.counters.copy();
        complete = other.complete;
        gift = other.gift;
        shopper = other.shopper;
        bought = other.bought;
    }

    /** Adds an event; false when it is known already. */
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
                restartWith(event);
            }
            events.add(event);
            count(event);
        } else {
            events.add(indexOf(event), event);
            if (complete) {
                countAgain();
            } else {
                // earlier events are gone, so they cannot be counted again in order: this one counts as if it came last
                count(event);
            }
        }
        if (events.size() > config.eventsMax()) {
            ids.remove(events.remove(0).id());
            complete = false;
        }
        return true;
    }

    /** What it takes of the memory, about: its counters hold the texts of its events, not copies of them. */
    synchronized int bytes() {
        int bytes = BYTES;
        for (Event event : events) {
            bytes += event.bytes() + BYTES_OF_A_COUNT;
        }
        return bytes;
    }

    synchronized boolean knows(Event event) {
        return ids.contains(event.id());
    }

    synchronized VisitFacts snapshot(VisitContext context, Set<String> shown, Instant now) {
        return new VisitFacts(
                counters.visit(context, shown, now),
                counters.recent(),
                counters.query(),
                counters.cart(),
                counters.secondsViewed(now),
                shopper,
                bought);
    }

    /** The event that marks the visit as one for a gift; none if it is marked, has ended or has no known shopper. */
    synchronized Optional<Event> gift(String visit, String named, Instant now) {
        String who = named == null ? shopper : named;
        if (gift || who == null || events.isEmpty() || over(now)) {
            return Optional.empty();
        }
        // the id depends on nothing but the visit: two decisions or two instances that send the event store it once
        String id = "gift " + visit + " " + counters.from();
        return Optional.of(
                Event.builder(id, EventType.GIFT, now).visit(visit).shopper(who).build());
    }

    synchronized boolean over(Instant now) {
        return events.isEmpty() || counters.to().plus(config.idle()).isBefore(now);
    }

    synchronized LiveVisit copy() {
        return new LiveVisit(this);
    }

    /** Counts the events again, by the products that the catalog has now. */
    synchronized void recount() {
        if (complete && !events.isEmpty()) {
            countAgain();
        }
    }

    /** Drops what happened until a moment; false when earlier events are counted of which it is not known when they were. */
    synchronized boolean forget(Instant until) {
        if (!complete) {
            return false;
        }
        if (events.removeIf(event -> !event.at().isAfter(until))) {
            ids.clear();
            events.forEach(event -> ids.add(event.id()));
            gift = false;
            resetCounters();
            events.forEach(this::count);
        }
        return !events.isEmpty();
    }

    private Event last() {
        return events.get(events.size() - 1);
    }

    private boolean apart(Event earlier, Event later) {
        return earlier.at().plus(config.idle()).isBefore(later.at());
    }

    private int indexOf(Event event) {
        int index = events.size();
        while (index > 0 && event.at().isBefore(events.get(index - 1).at())) {
            index--;
        }
        return index;
    }

    private void restartWith(Event event) {
        events.clear();
        ids.clear();
        ids.add(event.id());
        complete = true;
        gift = false;
        resetCounters();
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
        resetCounters();
        events.forEach(this::count);
    }

    private void resetCounters() {
        counters = new VisitCounters(config.eventsMax());
        shopper = null;
        bought = NOTHING_BOUGHT;
    }

    private void count(Event event) {
        shopper = event.shopper() == null ? shopper : event.shopper();
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        counters.add(event, product);
        if (event.type() == EventType.PURCHASE) {
            bought = bought.with(event, catalog, config);
        }
    }
}
