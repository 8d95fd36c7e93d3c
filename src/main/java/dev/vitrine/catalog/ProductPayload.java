package dev.vitrine.catalog;

import static dev.vitrine.problem.Check.key;
import static dev.vitrine.problem.Check.number;
import static dev.vitrine.problem.Check.required;
import static dev.vitrine.problem.Check.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.FlatValues;
import dev.vitrine.problem.ProblemException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A product as a shop sends it. The limits are wide enough for every shop seen so far. */
@Schema(description = "A product, article or bundle as the shop sends it. Unknown fields are refused.")
record ProductPayload(
        @Schema(
                        required = true,
                        minLength = 1,
                        maxLength = Check.KEY_MAX,
                        description = "Its key. All characters but control characters are allowed.")
                String sku,
        @Schema(defaultValue = "product", description = "Only an article may have the price 0.") Kind kind,
        @Schema(maxLength = Check.KEY_MAX, description = "Shared by the variants of one thing; the sku if absent.")
                String family,
        @Schema(required = true, minLength = 1, maxLength = NAME_MAX, description = "As the shop shows it.")
                String name,
        @Schema(
                        required = true,
                        minLength = 1,
                        maxLength = CATEGORY_MAX,
                        description =
                                "Path of 1 to 6 segments of lower-case letters of any script, digits, '-' and '_'.")
                String category,
        @Schema(maxLength = BRAND_MAX) String brand,
        @Schema(
                        required = true,
                        minimum = "0",
                        maximum = "1000000000",
                        description = "Above 0 for everything but articles.")
                Double price,
        @Schema(
                        minimum = "0",
                        maximum = "1000000000",
                        description = "Price before any discount, not below the price; the price if absent.")
                Double listPrice,
        @Schema(
                        minimum = "0",
                        maximum = "1000000000",
                        description = "What the shop pays for it; may be above the price.")
                Double cost,
        @Schema(required = true, description = "ISO 4217 code. The whole shop has one currency.") String currency,
        @Schema(required = true, minimum = "0", maximum = "1000000000", description = "Pieces that can be sold.")
                Integer stock,
        @Schema(maxItems = TAGS_MAX, description = "The shop's own marks, each of at most 64 characters.")
                List<String> tags,
        @Schema(maxItems = PARTS_MAX, description = "The skus of a bundle's parts, 1 to 20; other kinds have no parts.")
                List<String> parts,
        @Schema(
                        description =
                                "What a comparison shows side by side and rules read: at most 50, with names of at most 64"
                                        + " characters. A value is a text of at most 200 characters, a number, true or false;"
                                        + " a text such as 0.8 kg is read as its number, too.",
                        type = SchemaType.OBJECT,
                        additionalProperties = FlatValues.Value.class)
                Map<String, JsonNode> attributes,
        @Schema(description = "When it goes or went on sale: from 1900 to a year ahead, with offset.")
                OffsetDateTime launchedAt,
        @Schema(minimum = "0", maximum = "5", description = "What shoppers think of it, 0 to 5.") Double rating,
        @Schema(minimum = "0", maximum = "1000000000", description = "How many rated it.") Integer reviews,
        @Schema(minimum = "0", maximum = "1", description = "Share of the sold ones that come back.")
                Double returnRate) {
    private static final int NAME_MAX = 200;
    private static final int BRAND_MAX = 100;
    private static final int CATEGORY_MAX = 200;
    private static final int SEGMENTS_MAX = 6;
    private static final int TAGS_MAX = 50;
    private static final int TAG_MAX = 64;
    private static final int PARTS_MAX = 20;
    /** Above this, doubles lose the cents. */
    private static final double PRICE_MAX = 1e9;

    private static final double RATING_MAX = 5;
    private static final int STOCK_MAX = 1_000_000_000;
    /** Letters without case, such as Chinese ones, and marks, with which Hindi and Thai write vowels, are allowed. */
    private static final Pattern SEGMENT = Pattern.compile("[-_\\p{L}\\p{M}\\p{Nd}&&[^\\p{Lu}\\p{Lt}]]+");

    /** @throws ProblemException with the path, below {@code at}, of the field that is wrong */
    Product product(String at, Instant now) {
        String own = key(at + ".sku", sku);
        Kind what = kind == null ? Kind.PRODUCT : kind;
        double pays = price(at, what);
        return new Product(
                own,
                what,
                family == null ? own : key(at + ".family", family),
                text(at + ".name", notBlank(at + ".name", name), NAME_MAX),
                category(at + ".category"),
                brand == null ? "" : Check.name(at + ".brand", brand, BRAND_MAX).strip(),
                pays,
                listPrice(at + ".listPrice", pays),
                cost == null ? null : number(at + ".cost", cost, 0, PRICE_MAX),
                ShopCurrency.checked(at + ".currency", required(at + ".currency", currency)),
                Check.whole(at + ".stock", stock, 0, STOCK_MAX),
                tags(at + ".tags"),
                parts(at + ".parts", what),
                attributes(at + ".attributes"),
                launchedAt(at + ".launchedAt", now),
                rating == null ? null : number(at + ".rating", rating, 0, RATING_MAX),
                reviews == null ? 0 : Check.whole(at + ".reviews", reviews, 0, STOCK_MAX),
                returnRate == null ? null : number(at + ".returnRate", returnRate, 0, 1));
    }

    private double price(String at, Kind what) {
        double pays = number(at + ".price", price, 0, PRICE_MAX);
        if (pays == 0 && what != Kind.ARTICLE) {
            throw new ProblemException(at + ".price", "is 0; only an article may have the price 0");
        }
        return pays;
    }

    private double listPrice(String field, double pays) {
        if (listPrice == null) {
            return pays;
        }
        if (number(field, listPrice, 0, PRICE_MAX) < pays) {
            throw new ProblemException(field, "is " + listPrice + ", below the price of " + pays);
        }
        return listPrice;
    }

    private String category(String field) {
        Check.name(field, required(field, category), CATEGORY_MAX);
        String[] segments = category.split("/", -1);
        if (segments.length > SEGMENTS_MAX) {
            throw new ProblemException(
                    field, "has " + segments.length + " segments; at most " + SEGMENTS_MAX + " are allowed");
        }
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches()) {
                throw new ProblemException(
                        field,
                        "has the segment '" + segment
                                + "'; a category is a path such as sport/yoga/mats, of lower-case letters, digits, '-' and '_'");
            }
        }
        return category;
    }

    private Set<String> tags(String field) {
        Set<String> distinct = new HashSet<>();
        List<String> given = Check.list(field, tags, TAGS_MAX);
        for (int i = 0; i < given.size(); i++) {
            String at = field + "[" + i + "]";
            distinct.add(Check.name(at, notBlank(at, given.get(i)), TAG_MAX));
        }
        return distinct;
    }

    private List<String> parts(String field, Kind what) {
        List<String> given = Check.list(field, parts, PARTS_MAX);
        if (what == Kind.BUNDLE && given.isEmpty()) {
            throw new ProblemException(field, "is required: a bundle has 1 to " + PARTS_MAX + " parts");
        }
        if (what != Kind.BUNDLE && !given.isEmpty()) {
            throw new ProblemException(field, "must be empty: only a bundle has parts");
        }
        for (int i = 0; i < given.size(); i++) {
            if (key(field + "[" + i + "]", given.get(i)).equals(sku)) {
                throw new ProblemException(field + "[" + i + "]", "is the bundle itself");
            }
        }
        return given;
    }

    private Map<String, String> attributes(String field) {
        return FlatValues.ATTRIBUTES.checked(field, attributes);
    }

    private Instant launchedAt(String field, Instant now) {
        Instant at = Check.launch(field, launchedAt, now);
        // as finely as the database stores it, so that a restart changes nothing
        return at == null ? null : at.truncatedTo(ChronoUnit.MICROS);
    }

    private static String notBlank(String field, String value) {
        if (required(field, value).isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        return value;
    }
}
