package dev.vitrine.decision;

import dev.vitrine.merchandising.Candidate;
import dev.vitrine.merchandising.Kind;
import java.util.Set;

/** A candidate in the making: whatever a test does not say of it is ordinary. */
public final class Ware {
    private final String sku;
    private final int rank;
    private final double score;
    private Kind kind = Kind.PRODUCT;
    private String family;
    private String category = "sport/yoga";
    private int stock = 5;
    private Set<String> tags = Set.of();
    private String brand;
    private double relevance = 1;
    private int sellerRank = Candidate.NEVER;
    private boolean extra;

    private Ware(String sku, int rank, double score) {
        this.sku = sku;
        this.rank = rank;
        this.score = score;
    }

    public static Ware ware(String sku, int rank, double score) {
        return new Ware(sku, rank, score);
    }

    /** What the model did not propose. */
    public static Ware extra(String sku) {
        Ware ware = new Ware(sku, Candidate.NEVER, 0);
        ware.extra = true;
        return ware;
    }

    public Ware kind(Kind kind) {
        this.kind = kind;
        return this;
    }

    public Ware family(String family) {
        this.family = family;
        return this;
    }

    public Ware category(String category) {
        this.category = category;
        return this;
    }

    public Ware stock(int stock) {
        this.stock = stock;
        return this;
    }

    public Ware tags(String... tags) {
        this.tags = Set.of(tags);
        return this;
    }

    public Ware brand(String brand) {
        this.brand = brand;
        return this;
    }

    public Ware relevance(double relevance) {
        this.relevance = relevance;
        return this;
    }

    public Ware sells(int sellerRank) {
        this.sellerRank = sellerRank;
        return this;
    }

    public Candidate candidate() {
        return new Candidate(
                sku,
                kind,
                family,
                sku,
                category,
                brand,
                20,
                20,
                0.4,
                stock,
                tags,
                Candidate.NEVER,
                score,
                rank,
                relevance,
                false,
                sellerRank,
                null,
                null,
                extra);
    }
}
