package dev.vitrine.campaign;

import dev.vitrine.catalog.CatalogWords;
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

/** The products that a campaign covers, and a sample of products in stock to try rules on. */
final class Coverage {
    /** The most that a decision takes. */
    private static final int SAMPLE_MAX = 1000;

    private final Campaign campaign;
    private final Instant at;
    private final List<Product> covered = new ArrayList<>();
    private final List<Product> sellable = new ArrayList<>();
    private final List<Product> others = new ArrayList<>();
    private final Map<String, Product> byName = new LinkedHashMap<>();

    /** @param named skus that rules name, which must be in the sample */
    Coverage(Collection<Product> catalog, Campaign campaign, Instant at, Set<String> named) {
        this.campaign = campaign;
        this.at = at;
        for (Product product : catalog) {
            if (product.kind() == Kind.ARTICLE) {
                continue;
            }
            boolean isCovered = covers(campaign, product);
            if (isCovered) {
                covered.add(product);
            }
            if (product.stock() > 0) {
                (isCovered ? sellable : others).add(product);
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

    List<String> sharedWith(Campaign other) {
        return covered.stream()
                .filter(product -> covers(other, product))
                .map(Product::sku)
                .sorted()
                .toList();
    }

    List<Candidate> covered() {
        return candidates(sellable);
    }

    List<Candidate> uncovered() {
        return candidates(others);
    }

    private List<Candidate> candidates(List<Product> products) {
        return products.stream().map(product -> candidate(product, 1, 1, 1)).toList();
    }

    /** Covered products and others in turns, all of them relevant, so that neither group comes last. */
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
        return new Candidate.Builder(product.sku())
                .kind(product.kind())
                .family(product.family())
                .name(product.name())
                .category(product.category())
                .brand(product.brand())
                .price(product.price())
                .listPrice(product.listPrice())
                .margin(product.margin())
                .stock(product.stock())
                .tags(product.tags())
                .daysSinceLaunch(
                        product.launchedAt() == null
                                ? Candidate.NEVER
                                : (int) Duration.between(product.launchedAt(), at)
                                        .toDays())
                .score(relevance)
                .rank(rank)
                .relevance(relevance)
                .complement(rank % 5 == 0)
                .sellerRank(sellerRank)
                .parts(product.parts())
                .build();
    }

    /** A word of the campaign. */
    record Name(CatalogWords.Kind kind, String word) {}

    /** The campaign's tags, categories and skus that no product has. */
    List<Name> unknownNames() {
        Set<String> tags = new HashSet<>(campaign.tags());
        Set<String> categories = new HashSet<>(campaign.categories());
        Set<String> skus = new HashSet<>(campaign.skus());
        for (Product product : covered) {
            tags.removeAll(product.tags());
            skus.remove(product.sku());
            categories.removeIf(path -> candidate(product, 1, 1, 1).within(path));
        }
        List<Name> unknown = new ArrayList<>();
        tags.stream().sorted().forEach(tag -> unknown.add(new Name(CatalogWords.Kind.TAG, tag)));
        categories.stream().sorted().forEach(path -> unknown.add(new Name(CatalogWords.Kind.CATEGORY, path)));
        skus.stream().sorted().forEach(sku -> unknown.add(new Name(CatalogWords.Kind.SKU, sku)));
        return unknown;
    }
}
