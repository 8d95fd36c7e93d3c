package dev.vitrine.visit;

import dev.vitrine.catalog.Catalog;
import dev.vitrine.privacy.ErasedShoppers;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hibernate.JDBCException;

/** Writes events, and what they say about shoppers, to the database in one transaction. */
@Singleton
final class EventWriter {
    record Written(Set<String> ids, List<ShopperHistory> shoppers) {}

    private static final int TRIES = 3;

    private final EventRepository events;
    private final ShopperRepository shoppers;
    private final Transactions transactions;
    private final Catalog catalog;
    private final VisitConfig config;
    private final ErasedShoppers erased;

    EventWriter(
            EventRepository events,
            ShopperRepository shoppers,
            Transactions transactions,
            Catalog catalog,
            VisitConfig config,
            ErasedShoppers erased) {
        this.events = events;
        this.shoppers = shoppers;
        this.transactions = transactions;
        this.catalog = catalog;
        this.config = config;
        this.erased = erased;
    }

    /** Commits those events that are not stored yet; on {@link DatabaseUnavailableException} they may be or not. */
    Written write(Collection<Event> sent) {
        for (int attempt = 1; ; attempt++) {
            try {
                // an event that was stored after all is a duplicate the next time
                return transactions.callRepeatable(() -> writeOnce(sent));
            } catch (RuntimeException e) {
                if (attempt == TRIES || !gaveWay(e)) {
                    throw e;
                }
            }
        }
    }

    /** What has been erased is not stored again, however late it comes; it counts as stored. */
    private Written writeOnce(Collection<Event> all) {
        List<Event> sent = all.stream()
                .filter(event -> !erased.cover(event.shopper(), event.visit(), event.at()))
                .toList();
        Set<String> ids = events.insert(sent);
        Set<String> left = new HashSet<>(ids);
        List<Event> fresh =
                sent.stream().filter(event -> left.remove(event.id())).toList();
        return new Written(ids, grow(fresh));
    }

    private List<ShopperHistory> grow(List<Event> fresh) {
        TreeSet<String> ids = fresh.stream()
                .map(Event::shopper)
                .filter(id -> id != null)
                .collect(Collectors.toCollection(TreeSet::new));
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, ShopperHistory> histories = shoppers.lock(ids);
        fresh.stream()
                .filter(event -> event.shopper() != null)
                .sorted(Comparator.comparing(Event::at))
                .forEach(event -> histories.computeIfPresent(
                        event.shopper(), (id, history) -> history.with(event, catalog, config)));
        histories.replaceAll((id, history) -> history.stored());
        shoppers.update(histories.values());
        return List.copyOf(histories.values());
    }

    /** Whether two transactions blocked each other and the database ended this one (SQLSTATE class 40). */
    private static boolean gaveWay(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JDBCException jdbc
                    && jdbc.getSQLState() != null
                    && jdbc.getSQLState().startsWith("40")) {
                return true;
            }
        }
        return false;
    }
}
