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
import dev.vitrine.decision.context.CandidateAssembler;
import dev.vitrine.decision.context.DecisionConfig;
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
 * Facts as a decision is kept with them, and facts again. Of a candidate only what the catalog cannot tell later is kept:
 * what changes from day to day, and what the request said otherwise. With names and brands a shop of fifty decisions a
 * second would fill a disk in a week.
 */
@Singleton
public final class FactSnapshot {
    /** What was kept before a fact had all its fields is still read; what it does not tell is 0, empty or unknown. */
    private static final ObjectMapper FORGIVING = Json.MAPPER
            .copy()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private static final TypeReference<List<Campaign>> CAMPAIGNS = new TypeReference<>() {};
    private static final TypeReference<Set<String>> TAGS = new TypeReference<>() {};
    private static final TypeReference<List<String>> PARTS = new TypeReference<>() {};

    private final Catalog catalog;
    private final CandidateAssembler lineup;
    private final DecisionConfig config;

    FactSnapshot(Catalog catalog, CandidateAssembler lineup, DecisionConfig config) {
        this.catalog = catalog;
        this.lineup = lineup;
        this.config = config;
    }

    public ObjectNode write(Facts facts, Instant at) {
        ObjectNode kept = Json.MAPPER.createObjectNode();
        kept.set("page", Json.MAPPER.valueToTree(facts.page()));
        kept.set("shopper", Json.MAPPER.valueToTree(facts.shopper()));
        kept.set("visit", Json.MAPPER.valueToTree(facts.visit()));
        kept.set("cart", Json.MAPPER.valueToTree(facts.cart()));
        kept.set("campaigns", Json.MAPPER.valueToTree(facts.campaigns()));
        kept.set("shop", Json.MAPPER.valueToTree(facts.shop()));
        kept.put("limit", facts.placement().limit());
        kept.put("interference", facts.placement().interference());
        ArrayNode candidates = kept.putArray("candidates");
        Standings standings = new Standings(
                facts.candidates().isEmpty() ? 0 : facts.candidates().get(0).score(), (int) facts.candidates().stream()
                        .filter(candidate -> !candidate.extra())
                        .count());
        for (Candidate candidate : facts.candidates()) {
            candidates.add(candidate(candidate, standings, at));
        }
        return kept;
    }

    /** What the relevance of a candidate is reckoned from; the model's own candidates come first, by rank. */
    private record Standings(double best, int count) {
        double relevance(double score, int rank) {
            return CandidateAssembler.relevance(score, rank, best, count);
        }
    }

    private ObjectNode candidate(Candidate candidate, Standings standings, Instant at) {
        ObjectNode kept = Json.MAPPER.createObjectNode();
        kept.put("sku", candidate.sku());
        if (candidate.extra()) {
            kept.put("extra", true);
        } else {
            kept.put("score", candidate.score());
            if (candidate.relevance() != standings.relevance(candidate.score(), candidate.rank())) {
                // the model's best is not among the candidates
                kept.put("relevance", candidate.relevance());
            }
        }
        kept.put("category", candidate.category());
        kept.put("price", candidate.price());
        if (candidate.onSale()) {
            kept.put("listPrice", candidate.listPrice());
        }
        kept.put("margin", candidate.margin());
        kept.put("stock", candidate.stock());
        if (!candidate.tags().isEmpty()) {
            ArrayNode tags = kept.putArray("tags");
            candidate.tags().stream().sorted().forEach(tags::add);
        }
        if (candidate.complement()) {
            kept.put("complement", true);
        }
        if (candidate.sellerRank() != Candidate.NEVER) {
            kept.put("sellerRank", candidate.sellerRank());
        }
        addWhatTheCatalogDoesNotTell(kept, candidate, at);
        return kept;
    }

