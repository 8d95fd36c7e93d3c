package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.merchandising.Shopper;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The current visits, in memory. */
@Singleton
public final class Visits {
    private final Catalog catalog;
    private final Shoppers shoppers;
    private final VisitConfig config;
    private final Clock clock;
    private final Cache<String, LiveVisit> visits;
    private final ShownSkus shown;
    private final HiddenSkus hidden;

    Visits(Catalog catalog, Shoppers shoppers, VisitConfig config, Clock clock) {
        this.catalog = catalog;
        this.shoppers = shoppers;
        this.config = config;
        this.clock = clock;
        this.visits = Caffeine.newBuilder()
                .maximumWeight(config.maxBytes().asLongValue())
                .weigher((String id, LiveVisit visit) -> Math.max(visit.bytes(), leastBytes(config)))
                .expireAfterAccess(config.idle())
                .build();
        this.shown = new ShownSkus(config);
        this.hidden = new HiddenSkus(config);
    }

    /** With it, no more visits fit than their number allows. */
    static int leastBytes(VisitConfig config) {
        return leastBytes(config.maxBytes(), config.visitsMax());
    }

    /** What each counts at least, so that no more than so many fit into so much. */
    static int leastBytes(MemorySize memory, int most) {
        return (int) Math.max(1, memory.asLongValue() / most);
    }

    /**
     * The visit and its shopper at this moment, from memory, in a few microseconds.
     *
     * @param inline events of the decision request; they count for this answer and are not kept (see {@link
     *     EventRecorder#take})
     */
    public VisitSnapshot snapshot(VisitContext context, List<Event> inline, Instant now) {
        LiveVisit visit = visits.getIfPresent(context.visit());
        List<Event> added = List.of();
        if (!inline.isEmpty()) {
            LiveVisit copy = visit == null ? begun() : visit.copy();
            added = inline.stream()
                    .filter(event -> event.visit().equals(context.visit()) && copy.add(event))
                    .toList();
            visit = copy;
        }
        LiveVisit current = visit == null || visit.over(now) ? begun() : visit;
        LiveVisit.VisitFacts facts = current.snapshot(context, shown.of(context.visit()), now);
        String who = context.shopper() == null ? facts.shopper() : context.shopper();
        return new VisitSnapshot(
                facts.visit(),
                who == null ? facts.bought().asGuest(context.segments(), now) : shopper(who, context, added, now),
                facts.recent(),
                facts.query(),
                facts.cart(),
                facts.secondsViewed());
    }

    /** A visit of which nothing is known but these events, and not who makes it. */
    public VisitSnapshot madeUp(VisitContext context, List<Event> events, Instant now) {
        LiveVisit visit = begun();
        events.stream().filter(event -> event.visit().equals(context.visit())).forEach(visit::add);
        LiveVisit current = visit.over(now) ? begun() : visit;
        LiveVisit.VisitFacts facts = current.snapshot(context, Set.of(), now);
        return new VisitSnapshot(
                facts.visit(),
                facts.bought().asGuest(context.segments(), now),
                facts.recent(),
                facts.query(),
                facts.cart(),
                facts.secondsViewed());
    }

    public void showed(String visit, Collection<String> skus) {
        shown.add(visit, skus);
    }

    /**
     * What the rules of a decision kept off the shelf.
     *
     * @param considered skus of all its candidates
     */
    public void hid(String visit, Collection<String> skus, Collection<String> considered) {
        hidden.decided(visit, skus, considered);
    }

    /** Whether rules kept a sku off the visit's shelf when they considered it last. */
    public Predicate<String> hidden(String visit) {
        return hidden.of(visit);
    }

    Optional<Event> gift(String id, String shopper, Instant now) {
        return Optional.ofNullable(visits.getIfPresent(id)).flatMap(visit -> visit.gift(id, shopper, now));
    }

    private Shopper shopper(String id, VisitContext context, List<Event> added, Instant now) {
        ShopperHistory history = shoppers.of(id);
        for (Event event : added) {
            if (id.equals(event.shopper())) {
                history = history.with(event, catalog, config);
            }
        }
        return history.facts(context.visit(), context.segments(), now, config);
    }

    /** Adds events to their visits, and returns those that were not known there. */
    List<Event> apply(List<Event> events) {
        Set<String> current = currentVisits(events);
        List<Event> added = new ArrayList<>(events.size());
        for (Event event : events) {
            LiveVisit visit = current.contains(event.visit())
                    ? visits.get(event.visit(), id -> begun())
                    : visits.getIfPresent(event.visit());
            if (visit == null || visit.add(event)) {
                added.add(event);
            }
        }
        current.forEach(this::weighAgain);
        return added;
    }

    /** The visits with a recent event. An import of last year's events must not drive today's visits out of memory. */
    private Set<String> currentVisits(List<Event> events) {
        Instant since = clock.instant().minus(config.idle());
        Set<String> current = new HashSet<>();
        for (Event event : events) {
            if (!event.at().isBefore(since)) {
                current.add(event.visit());
            }
        }
        return current;
    }

    /** It was weighed when it began. */
    private void weighAgain(String id) {
        visits.asMap().computeIfPresent(id, (same, visit) -> visit);
    }

    /** Drops what happened in these visits until a moment. */
    void forget(Set<String> erased, Instant until) {
        for (String id : erased) {
            visits.asMap().computeIfPresent(id, (any, visit) -> visit.forget(until) ? visit : null);
        }
        shown.forget(erased);
        hidden.forget(erased);
    }

    void restore(Event event) {
        visits.get(event.visit(), id -> begun()).add(event);
        weighAgain(event.visit());
    }

    void recount() {
        visits.asMap().values().forEach(LiveVisit::recount);
    }

    private LiveVisit begun() {
        return new LiveVisit(catalog, config);
    }
}
