package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Set;

/**
 * Something that the model proposes for the shelf.
 *
 * @param sku its key in the shop
 * @param kind product, article or bundle
 * @param family what variants of one thing share; the sku itself where there are no variants
 * @param name as the shop shows it
 * @param category path such as {@code sport/yoga/mats}
 * @param brand "" where there is none
 * @param price in the shop's currency
 * @param listPrice price before any discount; the price itself where there is none
 * @param margin share of the price that is left after cost, 0 to 1 (negative below cost); 0 where the cost is unknown
 * @param stock pieces that can be sold
 * @param tags the shop's own marks, such as {@code core}
 * @param daysSinceLaunch whole days since the launch; {@link #NEVER} where the launch is unknown
 * @param score the model's own
 * @param rank the model's place for it, from 1
 * @param relevance its score as a share of the best one's, 0 to 1; where the best score is not above 0, the share of the
 *     candidates that rank no better (our choice)
 * @param complement often bought with what is being looked at or lies in the cart, or a bundle with it
 * @param sellerRank place among its category's best sellers, from 1; {@link #NEVER} where it has not sold
 * @param parts skus of a bundle's parts
 * @param partFamilies families of a bundle's parts
 * @param extra not the model's own: brought along (best sellers, bundles and articles of what the visit is about) for a
 *     display or a pin to draw on; takes no place in a plain ranking
 */
public record Candidate(
        String sku,
        Kind kind,
        String family,
        String name,
        String category,
        String brand,
        double price,
        double listPrice,
        double margin,
        int stock,
        Set<String> tags,
        int daysSinceLaunch,
        double score,
        int rank,
        double relevance,
        boolean complement,
        int sellerRank,
        List<String> parts,
        Set<String> partFamilies,
        boolean extra) {
    public static final Kind PRODUCT = Kind.PRODUCT;
    public static final Kind ARTICLE = Kind.ARTICLE;
    public static final Kind BUNDLE = Kind.BUNDLE;
    /** Days since something that never happened, or the rank of what has none: larger than any real number. */
    public static final int NEVER = Integer.MAX_VALUE;

    public Candidate {
        sku = requireNonNullElse(sku, "");
        kind = requireNonNullElse(kind, Kind.PRODUCT);
        family = family == null || family.isEmpty() ? sku : family;
        name = requireNonNullElse(name, "");
        category = requireNonNullElse(category, "");
        brand = requireNonNullElse(brand, "");
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        parts = parts == null ? List.of() : List.copyOf(parts);
        partFamilies = partFamilies == null ? Set.of() : Set.copyOf(partFamilies);
    }

    /** A decision holds a sku once, so the sku alone spreads well; hashing every field would cost more than the rules. */
    @Override
    public int hashCode() {
        return sku.hashCode();
    }

    /** By sku: a decision holds each once. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate candidate && candidate.sku.equals(sku);
    }

    /** Share taken off the list price, 0 to 1. */
    public double discount() {
        return listPrice > price ? 1 - price / listPrice : 0;
    }

    /** Whether it sells below its list price. */
    public boolean onSale() {
        return listPrice > price;
    }

    /** Whether the shop marked it so. */
    public boolean tagged(String tag) {
        return tags.contains(tag);
    }

    /** Whether it is a bundle of which this sku, or a variant of this family, is a part. */
    public boolean bundles(String skuOrFamily) {
        return parts.contains(skuOrFamily) || partFamilies.contains(skuOrFamily);
    }

    /** Whether its category is this one, lies below it, or holds it: what an article is about. */
    public boolean about(String path) {
        return Categories.within(category, path) || Categories.within(path, category);
    }

    /** Whether its category is this one or lies below it. */
    public boolean within(String path) {
        return Categories.within(category, path);
    }

    /**
     * Builds a candidate by name. What is not set is empty, 0 or {@link #NEVER}; the list price is then the price.
     *
     * <p>{@code Candidate} has no {@code builder()}, because rules see its methods. They may not name this class.
     */
    public static final class Builder {
        private final String sku;
        private Kind kind;
        private String family;
        private String name;
        private String category;
        private String brand;
        private double price;
        private Double listPrice;
        private double margin;
        private int stock;
        private Set<String> tags;
        private int daysSinceLaunch = NEVER;
        private double score;
        private int rank = NEVER;
        private double relevance;
        private boolean complement;
        private int sellerRank = NEVER;
        private List<String> parts;
        private Set<String> partFamilies;
        private boolean extra;

        public Builder(String sku) {
            this.sku = sku;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder family(String value) {
            family = value;
            return this;
        }

        public Builder name(String value) {
            name = value;
            return this;
        }

        public Builder category(String value) {
            category = value;
            return this;
        }

        public Builder brand(String value) {
            brand = value;
            return this;
        }

        public Builder price(double value) {
            price = value;
            return this;
        }

        public Builder listPrice(double value) {
            listPrice = value;
            return this;
        }

        public Builder margin(double value) {
            margin = value;
            return this;
        }

        public Builder stock(int value) {
            stock = value;
            return this;
        }

        public Builder tags(Set<String> value) {
            tags = value;
            return this;
        }

        public Builder daysSinceLaunch(int value) {
            daysSinceLaunch = value;
            return this;
        }

        public Builder score(double value) {
            score = value;
            return this;
        }

        public Builder rank(int value) {
            rank = value;
            return this;
        }

        public Builder relevance(double value) {
            relevance = value;
            return this;
        }

        public Builder complement(boolean value) {
            complement = value;
            return this;
        }

        public Builder sellerRank(int value) {
            sellerRank = value;
            return this;
        }

        public Builder parts(List<String> value) {
            parts = value;
            return this;
        }

        public Builder partFamilies(Set<String> value) {
            partFamilies = value;
            return this;
        }

        public Builder extra(boolean value) {
            extra = value;
            return this;
        }

        public Candidate build() {
            return new Candidate(
                    sku,
                    kind,
                    family,
                    name,
                    category,
                    brand,
                    price,
                    listPrice == null ? price : listPrice,
                    margin,
                    stock,
                    tags,
                    daysSinceLaunch,
                    score,
                    rank,
                    relevance,
                    complement,
                    sellerRank,
                    parts,
                    partFamilies,
                    extra);
        }
    }
}
