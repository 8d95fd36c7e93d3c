package dev.vitrine.decision.context;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.problem.FlatValues;
import dev.vitrine.visit.SentEvent;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Asks what to show here, now, to this visit. */
@Schema(name = "DecisionRequest")
public record DecisionRequest(
        @Schema(
                        required = true,
                        description = "The place to fill, one of the shop's placements",
                        examples = "product-page")
                String placement,
        @Schema(description = "Items wanted", minimum = "1", maximum = "100", defaultValue = "10") Integer limit,
        @Schema(required = true, description = "Who is looking at what") VisitPart visit,
        @Schema(description = "What is in the cart; when absent, what the visit's events say") CartPart cart,
        @Schema(
                        description =
                                "What the shop's own model proposes, each sku once; when absent or empty, the built-in model is asked",
                        maxItems = Facts.CANDIDATES_MAX)
                List<CandidatePart> candidates,
        @Schema(
                        description =
                                "What the candidates' scores say: only which is better, or how likely each is what the shopper takes next, from 0 to 1",
                        defaultValue = "order")
                Scores scores,
        @Schema(
                        description =
                                "What else rules shall know of this moment, under the shop's own keys: a flat object of at most 50"
                                        + " texts (at most 256 characters), numbers and booleans, with keys of at most 64"
                                        + " characters, such as {\"weather\": \"rain\", \"temperature\": 4}",
                        type = SchemaType.OBJECT,
                        additionalProperties = FlatValues.Value.class)
                Map<String, JsonNode> context) {
    static final int LIMIT_MAX = 100;
    static final int LIMIT_DEFAULT = 10;
    static final int EVENTS_MAX = 100;
    static final int SEGMENTS_MAX = 50;
    static final int CART_ITEMS_MAX = 200;

    /** What scores of candidates say. */
    @Schema(name = "DecisionScores")
    public enum Scores {
        /** Only which candidate is better. How likely each is follows from its place. */
        @JsonProperty("order")
        ORDER,
        /** How likely it is that the shopper looks at it next, or puts it into the cart: 0 to 1. */
        @JsonProperty("chance")
        CHANCE
    }

    /** The visit as the storefront knows it; without a page, the placement's kind of page counts. */
    @Schema(name = "DecisionVisit")
    public record VisitPart(
            @Schema(required = true, maxLength = 128) String id,
            @Schema(maxLength = 128) String shopper,
            @Schema(maxLength = 64) String source,
            @Schema(
                            maxItems = 20,
                            description = "What the shop knows about the visit, such as gift-wrap or other-address")
                    List<String> tags,
            PagePart page,
            @Schema(
                            description =
                                    "What happened since the last call, as POST /events takes it; id, visit, shopper and at may be left out",
                            maxItems = 100,
                            implementation = SentEvent[].class)
                    List<JsonNode> events,
            @Schema(defaultValue = "unknown") Device device,
            @Schema(
                            description = "Where the visitor is: ISO 3166-1 alpha-2",
                            minLength = 2,
                            maxLength = 2,
                            examples = "DE")
                    String country,
            @Schema(
                            description =
                                    "The language that the visitor reads: one BCP 47 tag, of which rules see the primary one",
                            maxLength = 35,
                            examples = "de-AT")
                    String language,
            @Schema(
                            maxItems = SEGMENTS_MAX,
                            description =
                                    "Segments that the shopper is in, each of at most 64 characters; they count beside those of POST"
                                            + " /segments, for this decision")
                    List<String> segments) {}

    @Schema(name = "DecisionPage")
    public record PagePart(
            PageType type,
            @Schema(maxLength = 128) String sku,
            @Schema(maxLength = 200) String category,
            @Schema(
                            maxLength = 500,
                            description = "What is searched for on a search page; when absent, the visit's last search")
                    String query,
            @Schema(
                            maxLength = 500,
                            description =
                                    "The product's name, where the catalog may not have it: products like it are found by its words")
                    String name) {}

    @Schema(name = "DecisionCart")
    public record CartPart(@Schema(maxItems = 200) List<CartItem> items) {}

    /** One item of the cart. The price is needed only where the catalog does not have the sku. */
    @Schema(name = "DecisionCartItem")
    public record CartItem(
            @Schema(required = true, maxLength = 128) String sku,
            @Schema(minimum = "1", maximum = "10000", defaultValue = "1") Integer quantity,
            Double price) {}

    /** A candidate, laid over the catalog's. One that the catalog does not have needs a price, or else it is left out. */
    @Schema(name = "DecisionCandidate")
    public record CandidatePart(
            @Schema(required = true, maxLength = 128) String sku,
            @Schema(required = true) Double score,
            Kind kind,
            String family,
            String name,
            String category,
            String brand,
            Double price,
            Double listPrice,
            Double cost,
            Double margin,
            Integer stock,
            @Schema(maxItems = 50) List<String> tags,
            @Schema(maxItems = 20) List<String> parts,
            OffsetDateTime launchedAt,
            @Schema(
                            description =
                                    "Instead of the catalog's: at most 50 texts, numbers and booleans by name, as POST /products takes"
                                            + " them",
                            type = SchemaType.OBJECT,
                            additionalProperties = FlatValues.Value.class)
                    Map<String, JsonNode> attributes,
            @Schema(minimum = "0", maximum = "5") Double rating,
            @Schema(minimum = "0") Integer reviews,
            @Schema(minimum = "0", maximum = "1") Double returnRate) {
        /** All else is as the catalog has it. */
        static CandidatePart of(String sku, double score) {
            return new CandidatePart(
                    sku, score, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                    null, null, null);
        }
    }
}
