package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.Spool;
import dev.vitrine.storage.WriteBehind;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Records events: in the database, or on disk while the database is away, and then in memory. What {@link #record} has
 * returned survives a crash, and counts exactly once however often it is sent.
 */
@Singleton
public final class EventRecorder {
    /** Neither the database nor the disk takes events now; nothing was recorded. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Refused(IOException cause) {
            super("Events cannot be recorded now: neither the database nor the disk takes them", cause);
        }
    }

    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    /** After the observers of default priority, among which the catalog is loaded: a visit is told by its products. */
    private static final int AFTER_THE_CATALOG = 3000;
    /** Events stored a short while ago, so that a client's retry is a duplicate even when the database has just gone. */
    private static final int REMEMBERED = 200_000;

    private static final int BEHIND_MAX = 100_000;
    private static final int BATCH = 1000;

    private final EventRepository store;
    private final DatabaseState database;
    private final Visits visits;
    private final Shoppers shoppers;
    private final VisitConfig config;
    private final Clock clock;
    private final WaitingEvents waiting;
    private final Cache<String, Boolean> remembered =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private final WriteBehind<Event> behind = new WriteBehind<>("events-behind", BEHIND_MAX, BATCH, this::recordBehind);

    @Inject
    EventRecorder(
            EventRepository store,
            DatabaseState database,
            Visits visits,
            Shoppers shoppers,
            VisitConfig config,
            Clock clock,
            MeterRegistry meters,
            @ConfigProperty(name = "vitrine.data") Path data) {
        this.store = store;
        this.database = database;
        this.visits = visits;
        this.shoppers = shoppers;
        this.config = config;
        this.clock = clock;
        Spool spool = new Spool(data.resolve("spool"), config.spoolMaxBytes().asLongValue());
        this.waiting = new WaitingEvents(spool);
        meters.gauge("vitrine.events.on.disk.bytes", spool, Spool::bytes);
        meters.gauge("vitrine.events.waiting", behind, WriteBehind::waiting);
        meters.gauge("vitrine.events.let.go", behind, WriteBehind::dropped);
    }

    /** Brings memory to where it was when the service stopped. */
    void start(@Observes @Priority(AFTER_THE_CATALOG) StartupEvent started) {
        shoppers.loadMostRecent();
        try {
            store.running(clock.instant().minus(config.idle()), config.visitsMax(), visits::restore);
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Cannot restore the visits that went on: %s", e.getMessage());
        }
        waiting.restore(events -> shoppers.ahead(visits.apply(events)));
        behind.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        behind.close();
    }

    /**
     * Records events and returns the ids of those that are new; the others are duplicates.
     *
     * @throws Refused when neither the database nor the disk can take them
     */
    public Set<String> record(List<Event> events) {
        Map<String, Event> distinct = new LinkedHashMap<>();
        for (Event event : events) {
            if (!waiting.holds(event.id())) {
                distinct.putIfAbsent(event.id(), event);
            }
        }
        if (distinct.isEmpty()) {
            return Set.of();
        }
        if (database.up()) {
            try {
                return stored(distinct.values());
            } catch (SQLException e) {
                if (!DatabaseState.unavailable(e)) {
                    throw new IllegalStateException("The database does not take events", e);
                }
                database.failed(e);
            }
        }
        return spooled(distinct.values());
    }

    /** Takes events that came with a decision: into memory at once, and recorded soon after. */
    public void take(List<Event> inline) {
        List<Event> fresh = visits.apply(inline);
        shoppers.ahead(fresh);
        fresh.forEach(behind::offer);
    }

    /**
     * Remembers that the visit is one for a gift; it does as any event does, so that it survives a restart.
     *
     * @param shopper who the storefront says is visiting, null where only the events tell
     */
    public void takeAsGift(String visit, String shopper, Instant now) {
        Event told = visits.gift(visit, shopper, now);
        if (told != null) {
            take(List.of(told));
        }
    }

    private void recordBehind(List<Event> events) {
        try {
            record(events);
        } catch (Refused e) {
            LOG.errorf("%d events of decisions are lost: %s", events.size(), e.getCause());
        }
    }

    private Set<String> stored(Collection<Event> events) throws SQLException {
        EventRepository.Stored stored = store.store(events);
        List<Event> fresh = events.stream()
                .filter(event -> stored.ids().contains(event.id()))
                .toList();
        fresh.forEach(event -> remembered.put(event.id(), true));
        visits.apply(fresh);
        shoppers.stored(stored.shoppers());
        return stored.ids();
    }

    private Set<String> spooled(Collection<Event> events) {
        List<Event> fresh;
        try {
            fresh = waiting.add(events.stream()
                    .filter(event -> remembered.getIfPresent(event.id()) == null)
                    .toList());
        } catch (IOException e) {
            throw new Refused(e);
        }
        shoppers.ahead(fresh);
        visits.apply(fresh);
        return fresh.stream().map(Event::id).collect(Collectors.toSet());
    }

    /** Moves what waits on disk into the database, once that is back. */
    @Scheduled(every = "1s", concurrentExecution = ConcurrentExecution.SKIP)
    void drain() {
        if (waiting.none() || !database.up()) {
            return;
        }
        try {
            waiting.drain(this::drain);
        } catch (SQLException e) {
            database.failed(e);
            LOG.warnf("Events stay on disk: %s", e.getMessage());
        }
    }

    private void drain(List<Event> events) throws SQLException {
        // what was counted ahead may have been a duplicate that could not be told: the database knows better
        events.forEach(event -> shoppers.forget(event.shopper()));
        try {
            stored(events);
        } catch (SQLException e) {
            if (DatabaseState.unavailable(e)) {
                throw e;
            }
            drainOneByOne(events);
        }
    }

    /** One event that the database will never take must not hold up all the others. */
    private void drainOneByOne(Collection<Event> events) throws SQLException {
        for (Event event : events) {
            try {
                stored(List.of(event));
            } catch (SQLException e) {
                if (DatabaseState.unavailable(e)) {
                    throw e;
                }
                LOG.errorf(
                        "Dropped an event that the database does not take (%s): %s",
                        e.getMessage(), WaitingEvents.line(event));
            }
        }
    }
}
