package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.privacy.ShopperRecords;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** What a shopper did, and what is remembered of it: in the database, in memory, and on the disk of this instance. */
@Singleton
final class ShopperEvents implements ShopperRecords {
    private final EventRepository events;
    private final ShopperRepository histories;
    private final Shoppers shoppers;
    private final Visits visits;

    private final RejectedEvents rejected;

    ShopperEvents(
            EventRepository events,
            ShopperRepository histories,
            Shoppers shoppers,
            Visits visits,
            EventRecorder recorder) {
        this.rejected = recorder.rejected();
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

    @Override
    public void erase(Erasure erasure) {
        events.erase(erasure);
        histories.erase(erasure);
        rejected.erase(erasure);
    }

    @Override
    public void forget(Erasure erasure) {
        shoppers.forget(erasure.shopper());
        visits.forget(erasure.visits());
        rejected.erase(erasure);
    }
}
