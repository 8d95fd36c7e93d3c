package dev.vitrine.visit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.storage.DatabaseState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** The shoppers in memory. One who is not there is fetched in the background, and a newcomer until that is done. */
@Singleton
final class Shoppers {
    private static final Logger LOG = Logger.getLogger(Shoppers.class);
    /** A flood of unknown shoppers must not become a queue without end; who finds no room is fetched when he asks again. */
    private static final int WANTED_MAX = 10_000;

    private static final int FETCH = 500;

    private final ShopperRepository table;
    private final DatabaseState database;
    private final Catalog catalog;
    private final VisitConfig config;
    private final Executor background;
    private final Cache<String, ShopperHistory> histories;
    private final Set<String> wanted = ConcurrentHashMap.newKeySet();

    @Inject
    Shoppers(ShopperRepository table, DatabaseState database, Catalog catalog, VisitConfig config) {
        this(table, database, catalog, config, Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "shoppers");
            thread.setDaemon(true);
            return thread;
        }));
    }

    Shoppers(
            ShopperRepository table, DatabaseState database, Catalog catalog, VisitConfig config, Executor background) {
        this.table = table;
        this.database = database;
        this.catalog = catalog;
        this.config = config;
        this.background = background;
        this.histories = Caffeine.newBuilder().maximumSize(config.shoppersMax()).build();
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

    /** Takes in what the database now holds. */
    void stored(List<ShopperHistory> fromDatabase) {
        for (ShopperHistory history : fromDatabase) {
            histories.asMap().merge(history.id(), history, (old, now) -> now.version() > old.version() ? now : old);
        }
    }

    /** Takes in events that are not in the database yet; what it will hold then takes the place of this. */
    void ahead(List<Event> events) {
        boolean down = !database.up();
        for (Event event : events) {
            String id = event.shopper();
            if (id == null) {
                continue;
            }
            ShopperHistory known = histories.asMap().compute(id, (key, history) -> {
                // with the database up, its state is fetched rather than a blank one begun
                ShopperHistory before = history == null && down ? ShopperHistory.blank(key) : history;
                return before == null ? null : before.with(event, catalog, config);
            });
            if (known == null) {
                fetchSoon(id);
            }
        }
    }

    /** Fetches the shopper anew when he comes next; null is nobody. */
    void forget(String id) {
        if (id != null) {
            histories.invalidate(id);
        }
    }

    void loadMostRecent() {
        background.execute(() -> {
            try {
                table.mostRecent(
                        config.shoppersMax(), history -> histories.asMap().putIfAbsent(history.id(), history));
            } catch (SQLException e) {
                database.failed(e);
                LOG.warnf("Cannot load shoppers: %s", e.getMessage());
            }
        });
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
            for (ShopperHistory history : table.of(ids)) {
                histories.asMap().putIfAbsent(history.id(), history);
                unknown.remove(history.id());
            }
            // remembered as unknown, or each of a newcomer's pages would ask the database again
            unknown.forEach(id -> histories.asMap().putIfAbsent(id, ShopperHistory.blank(id)));
        } catch (SQLException e) {
            database.failed(e);
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
