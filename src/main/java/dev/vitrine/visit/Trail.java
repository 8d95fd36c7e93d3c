package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One visit in memory: its last events in order of time, and what all of them tell. */
final class Trail {
    /**
     * What a visit tells, as of its last event.
     *
     * @param visit the facts that rules match
     * @param recent skus viewed, oldest first
     * @param cart pieces by sku, as the visit's events tell
     * @param shopper who was named last, null where nobody was
     * @param last time of the last event
     */
    record Told(Visit visit, List<String> recent, Map<String, Integer> cart, String shopper, Instant last) {}

    private final Catalog catalog;
    private final Duration idle;
    private final int eventsMax;
    private final List<Event> events;
    private final Set<String> ids;
    private Tally tally;
    private boolean complete = true;
    private String shopper;

    Trail(Catalog catalog, Duration idle, int eventsMax) {
        this.catalog = catalog;
        this.idle = idle;
        this.eventsMax = eventsMax;
        this.events = new ArrayList<>();
        this.ids = new HashSet<>();
        this.tally = new Tally(eventsMax);
    }

    private Trail(Trail other) {
        catalog = other.catalog;
        idle = other.idle;
        eventsMax = other.eventsMax;
        events = new ArrayList<>(other.events);
        ids = new HashSet<>(other.ids);
        tally = new Tally(other.tally);
        complete = other.complete;
        shopper = other.shopper;
    }

    /** Takes an event in; false when it is known already. */
    synchronized boolean add(Event event) {
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
        if (events.size() > eventsMax) {
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
    synchronized Told told(Arrival arrival, Set<String> shown, Instant now) {
        return new Told(
                tally.visit(arrival, shown, now),
                tally.recent(),
                tally.cart(),
                shopper,
                events.isEmpty() ? Instant.MIN : tally.to());
    }

    synchronized Trail copy() {
        return new Trail(this);
    }

    private Event last() {
        return events.get(events.size() - 1);
    }

    private boolean apart(Event earlier, Event later) {
        return earlier.at().plus(idle).isBefore(later.at());
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
        tally = new Tally(eventsMax);
        complete = true;
        shopper = null;
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
        tally = new Tally(eventsMax);
        shopper = null;
        events.forEach(this::count);
    }

    private void count(Event event) {
        shopper = event.shopper() == null ? shopper : event.shopper();
        Product product = event.sku() == null ? null : catalog.product(event.sku());
        tally.add(event, product);
    }
}
