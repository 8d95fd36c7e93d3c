package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.privacy.ShopperRecords;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** What a shopper did, and what is remembered of it: in the database, in memory, and on the disk of this instance. */
@Singleton
final class ShopperEvents implements ShopperRecords {
    private final EventRepository events;
    private final ShopperRepository histories;
    private final Shoppers shoppers;
    private final Visits visits;
    private final RejectedEvents rejected;
    private final Catalog catalog;
    private final VisitConfig config;

    ShopperEvents(
            EventRepository events,
            ShopperRepository histories,
            Shoppers shoppers,
            Visits visits,
            EventRecorder recorder,
            Catalog catalog,
            VisitConfig config) {
        this.rejected = recorder.rejected();
        this.catalog = catalog;
        this.config = config;
        this.events = events;
        this.histories = histories;
        this.shoppers = shoppers;
        this.visits = visits;
    }

    @Override
    public Set<String> visitsOf(String shopper) {
        return events.visitsOf(shopper);
    }

    @Override
    public void write(String shopper, JsonGenerator json) throws IOException {
        List<ShopperHistory> history = histories.of(List.of(shopper));
        json.writeObjectField("history", history.isEmpty() ? null : history.get(0));
        json.writeArrayFieldStart("events");
        events.ofShopper(shopper, event -> {
            try {
                json.writeObject(event);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        json.writeEndArray();
        json.writeObjectField("rejectedEvents", rejected.of(shopper, events.visitsOf(shopper)));
    }

    /** Under the lock of the history, so that events which are being stored at this moment begin a new one. */
    @Override
    public void erase(Erasure erasure) {
        histories.lock(only(erasure.shopper()));
        events.erase(erasure);
        histories.erase(erasure.shopper());
        rejected.erase(erasure);
    }

    @Override
    public void eraseLate(Erasure erasure) {
        if (events.anyLate(erasure)) {
            Map<String, ShopperHistory> locked = histories.lock(only(erasure.shopper()));
            events.eraseLate(erasure);
            growAgain(locked.getOrDefault(erasure.shopper(), ShopperHistory.blank(erasure.shopper())));
        }
        rejected.erase(erasure);
    }

    /** Out of the events that are left, since the history had grown by the erased ones, too. Segments are never late. */
    private void growAgain(ShopperHistory locked) {
        String shopper = locked.id();
        List<Event> left = new ArrayList<>();
        events.ofShopper(shopper, event -> {
            if (shopper.equals(event.shopper())) {
                left.add(event);
            }
        });
        if (left.isEmpty() && locked.segments() == null) {
            histories.erase(shopper);
            return;
        }
        ShopperHistory history = locked.emptied();
        for (Event event : left) {
            history = history.with(event, catalog, config);
        }
        histories.update(List.of(history.stored()));
    }

    private static SortedSet<String> only(String shopper) {
        return new TreeSet<>(Set.of(shopper));
    }

    @Override
    public void forget(Erasure erasure) {
        shoppers.forget(erasure.shopper());
        visits.forget(erasure.visits(), erasure.at());
        rejected.erase(erasure);
    }
}
