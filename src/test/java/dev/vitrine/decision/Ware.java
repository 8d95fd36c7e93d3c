package dev.vitrine.decision;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Kind;
import java.util.Set;

/** Builds candidates for tests. What a test does not set is ordinary. */
public final class Ware {
    private final Candidate.Builder builder;

    private Ware(String sku) {
        builder = new Candidate.Builder(sku)
                .name(sku)
                .category("sport/yoga")
                .price(20)
                .margin(0.4)
                .stock(5)
                .relevance(1);
    }

    public static Ware ware(String sku, int rank, double score) {
        Ware ware = new Ware(sku);
        ware.builder.rank(rank).score(score);
        return ware;
    }

    /** A candidate that the model did not propose. */
    public static Ware extra(String sku) {
        Ware ware = new Ware(sku);
        ware.builder.extra(true);
        return ware;
    }

    public Ware kind(Kind kind) {
        builder.kind(kind);
        return this;
    }

    public Ware family(String family) {
        builder.family(family);
        return this;
    }

    public Ware category(String category) {
        builder.category(category);
        return this;
    }

    public Ware stock(int stock) {
        builder.stock(stock);
        return this;
    }

    public Ware tags(String... tags) {
        builder.tags(Set.of(tags));
        return this;
    }

    public Ware partFamilies(String... families) {
        builder.partFamilies(Set.of(families));
        return this;
    }

    public Ware brand(String brand) {
        builder.brand(brand);
        return this;
    }

    public Ware relevance(double relevance) {
        builder.relevance(relevance);
        return this;
    }

    public Ware sells(int sellerRank) {
        builder.sellerRank(sellerRank);
        return this;
    }

    public Candidate candidate() {
        return builder.build();
    }
}
