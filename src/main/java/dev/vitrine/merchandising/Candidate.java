package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that the model proposes for the shelf.
 *
 * @param family key that variants of one product share; the sku itself where there are no variants
 * @param category path such as {@code sport/yoga/mats}
 * @param brand "" where there is none
 * @param price in the shop's currency
 * @param listPrice price before any discount; the price itself where there is no discount
 * @param margin share of the price that is left after cost, 0 to 1 (negative below cost); 0 where the cost is unknown
 * @param stock pieces that can be sold
 * @param tags the shop's own labels, such as {@code core}
 * @param daysSinceLaunch whole days since the launch; {@link #NEVER} where it is unknown
 * @param rank the model's place for it, from 1
 * @param relevance 1 for what the model itself would show, else the share of its score in that of the last one that it would
 *     show; where that score is not above 0 and shares mean nothing, the share of the candidates that rank no better
 * @param complement often bought with the focus product or what is in the cart, or a bundle with it
 * @param variantTo beside what it is another colour or size, or a bundle with one
 * @param substituteTo what it would stand in for: of the same kind, and seldom bought together; or a bundle with such a thing
 * @param complementTo what it goes with: bought together more often than by chance, in a bundle together, or said to fit by the
 *     catalog; a bundle goes with its parts
 * @param fitsTo what the catalog says that it fits, such as film and its camera
 * @param priceLevel where its price stands among those of its category, from 0 for the cheapest to 1 for the dearest: the share
 *     of the others that cost less, and half of those that cost the same; null where nothing can be compared
 * @param sellerRank place among its category's best sellers, from 1; {@link #NEVER} where it has not sold
 * @param parts skus of a bundle's parts; {@code partFamilies} are their families
 * @param viewed whether it was looked at in this visit
 * @param secondsViewed for how long, until what the visitor did next; at most five minutes of each look count
 * @param views how often visitors looked at it, as far back as the model learns
 * @param conversion share of the looks at it that end with its purchase, 0 to 1; where few looked, near that of its category
 * @param extra not proposed by the model: added for displays and pins (best sellers, bundles and articles of the visit's
 *     subject); takes no place in a plain ranking
 * @param rating what shoppers think of it, 0 to 5; null where that is unknown: in a condition, no comparison holds then
 * @param reviews how many rated it, 0 where it is unknown
 * @param returnRate share of the sold ones that come back, 0 to 1; null where it is unknown
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
        Set<Anchor> variantTo,
        Set<Anchor> substituteTo,
        Set<Anchor> complementTo,
        int sellerRank,
        List<String> parts,
        Set<String> partFamilies,
        boolean viewed,
        int views,
        double conversion,
        boolean extra,
        Map<String, String> attributes,
        Double rating,
        int reviews,
        Double returnRate,
        int secondsViewed,
        Set<Anchor> fitsTo,
        Double priceLevel) {
    public static final Kind PRODUCT = Kind.PRODUCT;
    public static final Kind ARTICLE = Kind.ARTICLE;
    public static final Kind BUNDLE = Kind.BUNDLE;
    public static final Anchor PAGE = Anchor.PAGE;
    public static final Anchor CART = Anchor.CART;
    public static final Anchor LAST_ORDER = Anchor.LAST_ORDER;
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
        variantTo = variantTo == null ? Set.of() : Set.copyOf(variantTo);
        substituteTo = substituteTo == null ? Set.of() : Set.copyOf(substituteTo);
        complementTo = complementTo == null ? Set.of() : Set.copyOf(complementTo);
        parts = parts == null ? List.of() : List.copyOf(parts);
        partFamilies = partFamilies == null ? Set.of() : Set.copyOf(partFamilies);
        attributes = NamedValues.of(attributes);
        fitsTo = fitsTo == null ? Set.of() : Set.copyOf(fitsTo);
    }

    /** By sku: a decision holds each once, and hashing every field would cost more than the rules. */
    @Override
    public int hashCode() {
        return sku.hashCode();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Candidate candidate && candidate.sku.equals(sku);
    }

    /** Share taken off the list price, 0 to 1. */
    public double discount() {
        return listPrice > price ? 1 - price / listPrice : 0;
    }

    public boolean onSale() {
        return listPrice > price;
    }

    public boolean tagged(String tag) {
        return tags.contains(tag);
    }

    /** The attribute of this name, "" where there is none. In a condition, a comparison of it does not hold then. */
    public String text(String attribute) {
        return NamedValues.of(attributes).text(attribute);
    }

    /** The attribute as a number without its unit; a comparison of it does not hold where it is missing or no number. */
    public double number(String attribute) {
        return NamedValues.of(attributes).number(attribute);
    }

    public boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    public boolean hasNumber(String attribute) {
        return !Double.isNaN(number(attribute));
    }

    /** Whether it is a bundle of which this sku, or a variant of this family, is a part. */
    public boolean bundles(String skuOrFamily) {
        return parts.contains(skuOrFamily) || partFamilies.contains(skuOrFamily);
    }

    /** Whether its category is this one, is below it, or is above it: what an article is about. */
    public boolean about(String path) {
        return Categories.within(category, path) || Categories.within(path, category);
    }

    public boolean within(String path) {
        return Categories.within(category, path);
    }

    /** Whether it is another colour or size of what the page shows, lies in the cart or was ordered last. */
    public boolean variantOf(Anchor what) {
        return variantTo.contains(what);
    }

    /** Whether it would stand in for what the page shows, lies in the cart or was ordered last. */
    public boolean substituteOf(Anchor what) {
        return substituteTo.contains(what);
    }

    /** Whether it goes with what the page shows, lies in the cart or was ordered last. */
    public boolean complementOf(Anchor what) {
        return complementTo.contains(what);
    }

    /** Whether the catalog says that it fits what the page shows, lies in the cart or was ordered last. */
    public boolean fits(Anchor what) {
        return fitsTo.contains(what);
    }

    /** Not from a {@code builder()}, as rules see methods. What is not set is empty, 0, {@link #NEVER} or the price. */
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
        private Set<Anchor> variantTo;
        private Set<Anchor> substituteTo;
        private Set<Anchor> complementTo;
        private int sellerRank = NEVER;
        private List<String> parts;
        private Set<String> partFamilies;
        private boolean extra;
        private boolean viewed;
        private int views;
        private double conversion;
        private Map<String, String> attributes;
        private Double rating;
        private int reviews;
        private Double returnRate;
        private int secondsViewed;
        private Set<Anchor> fitsTo;
        private Double priceLevel;

        public Builder(String sku) {
            this.sku = sku;
        }

        public Builder kind(Kind value) {
            kind = value;
            return this;
        }

        public Builder viewed(boolean value) {
            viewed = value;
            return this;
        }

        public Builder secondsViewed(int value) {
            secondsViewed = value;
            return this;
        }

        public Builder views(int value) {
            views = value;
            return this;
        }

        public Builder conversion(double value) {
            conversion = value;
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

        public Builder variantTo(Set<Anchor> value) {
            variantTo = value;
            return this;
        }

        public Builder substituteTo(Set<Anchor> value) {
            substituteTo = value;
            return this;
        }

        public Builder fitsTo(Set<Anchor> value) {
            fitsTo = value;
            return this;
        }

        public Builder priceLevel(Double value) {
            priceLevel = value;
            return this;
        }

        public Builder complementTo(Set<Anchor> value) {
            complementTo = value;
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

        public Builder attributes(Map<String, String> value) {
            attributes = value;
            return this;
        }

        public Builder rating(Double value) {
            rating = value;
            return this;
        }

        public Builder reviews(int value) {
            reviews = value;
            return this;
        }

        public Builder returnRate(Double value) {
            returnRate = value;
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
                    variantTo,
                    substituteTo,
                    complementTo,
                    sellerRank,
                    parts,
                    partFamilies,
                    viewed,
                    views,
                    conversion,
                    extra,
                    attributes,
                    rating,
                    reviews,
                    returnRate,
                    secondsViewed,
                    fitsTo,
                    priceLevel);
        }
    }
}
