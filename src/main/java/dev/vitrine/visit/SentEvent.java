package dev.vitrine.visit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(
        name = "Event",
        requiredProperties = {"id", "type", "visit", "at"})
public record SentEvent(
        @Schema(description = "The sender's key; what is sent twice counts once", maxLength = 128, examples = "e-1")
                String id,
        @Schema(description = "What was done", examples = "view") EventType type,
        @Schema(description = "Key of who did it, where that is known", maxLength = 128, examples = "s-4711")
                String shopper,
        @Schema(description = "Key of the visit; ends after 30 idle minutes", maxLength = 128, examples = "v-1")
                String visit,
        @Schema(
                        description = "When; ISO 8601 with offset, at most 5 minutes ahead, which counts as now",
                        examples = "2026-03-01T12:00:00Z")
                OffsetDateTime at,
        @Schema(
                        description = "The product; not for category, search, coupon and gift",
                        maxLength = 128,
                        examples = "mat-blue")
                String sku,
        @Schema(description = "Path of the category page; needed by category", maxLength = 512, examples = "sport/yoga")
                String category,
        @Schema(description = "What was searched for; needed by search", maxLength = 500, examples = "yoga mat")
                String query,
        @Schema(
                        description = "How the list was sorted; price-asc is a sign of saving",
                        maxLength = 64,
                        examples = "price-asc")
                String sort,
        @Schema(description = "Whether the page belongs to the sale section") Boolean sale,
        @Schema(description = "Price of one piece in the shop's currency", minimum = "0", maximum = "1000000000")
                Double price,
        @Schema(description = "Pieces; 1 when absent", minimum = "1", maximum = "10000") Integer quantity,
        @Schema(description = "Where the visit came from, such as search-ads", maxLength = 64, examples = "email")
                String source,
        @Schema(description = "The decision whose item was shown or clicked", maxLength = 128) String decisionId,
        @Schema(description = "The item's position in that decision", minimum = "1", maximum = "100") Integer position,
        @Schema(description = "Key of the order that a purchase belongs to", maxLength = 128) String order,
        @Schema(
                        description = "What the shop says of the visit with it, each at most 64 characters",
                        maxItems = 20,
                        examples = "[\"gift-wrap\"]")
                List<String> tags) {
    private static final int QUERY_MAX = 500;
    private static final int CATEGORY_MAX = 512;
    private static final int WORD_MAX = 64;
    private static final double PRICE_MAX = 1e9;
    private static final int QUANTITY_MAX = 10_000;
    private static final int POSITION_MAX = 100;
    private static final int TAGS_MAX = 20;

    public static SentEvent read(JsonNode node, String at) {
        if (node == null || !node.isObject()) {
            throw new ProblemException(at, "must be an object");
        }
        if (node.path("at").isNumber()) {
            // a number could be seconds or milliseconds
            throw new ProblemException(at + ".at", "must be a time in ISO 8601, such as 2026-03-01T12:00:00Z");
        }
        return Json.read(node, SentEvent.class, at);
    }

    /** Made of the event's content if that includes its time, so that a repeated call counts once; random otherwise. */
    private String newId(String visitId) {
        return at == null
                ? UUID.randomUUID().toString()
                : UUID.nameUUIDFromBytes((visitId + this).getBytes(StandardCharsets.UTF_8))
                        .toString();
    }

    /** @throws ProblemException with the field's path below {@code path}, when something is wrong with it */
    public Event checked(String path, Instant now) {
        return checked(path, now, id, shopper, visit, at);
    }

    /** The same for an event of a decision request. What it leaves out is the request's: visit, shopper, now; and an id. */
    public Event checkedWithin(String visitId, String shopperId, String path, Instant now) {
        return checked(
                path,
                now,
                id == null ? newId(visitId) : id,
                shopper == null ? shopperId : shopper,
                visit == null ? visitId : visit,
                at == null ? now.atOffset(ZoneOffset.UTC) : at);
    }

    private Event checked(
            String path, Instant now, String ownId, String byShopper, String inVisit, OffsetDateTime when) {
        String prefix = path + ".";
        Check.required(prefix + "type", type);
        return new Event(
                Check.key(prefix + "id", ownId),
                type,
                key(prefix + "shopper", byShopper),
                Check.key(prefix + "visit", inVisit),
                received(Check.past(prefix + "at", when, now), now),
                type.ofProduct() ? Check.key(prefix + "sku", sku) : key(prefix + "sku", sku),
                Check.name(
                        prefix + "category", neededBy(EventType.CATEGORY, prefix + "category", category), CATEGORY_MAX),
                Check.text(prefix + "query", neededBy(EventType.SEARCH, prefix + "query", query), QUERY_MAX),
                Check.name(prefix + "sort", sort, WORD_MAX),
                sale != null && sale,
                price == null ? null : Check.number(prefix + "price", price, 0, PRICE_MAX),
                quantity == null ? null : Check.whole(prefix + "quantity", quantity, 1, QUANTITY_MAX),
                Check.name(prefix + "source", source, WORD_MAX),
                key(prefix + "decisionId", decisionId),
                position == null ? null : Check.whole(prefix + "position", position, 1, POSITION_MAX),
                key(prefix + "order", order),
                Set.copyOf(Check.names(prefix + "tags", tags, TAGS_MAX, WORD_MAX)));
    }

    /** It has happened when it is received: a clock that is ahead must not carry an event past an erasure. */
    private static Instant received(Instant at, Instant now) {
        return at.isAfter(now) ? now : at;
    }

    private String neededBy(EventType by, String field, String value) {
        if (type == by && Check.required(field, value).isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        return value;
    }

    private static String key(String field, String value) {
        return value == null ? null : Check.key(field, value);
    }
}