    private void addWhatTheCatalogDoesNotTell(ObjectNode kept, Candidate candidate, Instant at) {
        Lasting own = new Lasting(
                candidate.kind(),
                candidate.family(),
                candidate.name(),
                candidate.brand(),
                candidate.parts(),
                candidate.daysSinceLaunch());
        Lasting told = lasting(candidate.sku(), at);
        if (own.kind != told.kind) {
            kept.put("kind", Json.wireName(own.kind));
        }
        if (!own.family.equals(told.family)) {
            kept.put("family", own.family);
        }
        if (!own.name.equals(told.name)) {
            kept.put("name", own.name);
        }
        if (!own.brand.equals(told.brand)) {
            kept.put("brand", own.brand);
        }
        if (!own.parts.equals(told.parts)) {
            ArrayNode parts = kept.putArray("parts");
            own.parts.forEach(parts::add);
        }
        if (own.daysSinceLaunch != told.daysSinceLaunch) {
            kept.put("daysSinceLaunch", own.daysSinceLaunch);
        }
    }

    /** What seldom changes, and the catalog tells. */
    private record Lasting(
            Kind kind, String family, String name, String brand, List<String> parts, int daysSinceLaunch) {}

    private Lasting lasting(String sku, Instant at) {
        Product product = catalog.product(sku);
        return product == null
                ? new Lasting(Kind.PRODUCT, sku, "", "", List.of(), Candidate.NEVER)
                : new Lasting(
                        product.kind(),
                        product.family(),
                        Objects.requireNonNullElse(product.name(), ""),
                        Objects.requireNonNullElse(product.brand(), ""),
                        product.parts(),
                        CandidateAssembler.daysSince(product.launchedAt(), at));
    }

    /**
     * The facts once more, as far as they are told: the catalog's part is what it says today.
     *
     * @throws JsonProcessingException when they cannot be read
     * @throws IllegalArgumentException likewise
     */
    public Facts read(JsonNode kept, String placement, Instant at) throws JsonProcessingException {
        List<Candidate> candidates = new ArrayList<>();
        int count = 0;
        for (JsonNode candidate : kept.required("candidates")) {
            count += candidate.path("extra").booleanValue() ? 0 : 1;
        }
        Standings standings =
                new Standings(kept.path("candidates").path(0).path("score").doubleValue(), count);
        for (JsonNode candidate : kept.path("candidates")) {
            candidates.add(candidate(candidate, candidates.size() + 1, standings, at));
        }
        return new Facts(
                kept.has("shop")
                        ? FORGIVING.treeToValue(kept.get("shop"), Shop.class)
                        : config.shopAt(at, catalog.sellable()),
                new Placement(
                        placement,
                        kept.required("limit").intValue(),
                        kept.path("interference").asInt(config.interferenceOf(placement))),
                FORGIVING.treeToValue(kept.required("page"), Page.class),
                FORGIVING.treeToValue(kept.required("shopper"), Shopper.class),
                FORGIVING.treeToValue(kept.required("visit"), Visit.class),
                FORGIVING.treeToValue(kept.required("cart"), Cart.class),
                FORGIVING.convertValue(kept.path("campaigns"), CAMPAIGNS),
                candidates);
    }

    private Candidate candidate(JsonNode kept, int place, Standings standings, Instant at)
            throws JsonProcessingException {
        String sku = kept.path("sku").textValue();
        boolean extra = kept.path("extra").booleanValue();
        double score = kept.path("score").doubleValue();
        double price = kept.path("price").doubleValue();
        Lasting told = lasting(sku, at);
        List<String> parts = kept.has("parts") ? FORGIVING.convertValue(kept.get("parts"), PARTS) : told.parts;
        return new Candidate(
                sku,
                kept.has("kind") ? FORGIVING.treeToValue(kept.get("kind"), Kind.class) : told.kind,
                kept.path("family").asText(told.family),
                kept.path("name").asText(told.name),
                kept.path("category").asText(),
                kept.path("brand").asText(told.brand),
                price,
                kept.path("listPrice").asDouble(price),
                kept.path("margin").doubleValue(),
                kept.path("stock").intValue(),
                kept.has("tags") ? FORGIVING.convertValue(kept.get("tags"), TAGS) : Set.of(),
                kept.path("daysSinceLaunch").asInt(told.daysSinceLaunch),
                score,
                extra ? Candidate.NEVER : place,
                extra ? 0 : kept.path("relevance").asDouble(standings.relevance(score, place)),
                kept.path("complement").booleanValue(),
                kept.path("sellerRank").asInt(Candidate.NEVER),
                parts,
                lineup.families(parts),
                extra);
    }
}
