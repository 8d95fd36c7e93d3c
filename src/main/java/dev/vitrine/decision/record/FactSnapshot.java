package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.catalog.Catalog;
import dev.vitrine.catalog.Product;
import dev.vitrine.catalog.ShopConfig;
import dev.vitrine.decision.context.CandidateAssembler;
import dev.vitrine.decision.context.DecisionConfig;
import dev.vitrine.decision.context.RelevanceScale;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Cart;
import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Kind;
import dev.vitrine.merchandising.Page;
import dev.vitrine.merchandising.Placement;
import dev.vitrine.merchandising.Shop;
import dev.vitrine.merchandising.Shopper;
import dev.vitrine.merchandising.Visit;
import dev.vitrine.problem.Json;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Writes facts as they are stored with a decision, and reads them back. Of a candidate only those fields are stored that
 * change from day to day, or that differ from the catalog. With names and brands, a shop with fifty decisions a second
 * would fill a disk in a week.
 */
@Singleton
public final class FactSnapshot {
    /** Reads older snapshots: a field that they lack is 0, empty or unknown. */
    private static final ObjectMapper LENIENT = Json.STORED
            .copy()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private static final TypeReference<List<Campaign>> CAMPAIGNS = new TypeReference<>() {};
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

    public ObjectNode write(Facts facts, Instant at) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("page", Json.MAPPER.valueToTree(facts.page()));
        json.set("shopper", Json.MAPPER.valueToTree(facts.shopper()));
        json.set("visit", Json.MAPPER.valueToTree(facts.visit()));
        json.set("cart", Json.MAPPER.valueToTree(facts.cart()));
        json.set("campaigns", Json.MAPPER.valueToTree(facts.campaigns()));
        json.set("shop", Json.MAPPER.valueToTree(facts.shop()));
        json.put("limit", facts.placement().limit());
        json.put("interference", facts.placement().interference());
        ArrayNode candidates = json.putArray("candidates");
        RelevanceScale scale = new RelevanceScale(
                facts.candidates().isEmpty() ? 0 : facts.candidates().get(0).score(), (int) facts.candidates().stream()
                        .filter(candidate -> !candidate.extra())
                        .count());
        for (Candidate candidate : facts.candidates()) {
            candidates.add(candidate(candidate, scale, at));
        }
        return json;
    }

    private ObjectNode candidate(Candidate candidate, RelevanceScale scale, Instant at) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("sku", candidate.sku());
        if (candidate.extra()) {
            json.put("extra", true);
        } else {
            json.put("score", candidate.score());
            if (candidate.relevance() != scale.relevance(candidate.score(), candidate.rank())) {
                // the model's best is not among the candidates
                json.put("relevance", candidate.relevance());
            }
        }
        json.put("category", candidate.category());
        json.put("price", candidate.price());
        if (candidate.onSale()) {
            json.put("listPrice", candidate.listPrice());
        }
        json.put("margin", candidate.margin());
        json.put("stock", candidate.stock());
        if (!candidate.tags().isEmpty()) {
            ArrayNode tags = json.putArray("tags");
            candidate.tags().stream().sorted().forEach(tags::add);
        }
        if (candidate.complement()) {
            json.put("complement", true);
        }
        if (candidate.sellerRank() != Candidate.NEVER) {
            json.put("sellerRank", candidate.sellerRank());
        }
        addWhatDiffersFromTheCatalog(json, candidate, at);
        return json;
    }

    private void addWhatDiffersFromTheCatalog(ObjectNode json, Candidate candidate, Instant at) {
        CatalogFields own = new CatalogFields(
                candidate.kind(),
                candidate.family(),
                candidate.name(),
                candidate.brand(),
                candidate.parts(),
                candidate.daysSinceLaunch());
        CatalogFields catalogued = catalogFields(candidate.sku(), at);
        if (own.kind != catalogued.kind) {
            json.put("kind", Json.wireName(own.kind));
        }
        if (!own.family.equals(catalogued.family)) {
            json.put("family", own.family);
        }
        if (!own.name.equals(catalogued.name)) {
            json.put("name", own.name);
        }
        if (!own.brand.equals(catalogued.brand)) {
            json.put("brand", own.brand);
        }
        if (!own.parts.equals(catalogued.parts)) {
            ArrayNode parts = json.putArray("parts");
            own.parts.forEach(parts::add);
        }
        if (own.daysSinceLaunch != catalogued.daysSinceLaunch) {
            json.put("daysSinceLaunch", own.daysSinceLaunch);
        }
    }

    /** Fields that seldom change, so that the catalog still has them later. */
    private record CatalogFields(
            Kind kind, String family, String name, String brand, List<String> parts, int daysSinceLaunch) {}

    private CatalogFields catalogFields(String sku, Instant at) {
        Product product = catalog.product(sku);
        return product == null
                ? new CatalogFields(Kind.PRODUCT, sku, "", "", List.of(), Candidate.NEVER)
                : new CatalogFields(
                        product.kind(),
                        product.family(),
                        Objects.requireNonNullElse(product.name(), ""),
                        Objects.requireNonNullElse(product.brand(), ""),
                        product.parts(),
                        CandidateAssembler.daysSince(product.launchedAt(), at));
    }

    /** Reads facts back. What was left to the catalog is as the catalog has it today. */
    public Facts read(JsonNode json, String placement, Instant at) throws JsonProcessingException {
        List<Candidate> candidates = new ArrayList<>();
        int count = 0;
        for (JsonNode candidate : json.required("candidates")) {
            count += candidate.path("extra").booleanValue() ? 0 : 1;
        }
        RelevanceScale scale =
                new RelevanceScale(json.path("candidates").path(0).path("score").doubleValue(), count);
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
                .sellerRank(json.path("sellerRank").asInt(Candidate.NEVER))
                .parts(parts)
                .partFamilies(candidateAssembler.families(parts))
                .score(score);
        if (json.path("extra").booleanValue()) {
            return candidate.extra(true).build();
        }
        return candidate
                .rank(position)
                .relevance(json.path("relevance").asDouble(scale.relevance(score, position)))
                .build();
    }
}
