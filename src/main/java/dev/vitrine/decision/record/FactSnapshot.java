package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.CandidateAssembler;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.RelevanceScale;
import dev.vitrine.merchandising.Anchor;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.NamedValues;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes facts as they are stored with a decision, and reads them back. Of a candidate only those fields are stored that
 * change from day to day, or that differ from the catalog. With names and brands, a shop with fifty decisions a second
 * would fill a disk in a week.
 */
@Singleton
public final class FactSnapshot {
    /** The fields of a candidate that say what it is to page, cart and last order. */
    public static final List<String> RELATIONS = List.of("variantTo", "substituteTo", "complementTo", "fitsTo");

    /** Score of the last one that the model itself would show. */
    private static final String LAST = "relevanceFrom";

    static final ObjectWriter WRITER = Json.MAPPER.writer().without(SerializationFeature.FLUSH_AFTER_WRITE_VALUE);

    /** Reads older snapshots: a field that they lack is 0, empty or unknown. */
    private static final ObjectMapper LENIENT = Json.STORED
            .copy()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private static final TypeReference<List<Campaign>> CAMPAIGNS = new TypeReference<>() {};
    private static final TypeReference<Set<Anchor>> ANCHORS = new TypeReference<>() {};
    private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};
    private static final TypeReference<Set<String>> TAGS = new TypeReference<>() {};
    private static final TypeReference<List<String>> PARTS = new TypeReference<>() {};

    private final Catalog catalog;
    private final CandidateAssembler candidateAssembler;
    private final DecisionConfig config;
    private final ShopConfig shop;

    FactSnapshot(Catalog catalog, CandidateAssembler candidateAssembler, DecisionConfig config, ShopConfig shop) {
        this.catalog = catalog;
        this.candidateAssembler = candidateAssembler;
        this.config = config;
        this.shop = shop;
    }

    /** Writes the fields of an object that is open. */
    public void write(Facts facts, Instant at, JsonGenerator json) throws IOException {
        writeField("page", facts.page(), json);
        writeField("shopper", facts.shopper(), json);
        writeField("visit", facts.visit(), json);
        writeField("cart", facts.cart(), json);
        writeField("campaigns", facts.campaigns(), json);
        writeField("shop", facts.shop(), json);
        json.writeNumberField("limit", facts.placement().limit());
        json.writeNumberField("interference", facts.placement().interference());
        RelevanceScale scale = scale(facts);
        json.writeNumberField(LAST, scale.last());
        json.writeArrayFieldStart("candidates");
        for (Candidate candidate : facts.candidates()) {
            writeCandidate(candidate, scale, at, json);
        }
        json.writeEndArray();
    }

    private static RelevanceScale scale(Facts facts) {
        List<Candidate> ranked =
                facts.candidates().stream().filter(one -> !one.extra()).toList();
        int shown = Math.min(facts.placement().limit(), ranked.size());
        return new RelevanceScale(shown == 0 ? 0 : ranked.get(shown - 1).score(), ranked.size());
    }

    private static void writeField(String name, Object value, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        WRITER.writeValue(json, value);
    }

    private void writeCandidate(Candidate candidate, RelevanceScale scale, Instant at, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("sku", candidate.sku());
        if (candidate.extra()) {
            json.writeBooleanField("extra", true);
        } else {
            json.writeNumberField("score", candidate.score());
            if (candidate.relevance() != scale.relevance(candidate.score(), candidate.rank())) {
                // some of the shop's own candidates were left out
                json.writeNumberField("relevance", candidate.relevance());
            }
        }
        json.writeStringField("category", candidate.category());
        json.writeNumberField("price", candidate.price());
        if (candidate.onSale()) {
            json.writeNumberField("listPrice", candidate.listPrice());
        }
        json.writeNumberField("margin", candidate.margin());
        json.writeNumberField("stock", candidate.stock());
        if (!candidate.tags().isEmpty()) {
            String[] tags = candidate.tags().toArray(String[]::new);
            Arrays.sort(tags);
            writeTexts("tags", tags, json);
        }
        if (candidate.complement()) {
            json.writeBooleanField("complement", true);
        }
        if (candidate.viewed()) {
            json.writeBooleanField("viewed", true);
        }
        if (candidate.secondsViewed() > 0) {
            json.writeNumberField("secondsViewed", candidate.secondsViewed());
        }
        if (candidate.views() > 0) {
            json.writeNumberField("views", candidate.views());
        }
        if (candidate.conversion() > 0) {
            json.writeNumberField("conversion", candidate.conversion());
        }
        writeAnchors("variantTo", candidate.variantTo(), json);
        writeAnchors("substituteTo", candidate.substituteTo(), json);
        writeAnchors("complementTo", candidate.complementTo(), json);
        writeAnchors("fitsTo", candidate.fitsTo(), json);
        if (candidate.priceLevel() != null) {
            json.writeNumberField("priceLevel", candidate.priceLevel());
        }
        if (candidate.sellerRank() != Candidate.NEVER) {
            json.writeNumberField("sellerRank", candidate.sellerRank());
        }
        writeWhatDiffersFromTheCatalog(candidate, at, json);
        json.writeEndObject();
    }

    private static void writeAnchors(String name, Set<Anchor> anchors, JsonGenerator json) throws IOException {
        if (!anchors.isEmpty()) {
            writeTexts(name, anchors.stream().sorted().map(Json::wireName).toArray(String[]::new), json);
        }
    }

    private static void writeTexts(String name, String[] texts, JsonGenerator json) throws IOException {
        json.writeFieldName(name);
        json.writeArray(texts, 0, texts.length);
    }

    private void writeWhatDiffersFromTheCatalog(Candidate candidate, Instant at, JsonGenerator json)
            throws IOException {
        CatalogFields catalogued = catalogFields(candidate.sku(), at);
        if (candidate.kind() != catalogued.kind) {
            json.writeStringField("kind", Json.wireName(candidate.kind()));
        }
        if (!candidate.family().equals(catalogued.family)) {
            json.writeStringField("family", candidate.family());
        }
        if (!candidate.name().equals(catalogued.name)) {
            json.writeStringField("name", candidate.name());
        }
        if (!candidate.brand().equals(catalogued.brand)) {
            json.writeStringField("brand", candidate.brand());
        }
        if (!candidate.parts().equals(catalogued.parts)) {
            writeTexts("parts", candidate.parts().toArray(String[]::new), json);
        }
        if (candidate.daysSinceLaunch() != catalogued.daysSinceLaunch) {
            json.writeNumberField("daysSinceLaunch", candidate.daysSinceLaunch());
        }
        writeOpinions(candidate, catalogued, json);
        if (!candidate.attributes().equals(catalogued.attributes)) {
            json.writeFieldName("attributes");
            WRITER.writeValue(json, new TreeMap<>(candidate.attributes()));
        }
    }

    private static void writeOpinions(Candidate candidate, CatalogFields catalogued, JsonGenerator json)
            throws IOException {
        writeNumber("rating", candidate.rating(), catalogued.rating, json);
        if (candidate.reviews() != catalogued.reviews) {
            json.writeNumberField("reviews", candidate.reviews());
        }
        writeNumber("returnRate", candidate.returnRate(), catalogued.returnRate, json);
    }

    private static void writeNumber(String name, Double value, Double catalogued, JsonGenerator json)
            throws IOException {
        if (!Objects.equals(value, catalogued)) {
            json.writePOJOField(name, value);
        }
    }

    private static Double number(JsonNode json, Double otherwise) {
        return json.isMissingNode() ? otherwise : json.isNull() ? null : (Double) json.doubleValue();
    }

    /** Fields that seldom change, so that the catalog still has them later. */
    private record CatalogFields(
            Kind kind,
            String family,
            String name,
            String brand,
            List<String> parts,
            int daysSinceLaunch,
            Double rating,
            int reviews,
            Double returnRate,
            Map<String, String> attributes) {}

    private CatalogFields catalogFields(String sku, Instant at) {
        Product product = catalog.product(sku);
        return product == null
                ? new CatalogFields(
                        Kind.PRODUCT, sku, "", "", List.of(), Candidate.NEVER, null, 0, null, NamedValues.NONE)
                : new CatalogFields(
                        product.kind(),
                        product.family(),
                        Objects.requireNonNullElse(product.name(), ""),
                        Objects.requireNonNullElse(product.brand(), ""),
                        product.parts(),
                        CandidateAssembler.daysSince(product.launchedAt(), at),
                        product.rating(),
                        product.reviews(),
                        product.returnRate(),
                        product.attributes());
    }

    /** Reads facts back. What was left to the catalog is as the catalog has it today. */
    public Facts read(JsonNode json, String placement, Instant at) throws JsonProcessingException {
        List<Candidate> candidates = new ArrayList<>();
        int count = 0;
        for (JsonNode candidate : json.required("candidates")) {
            count += candidate.path("extra").booleanValue() ? 0 : 1;
        }
        // decisions of old versions counted from the best one, whose score is above that of all others
        double best = json.path("candidates").path(0).path("score").doubleValue();
        RelevanceScale scale = new RelevanceScale(json.path(LAST).asDouble(best), count);
        for (JsonNode candidate : json.path("candidates")) {
            candidates.add(candidate(candidate, candidates.size() + 1, scale, at));
        }
        return new Facts(
                json.has("shop")
                        ? LENIENT.treeToValue(json.get("shop"), Shop.class)
                        : shop.shopAt(at, catalog.sellable()),
                new Placement(
                        placement,
                        json.required("limit").intValue(),
                        json.path("interference").asInt(config.interferenceOf(placement))),
                LENIENT.treeToValue(json.required("page"), Page.class),
                LENIENT.treeToValue(json.required("shopper"), Shopper.class),
                LENIENT.treeToValue(json.required("visit"), Visit.class),
                LENIENT.treeToValue(json.required("cart"), Cart.class),
                LENIENT.convertValue(json.path("campaigns"), CAMPAIGNS),
                candidates);
    }

    private Candidate candidate(JsonNode json, int position, RelevanceScale scale, Instant at)
            throws JsonProcessingException {
        String sku = json.path("sku").textValue();
        double price = json.path("price").doubleValue();
        double score = json.path("score").doubleValue();
        CatalogFields catalogued = catalogFields(sku, at);
        List<String> parts = json.has("parts") ? LENIENT.convertValue(json.get("parts"), PARTS) : catalogued.parts;
        Candidate.Builder candidate = new Candidate.Builder(sku)
                .kind(json.has("kind") ? LENIENT.treeToValue(json.get("kind"), Kind.class) : catalogued.kind)
                .family(json.path("family").asText(catalogued.family))
                .name(json.path("name").asText(catalogued.name))
                .category(json.path("category").asText())
                .brand(json.path("brand").asText(catalogued.brand))
                .price(price)
                .listPrice(json.path("listPrice").asDouble(price))
                .margin(json.path("margin").doubleValue())
                .stock(json.path("stock").intValue())
                .tags(json.has("tags") ? LENIENT.convertValue(json.get("tags"), TAGS) : Set.of())
                .daysSinceLaunch(json.path("daysSinceLaunch").asInt(catalogued.daysSinceLaunch))
                .complement(json.path("complement").booleanValue())
                .viewed(json.path("viewed").booleanValue())
                .secondsViewed(json.path("secondsViewed").intValue())
                .views(json.path("views").intValue())
                .conversion(json.path("conversion").doubleValue())
                .variantTo(anchors(json.path("variantTo")))
                .substituteTo(anchors(json.path("substituteTo")))
                .complementTo(anchors(json.path("complementTo")))
                .fitsTo(anchors(json.path("fitsTo")))
                .priceLevel(number(json.path("priceLevel"), null))
                .sellerRank(json.path("sellerRank").asInt(Candidate.NEVER))
                .parts(parts)
                .partFamilies(candidateAssembler.families(parts))
                .rating(number(json.path("rating"), catalogued.rating))
                .reviews(json.path("reviews").asInt(catalogued.reviews))
                .returnRate(number(json.path("returnRate"), catalogued.returnRate))
                .attributes(
                        json.has("attributes")
                                ? LENIENT.convertValue(json.get("attributes"), VALUES)
                                : catalogued.attributes)
                .score(score);
        if (json.path("extra").booleanValue()) {
            return candidate.extra(true).build();
        }
        return candidate
                .rank(position)
                .relevance(json.path("relevance").asDouble(scale.relevance(score, position)))
                .build();
    }

    private static Set<Anchor> anchors(JsonNode json) {
        return json.isMissingNode() ? Set.of() : LENIENT.convertValue(json, ANCHORS);
    }
}
