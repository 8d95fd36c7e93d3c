package dev.vitrine.visit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.vitrine.privacy.ShopperKeys;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * One thing that a visitor did. What is unknown or does not matter is null.
 *
 * @param id the sender's key; an event that is sent twice counts once
 * @param sort how the list was sorted, such as {@code price-asc}
 * @param price price of one piece, in the shop's currency
 * @param decisionId the decision whose item was shown or clicked
 * @param position the item's position in that decision
 * @param tags what the shop says about the visit with this event, such as {@code gift-wrap}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Event(
        String id,
        EventType type,
        String shopper,
        String visit,
        Instant at,
        String sku,
        String category,
        String query,
        String sort,
        boolean sale,
        Double price,
        Integer quantity,
        String source,
        String decisionId,
        Integer position,
        String order,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> tags) {
    private static final int BYTES = 120;

    public Event {
        // events that an older version left on disk have no tags
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(visit, "visit");
        requireNonNull(at, "at");
        require(sku != null || !type.ofProduct(), "sku");
        require(category != null || type != EventType.CATEGORY, "category");
        require(query != null || type != EventType.SEARCH, "query");
    }

    /** What it takes of the memory, about. */
    int bytes() {
        int bytes = BYTES + TextBytes.of(id) + TextBytes.of(shopper) + TextBytes.of(visit) + TextBytes.of(sku);
        bytes += TextBytes.of(category) + TextBytes.of(query) + TextBytes.of(sort) + TextBytes.of(source);
        bytes += TextBytes.of(decisionId) + TextBytes.of(order);
        for (String tag : tags) {
            bytes += TextBytes.of(tag);
        }
        return bytes;
    }

    /** The same with the key under which its shopper is stored. */
    public Event storedUnder(ShopperKeys keys) {
        String stored = keys.stored(shopper);
        return Objects.equals(stored, shopper)
                ? this
                : new Builder(this).shopper(stored).build();
    }

    private static void require(boolean there, String field) {
        if (!there) {
            throw new IllegalArgumentException("The event has no " + field);
        }
    }

    static Builder builder(String id, EventType type, Instant at) {
        return new Builder(id, type, at);
    }

    /** Builds an event by name; what is not set is unknown. */
    static final class Builder {
        private final String id;
        private final EventType type;
        private final Instant at;
        private String shopper;
        private String visit;
        private String sku;
        private String category;
        private String query;
        private String sort;
        private boolean sale;
        private Double price;
        private Integer quantity;
        private String source;
        private String decisionId;
        private Integer position;
        private String order;
        private Set<String> tags;

        private Builder(String id, EventType type, Instant at) {
            this.id = id;
            this.type = type;
            this.at = at;
        }

        private Builder(Event event) {
            this(event.id, event.type, event.at);
            shopper = event.shopper;
            visit = event.visit;
            sku = event.sku;
            category = event.category;
            query = event.query;
            sort = event.sort;
            sale = event.sale;
            price = event.price;
            quantity = event.quantity;
            source = event.source;
            decisionId = event.decisionId;
            position = event.position;
            order = event.order;
            tags = event.tags;
        }

        Builder shopper(String value) {
            shopper = value;
            return this;
        }

        Builder visit(String value) {
            visit = value;
            return this;
        }

        Builder sku(String value) {
            sku = value;
            return this;
        }

        Builder category(String value) {
            category = value;
            return this;
        }

        Builder query(String value) {
            query = value;
            return this;
        }

        Builder sort(String value) {
            sort = value;
            return this;
        }

        Builder sale(boolean value) {
            sale = value;
            return this;
        }

        Builder price(double value) {
            price = value;
            return this;
        }

        Builder quantity(int value) {
            quantity = value;
            return this;
        }

        Builder source(String value) {
            source = value;
            return this;
        }

        Builder decisionId(String value) {
            decisionId = value;
            return this;
        }

        Builder position(int value) {
            position = value;
            return this;
        }

        Builder order(String value) {
            order = value;
            return this;
        }

        Builder tags(Set<String> value) {
            tags = value;
            return this;
        }

        Event build() {
            return new Event(
                    id,
                    type,
                    shopper,
                    visit,
                    at,
                    sku,
                    category,
                    query,
                    sort,
                    sale,
                    price,
                    quantity,
                    source,
                    decisionId,
                    position,
                    order,
                    tags);
        }
    }
}
