package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.CountedLog;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Spool;
import dev.vitrine.storage.Transactions;
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
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** Records events. What {@link #record} has returned survives a crash, and counts once however often it is sent. */
@Singleton
public final class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    /** Recently stored ids, so that a client's retry is a duplicate even when the database has just gone. */
    private static final long REMEMBERED_BYTES = 24 << 20;

    /** Of inline events that wait for the database: some 30,000, or few with long texts. */
    private static final long BEHIND_BYTES_MAX = 16 << 20;

    private static final int BATCH = 1000;
    /** Who sends events waits no longer for the database, which may be silent or slow; then they go to the disk. */
    private static final Duration STORE_MAX = Duration.ofMillis(1500);
    /** Fewer than the pool has connections, so that events never take the last one. */
    private static final int WRITERS = 6;

    /** On a full disk, a line for each event that is refused would make it worse. */
    private final CountedLog refused = new CountedLog(LOG, "Refused %d events: %s");

    private final CountedLog lost = new CountedLog(LOG, "%d events of decisions are lost: %s");
    private final EventWriter writer;
    private final DatabaseState database;
    private final Catalog catalog;
    private final Visits visits;
    private final Shoppers shoppers;
    private final RejectedEvents rejected;
    private final WaitingEvents waiting;
    private final Cache<String, Boolean> remembered = Caffeine.newBuilder()
            .maximumWeight(REMEMBERED_BYTES)
            .weigher((String id, Boolean any) -> 100 + 2 * id.length())
            .build();
    private final ExecutorService writers = writers();
    private final WriteBehind<Event> behind =
            new WriteBehind<>("events-behind", BEHIND_BYTES_MAX, Event::bytes, BATCH, this::recordBehind);

    @Inject
    EventRecorder(
            EventWriter writer,
            DatabaseState database,
            Catalog catalog,
            Visits visits,
            Shoppers shoppers,
            VisitConfig config,
            MeterRegistry meters,
            @ConfigProperty(name = "vitrine.data") Path data) {
        this.writer = writer;
        this.database = database;
        this.catalog = catalog;
        this.visits = visits;
        this.shoppers = shoppers;
        Path folder = data.resolve("spool");
        Spool spool = new Spool(folder, config.spoolMaxBytes().asLongValue());
        this.rejected = new RejectedEvents(folder.resolve("events.rejected"));
        this.waiting = new WaitingEvents(spool, rejected);
        meters.gauge("vitrine.events.on.disk.bytes", spool, Spool::bytes);
        meters.gauge("vitrine.events.waiting", behind, WriteBehind::waiting);
        meters.gauge("vitrine.events.let.go", behind, WriteBehind::dropped);
    }

    void start(@Observes @Priority(VisitRestorer.AFTER_THE_CATALOG) StartupEvent started) {
        waiting.restore(this::applyEach);
        behind.start();
    }

    /** Before the database has seen them, there may be one among them that nothing can be done with. */
    private void applyEach(List<Event> events) {
        for (Event event : events) {
            try {
                shoppers.ahead(visits.apply(List.of(event)));
            } catch (RuntimeException e) {
                LOG.warnf("Event '%s', which waits on disk, does not count yet: %s", event.id(), e);
            }
        }
    }

    RejectedEvents rejected() {
        return rejected;
    }

    void stop(@Observes ShutdownEvent stopping) {
        behind.close();
    }

    private static ExecutorService writers() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                WRITERS, WRITERS, STORE_MAX.toMillis(), TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "events");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** Returns the ids of new events; throws {@link EventsRefusedException} when neither database nor disk takes them. */
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
        List<Event> unknown = distinct.values().stream()
                .filter(event -> remembered.getIfPresent(event.id()) == null)
                .toList();
        if (!canStore()) {
            return spool(unknown);
        }
        Future<Set<String>> stored = writers.submit(() -> store(distinct.values()));
        try {
            return stored.get(STORE_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return spoolUnlessFull(unknown, stored);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DatabaseUnavailableException) {
                return spool(unknown);
            }
            throw unexpected(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return spool(unknown);
        }
    }

    /** The write goes on, where it has begun: an event that it stores after all is a duplicate when the disk is drained. */
    private Set<String> spoolUnlessFull(List<Event> unknown, Future<Set<String>> stored) {
        try {
            Set<String> accepted = spool(unknown);
            stored.cancel(false);
            return accepted;
        } catch (EventsRefusedException full) {
            try {
                return stored.get();
            } catch (ExecutionException e) {
                throw e.getCause() instanceof DatabaseUnavailableException ? full : unexpected(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw full;
            }
        }
    }

    private static RuntimeException unexpected(ExecutionException failed) {
        return failed.getCause() instanceof RuntimeException e ? e : new IllegalStateException(failed.getCause());
    }

    /** What is stored about a shopper depends on the products, so nothing is stored before they are known. */
    private boolean canStore() {
        return database.up() && catalog.isLoaded();
    }

    /** Takes events that came with a decision: into memory at once, and recorded soon after. */
    public void take(List<Event> inline) {
        List<Event> fresh = visits.apply(inline);
        shoppers.ahead(fresh);
        fresh.forEach(behind::offer);
    }

    /** Marks the visit as one for a gift. The mark is an event like others, so it survives a restart. */
    public void takeAsGift(String visit, String shopper, Instant now) {
        Optional<Event> gift = visits.gift(visit, shopper, now);
        gift.ifPresent(event -> take(List.of(event)));
    }

    private void recordBehind(List<Event> events) {
        try {
            record(events);
        } catch (EventsRefusedException e) {
            lost.error(events.size(), e.getCause());
        }
    }

    private Set<String> store(Collection<Event> events) {
        EventWriter.Written written = writer.write(events);
        List<Event> fresh = events.stream()
                .filter(event -> written.ids().contains(event.id()))
                .toList();
        fresh.forEach(event -> remembered.put(event.id(), true));
        visits.apply(fresh);
        shoppers.stored(written.shoppers());
        return written.ids();
    }

    private Set<String> spool(List<Event> events) {
        List<Event> fresh;
        try {
            fresh = waiting.add(events);
        } catch (IOException e) {
            refused.error(events.size(), e);
            throw new EventsRefusedException(e);
        }
        shoppers.ahead(fresh);
        visits.apply(fresh);
        return fresh.stream().map(Event::id).collect(Collectors.toSet());
    }

    @Scheduled(every = "1s", identity = "events-on-disk", concurrentExecution = ConcurrentExecution.SKIP)
    void drain() {
        if (waiting.none() || !canStore()) {
            return;
        }
        try {
            waiting.drain(this::drain);
        } catch (RuntimeException e) {
            LOG.warnf("Events stay on disk for now: %s", FailureLog.reason(e));
        }
    }

    private void drain(List<Event> events) {
        // memory may have counted a duplicate that only the database can tell
        events.forEach(event -> shoppers.forget(event.shopper()));
        try {
            store(events);
        } catch (RuntimeException e) {
            if (Transactions.worthRepeating(e)) {
                throw e;
            }
            drainOneByOne(events);
        }
        // of whom all events were duplicates, nothing was stored that would bring them back
        events.forEach(event -> shoppers.remember(event.shopper()));
    }

    /** One event that nobody will ever store must not hold up all the others. */
    private void drainOneByOne(Collection<Event> events) {
        for (Event event : events) {
            try {
                store(List.of(event));
            } catch (RuntimeException e) {
                if (Transactions.worthRepeating(e)) {
                    throw e;
                }
                rejected.add(Json.text(event), FailureLog.reason(e));
            }
        }
    }
}
