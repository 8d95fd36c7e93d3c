package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The visits that go on now, in memory. */
@Singleton
public final class Visits {
    private final Catalog catalog;
    private final Shoppers shoppers;
    private final VisitConfig config;
    private final Clock clock;
    private final Cache<String, LiveVisit> trails;
    private final ShownSkus shown;

    Visits(Catalog catalog, Shoppers shoppers, VisitConfig config, Clock clock) {
        this.catalog = catalog;
        this.shoppers = shoppers;
        this.config = config;
        this.clock = clock;
        this.trails = Caffeine.newBuilder()
                .maximumSize(config.visitsMax())
                .expireAfterAccess(config.idle())
                .build();
        this.shown = new ShownSkus(config);
    }

    /**
     * What the visit tells at this moment. Answers from memory, in a few microseconds.
     *
     * @param arrival who asks
     * @param inline events that came with the question; they count for this answer and are not kept (see
     *     {@link EventRecorder#take})
     * @param now the moment; a visit whose last event is longer ago than its idle time has just begun
     */
    public VisitSnapshot seen(VisitContext arrival, List<Event> inline, Instant now) {
        LiveVisit trail = trails.getIfPresent(arrival.visit());
        List<Event> added = List.of();
        if (!inline.isEmpty()) {
            LiveVisit copy = trail == null ? begun() : trail.copy();
            added = inline.stream()
                    .filter(event -> event.visit().equals(arrival.visit()) && copy.add(event))
                    .toList();
            trail = copy;
        }
        LiveVisit current = trail == null || trail.over(now) ? begun() : trail;
        LiveVisit.Told told = current.told(arrival, shown.of(arrival.visit()), now);
        String who = arrival.shopper() == null ? told.shopper() : arrival.shopper();
        return new VisitSnapshot(
                told.visit(),
                who == null ? told.bought().asGuest(now) : shopper(who, arrival.visit(), added, now),
                told.recent(),
                told.cart());
    }

    /** Remembers what a decision put on the shelf, for the visit's next one. */
    public void showed(String visit, Collection<String> skus) {
        shown.add(visit, skus);
    }

    /** The event that tells that the visit is one for a gift; null where there is nothing new to tell. */
    Event gift(String visit, String shopper, Instant now) {
        LiveVisit trail = trails.getIfPresent(visit);
        return trail == null ? null : trail.gift(visit, shopper, now);
    }

    private Shopper shopper(String id, String visitId, List<Event> added, Instant now) {
        ShopperHistory history = shoppers.of(id);
        for (Event event : added) {
            if (id.equals(event.shopper())) {
                history = history.with(event, catalog, config);
            }
        }
        return history.facts(visitId, now, config);
    }

    /** Takes events into the visits they belong to, and returns those that were not known there. */
    List<Event> apply(List<Event> events) {
        Set<String> running = running(events);
        List<Event> added = new ArrayList<>(events.size());
        for (Event event : events) {
            LiveVisit trail = running.contains(event.visit())
                    ? trails.get(event.visit(), id -> begun())
                    : trails.getIfPresent(event.visit());
            if (trail == null || trail.add(event)) {
                added.add(event);
            }
        }
        return added;
    }

    /** An import of last year's events must not drive the visits of today out of memory. */
    private Set<String> running(List<Event> events) {
        Instant since = clock.instant().minus(config.idle());
        Set<String> running = new HashSet<>();
        for (Event event : events) {
            if (!event.at().isBefore(since)) {
                running.add(event.visit());
            }
        }
        return running;
    }

    /** Takes in an event of a visit that went on when the service stopped. */
    void restore(Event event) {
        trails.get(event.visit(), id -> begun()).add(event);
    }

    private LiveVisit begun() {
        return new LiveVisit(catalog, config);
    }
}
