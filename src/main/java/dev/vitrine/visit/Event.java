package dev.vitrine.visit;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;

/**
 * One thing that a visitor did.
 *
 * @param id the sender's key: an event that is sent twice counts once
 * @param type what was done
 * @param shopper who did it, null where nobody is known
 * @param visit the sender's key of the visit
 * @param at when it was done
 * @param sku the product it was done to, null where there is none
 * @param category path of the category page, null where there is none
 * @param query what was searched for, null where nothing was
 * @param sort how the list was sorted, such as {@code price-asc}, null where it was not
 * @param sale whether the page belongs to the sale section
 * @param price price of one piece, in the shop's currency, null where it does not matter
 * @param quantity pieces, null where it does not matter
 * @param source where the visit came from, null where unknown
 * @param decisionId the decision whose item was shown or clicked, null where there is none
 * @param position the item's position in that decision, null where there is none
 * @param order the shop's key of the order that a purchase belongs to, null where unknown
 * @param tags what the shop says of the visit with it, such as {@code gift-wrap}
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
    public Event {
        // lines that wait on disk since before events had tags have none
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        requireNonNull(id, "id");
        requireNonNull(type, "type");
        requireNonNull(visit, "visit");
        requireNonNull(at, "at");
        require(sku != null || !type.ofProduct(), "sku");
        require(category != null || type != EventType.CATEGORY, "category");
        require(query != null || type != EventType.SEARCH, "query");
    }

    private static void require(boolean there, String field) {
        if (!there) {
            throw new IllegalArgumentException("The event has no " + field);
        }
    }
}
