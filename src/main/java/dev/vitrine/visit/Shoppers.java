package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.DatabaseState;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Transactions;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** The shoppers in memory. One who is not there is fetched in the background, and counts as a newcomer until then. */
@Singleton
final class Shoppers {
    private static final Logger LOG = Logger.getLogger(Shoppers.class);
    /** A flood of unknown shoppers must not become an endless queue; who finds no room is fetched at the next request. */
    private static final int WANTED_MAX = 10_000;

    private static final int FETCH = 500;
    /** Reading half a million histories takes longer than other transactions may. */
    private static final Duration LOAD_MAX = Duration.ofMinutes(10);

    private final ShopperRepository repository;
    private final Transactions transactions;
    private final DatabaseState database;
    private final Catalog catalog;
    private final VisitConfig config;
    private final Executor background;
    private final long maxBytes;
    private final Cache<String, ShopperHistory> histories;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean loaded = new AtomicBoolean();
    private final FailureLog failures = new FailureLog(LOG, "Shoppers of earlier visits");

    @Inject
    Shoppers(
            ShopperRepository repository,
            Transactions transactions,
            DatabaseState database,
            Catalog catalog,
            VisitConfig config) {
        this(repository, transactions, database, catalog, config, Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "shoppers");
            thread.setDaemon(true);
            return thread;
        }));
    }

    Shoppers(
            ShopperRepository repository,
            Transactions transactions,
            DatabaseState database,
            Catalog catalog,
            VisitConfig config,
            Executor background) {
        this.repository = repository;
        this.transactions = transactions;
        this.database = database;
        this.catalog = catalog;
        this.config = config;
        this.background = background;
        this.maxBytes = config.shoppersMaxBytes().asLongValue();
        int least = Visits.leastBytes(config.shoppersMaxBytes(), config.shoppersMax());
        this.histories = Caffeine.newBuilder()
                .maximumWeight(maxBytes)
                .weigher((String id, ShopperHistory history) -> Math.max(history.bytes(), least))
                .build();
    }

    void start(@Observes StartupEvent started) {
        load();
    }

    /** Fetches the shoppers seen last. The database may come after the start. */
    @Scheduled(every = "1s", identity = "shoppers", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void load() {
        if (database.up() && loaded.compareAndSet(false, true)) {
            background.execute(this::loadNow);
        }
    }

    private void loadNow() {
        try {
            transactions.call(LOAD_MAX, () -> {
                long bytes = 0;
                try (Stream<ShopperHistory> recent = repository.mostRecent(config.shoppersMax())) {
                    for (Iterator<ShopperHistory> each = recent.iterator(); each.hasNext() && bytes < maxBytes; ) {
                        ShopperHistory history = each.next();
                        histories.asMap().putIfAbsent(history.id(), history);
                        bytes += history.bytes();
                    }
                }
                return null;
            });
            failures.over();
        } catch (RuntimeException e) {
            // whatever it is, the next second tries again
            loaded.set(false);
            failures.goesOn(e);
        }
    }

    /** What is known of this shopper now; never waits. */
    ShopperHistory of(String id) {
        ShopperHistory history = histories.getIfPresent(id);
        if (history != null) {
            return history;
        }
        fetchSoon(id);
        return ShopperHistory.blank(id);
    }

    void stored(List<ShopperHistory> fromDatabase) {
        for (ShopperHistory history : fromDatabase) {
            histories.asMap().merge(history.id(), history, (old, now) -> now.version() > old.version() ? now : old);
        }
    }

    /** Takes newer histories of those that are in memory; others are fetched when they come. */
    void changed(List<ShopperHistory> fromDatabase) {
        for (ShopperHistory history : fromDatabase) {
            histories
                    .asMap()
                    .computeIfPresent(history.id(), (id, old) -> history.version() > old.version() ? history : old);
        }
    }

    List<String> inMemory(List<String> ids) {
        return ids.stream().filter(histories.asMap()::containsKey).toList();
    }

    /** Counts events that are not in the database yet; the stored histories replace the result later. */
    void ahead(List<Event> events) {
        boolean down = !database.up();
        for (Event event : events) {
            String id = event.shopper();
            if (id == null) {
                continue;
            }
            ShopperHistory known = histories.asMap().compute(id, (key, history) -> {
                // with the database up, the stored history is fetched instead of starting from a blank one
                ShopperHistory before = history == null && down ? ShopperHistory.blank(key) : history;
                return before == null ? null : before.with(event, catalog, config);
            });
            if (known == null) {
                fetchSoon(id);
            }
        }
    }

    /** Fetches the shopper if they are not in memory. Does nothing for null. */
    void remember(String id) {
        if (id != null && histories.getIfPresent(id) == null) {
            fetchSoon(id);
        }
    }

    /** Drops the shopper from memory, so that the next request fetches them again. Does nothing for null. */
    void forget(String id) {
        if (id != null) {
            histories.invalidate(id);
        }
    }

    private void fetchSoon(String id) {
        if (database.up() && wanted.size() < WANTED_MAX && wanted.add(id)) {
            background.execute(this::fetch);
        }
    }

    private void fetch() {
        List<String> ids = wanted.stream().limit(FETCH).toList();
        if (ids.isEmpty()) {
            return;
        }
        try {
            List<String> unknown = new ArrayList<>(ids);
            for (ShopperHistory history : transactions.call(() -> repository.of(ids))) {
                histories.asMap().putIfAbsent(history.id(), history);
                unknown.remove(history.id());
            }
            // without this, each page of a newcomer would query the database again
            unknown.forEach(id -> histories.asMap().putIfAbsent(id, ShopperHistory.blank(id)));
        } catch (RuntimeException e) {
            LOG.warnf("Cannot fetch shoppers: %s", e.getMessage());
        } finally {
            ids.forEach(wanted::remove);
        }
    }

    @PreDestroy
    void close() {
        if (background instanceof ExecutorService service) {
            service.shutdownNow();
        }
    }
}
