package dev.vitrine.campaign;

import dev.vitrine.catalog.Product;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a campaign covers of the catalog, and a sample of it and of the rest to try rules on. Only what can be sold is in the
 * sample: what becomes of the rest is not the campaign's concern.
 */
final class Coverage {
    /** As many as a decision takes. */
    private static final int SAMPLE_MAX = 1000;

    private final Campaign campaign;
    private final Instant at;
    private final List<Product> covered = new ArrayList<>();
    private final List<Product> sellable = new ArrayList<>();
    private final List<Product> others = new ArrayList<>();
    private final Map<String, Product> byName = new LinkedHashMap<>();

    /**
     * @param at the moment as of which things are new or old
     * @param named skus that must be in the sample, because rules name them
     */
    Coverage(Collection<Product> catalog, Campaign campaign, Instant at, Set<String> named) {
        this.campaign = campaign;
        this.at = at;
        for (Product product : catalog) {
            if (product.kind() == Kind.ARTICLE) {
                continue;
            }
            boolean ours = covers(campaign, product);
            if (ours) {
                covered.add(product);
            }
            if (product.stock() > 0) {
                (ours ? sellable : others).add(product);
                if (named.contains(product.sku())) {
                    byName.put(product.sku(), product);
                }
            }
        }
    }

    private boolean covers(Campaign other, Product product) {
        return other.covers(candidate(product, 1, 1, 1));
    }

    boolean covers(Candidate candidate) {
        return campaign.covers(candidate);
    }

    int products() {
        return covered.size();
    }

    int sellable() {
        return sellable.size();
    }

    /** What is covered by this campaign too. */
    List<String> sharedWith(Campaign other) {
        return covered.stream()
                .filter(product -> covers(other, product))
                .map(Product::sku)
                .sorted()
                .toList();
    }

    /** All that can be sold and is covered, as candidates. */
    List<Candidate> ours() {
        return candidates(sellable);
    }

    /** All that can be sold and is not covered, as candidates. */
    List<Candidate> others() {
        return candidates(others);
    }

    private List<Candidate> candidates(List<Product> products) {
        return products.stream().map(product -> candidate(product, 1, 1, 1)).toList();
    }

    /**
     * Candidates in the order of a made-up model, which proposes what is covered and what is not in turns, so that neither
     * stands back; all of them are relevant.
     */
    List<Candidate> sample() {
        int room = SAMPLE_MAX - byName.size();
        int most = Math.max(room / 2, room - others.size());
        List<Product> ours = spread(sellable, most);
        List<Product> rest = spread(others, room - ours.size());
        Map<String, Product> inTurns = new LinkedHashMap<>(byName);
        for (int i = 0; i < Math.max(ours.size(), rest.size()); i++) {
            if (i < ours.size()) {
                inTurns.put(ours.get(i).sku(), ours.get(i));
            }
            if (i < rest.size()) {
                inTurns.put(rest.get(i).sku(), rest.get(i));
            }
        }
        Map<String, Integer> sellers = new HashMap<>();
        List<Candidate> candidates = new ArrayList<>(inTurns.size());
        for (Product product : inTurns.values()) {
            candidates.add(candidate(
                    product,
                    candidates.size() + 1,
                    inTurns.size(),
                    sellers.merge(product.category(), 1, Integer::sum)));
        }
        return candidates;
    }

    /** Evenly spread over all of them, in the order of sku. */
    private static List<Product> spread(List<Product> products, int most) {
        int count = Math.min(products.size(), most);
        List<Product> spread = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            spread.add(products.get((int) ((long) i * products.size() / count)));
        }
        spread.sort(Comparator.comparing(Product::sku));
        return spread;
    }

    private Candidate candidate(Product product, int rank, int count, int sellerRank) {
        double relevance = 1 - 0.5 * (rank - 1) / count;
        return new Candidate(
                product.sku(),
                product.kind(),
                product.family(),
                product.name(),
                product.category(),
                product.brand(),
                product.price(),
                product.listPrice(),
                product.margin(),
                product.stock(),
                product.tags(),
                product.launchedAt() == null
                        ? Candidate.NEVER
                        : (int) Duration.between(product.launchedAt(), at).toDays(),
                relevance,
                rank,
                relevance,
                rank % 5 == 0,
                sellerRank,
                product.parts(),
                Set.of(),
                false);
    }

    /** The campaign's tags, categories and skus of which the catalog has nothing, each with what it is. */
    List<String> unknownNames() {
        Set<String> tags = new HashSet<>(campaign.tags());
        Set<String> categories = new HashSet<>(campaign.categories());
        Set<String> skus = new HashSet<>(campaign.skus());
        for (Product product : covered) {
            tags.removeAll(product.tags());
            skus.remove(product.sku());
            categories.removeIf(path -> candidate(product, 1, 1, 1).within(path));
        }
        List<String> unknown = new ArrayList<>();
        tags.stream().sorted().forEach(tag -> unknown.add("tag '" + tag + "'"));
        categories.stream().sorted().forEach(path -> unknown.add("category '" + path + "'"));
        skus.stream().sorted().forEach(sku -> unknown.add("sku '" + sku + "'"));
        return unknown;
    }
}
