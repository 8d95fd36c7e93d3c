package dev.vitrine.visit;

import dev.vitrine.access.Audit;
import dev.vitrine.access.Caller;
import dev.vitrine.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Stores which segments shoppers are in, as part of their histories. */
@Singleton
final class SegmentWriter {
    private final ShopperRepository repository;
    private final Shoppers shoppers;
    private final StorefrontWords words;
    private final Transactions transactions;
    private final Audit audit;
    private final Clock clock;

    SegmentWriter(
            ShopperRepository repository,
            Shoppers shoppers,
            StorefrontWords words,
            Transactions transactions,
            Audit audit,
            Clock clock) {
        this.repository = repository;
        this.shoppers = shoppers;
        this.words = words;
        this.transactions = transactions;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Replaces the segments of these shoppers, by their stored keys.
     *
     * @return the shoppers whose history cannot be read, and who stay as they are
     */
    Set<String> write(Map<String, Set<String>> byShopper, Caller caller) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        TreeMap<String, Set<String>> sorted = new TreeMap<>(byShopper);
        List<ShopperHistory> changed = transactions.call(() -> {
            List<ShopperHistory> histories = new ArrayList<>();
            repository
                    .lock(sorted.navigableKeySet())
                    .forEach((id, history) -> histories.add(
                            history.in(new StoredSegments(sorted.get(id), now)).stored()));
            repository.update(histories);
            repository.markSegments(sorted.keySet());
            audit.addInTransaction(
                    Audit.Entry.by(caller, now, Audit.Action.SEGMENTS_CHANGED, "of " + histories.size() + " shoppers")
                            .about("segments", ""));
            return histories;
        });
        shoppers.changed(changed);
        byShopper.values().forEach(words::addSegments);
        Set<String> unreadable = new HashSet<>(byShopper.keySet());
        changed.forEach(history -> unreadable.remove(history.id()));
        return unreadable;
    }
}
