package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Set;

/**
 * What this visit tells so far. It begins with the first event and ends after 30 idle minutes, the time-out that web
 * analytics has settled on (Catledge and Pitkow 1995 measured 25.5 minutes; Google Analytics uses 30).
 *
 * @param source where the visit came from: {@code direct}, {@code search-ads}, {@code search}, {@code social},
 *     {@code email}, {@code referral} or the shop's own word
 * @param pages pages looked at: views, category pages and searches
 * @param seconds from the first event to the last
 * @param secondsPerPage {@code seconds} over the gaps between pages; 0 with fewer than two pages
 * @param products different products looked at
 * @param comparedCategory the category in which most different products were looked at; "" before the first view
 * @param compared different families of products looked at in {@code comparedCategory} (variants count once: five
 *     colours of one mat are not a comparison; our choice)
 * @param goingsBack how often the shopper went back to a product already seen after looking at another (A→B→A is one)
 * @param variantFamily the family of which most variants were looked at; "" before the first view
 * @param variants different products of {@code variantFamily} looked at
 * @param specViews views of a specification or data sheet
 * @param searches searches made
 * @param searchWords all words searched for, in lower case
 * @param priceSorts how often a list was sorted by price, cheapest first
 * @param couponTries coupon codes tried
 * @param salePages pages of the sale section looked at
 * @param seen skus looked at
 */
public record Visit(
        String source,
        int pages,
        double seconds,
        double secondsPerPage,
        int products,
        String comparedCategory,
        int compared,
        int goingsBack,
        String variantFamily,
        int variants,
        int specViews,
        int searches,
        Set<String> searchWords,
        int priceSorts,
        int couponTries,
        int salePages,
        Set<String> seen) {
    /** A visit of which nothing is known yet. */
    public static final Visit JUST_BEGUN =
            new Visit("direct", 0, 0, 0, 0, "", 0, 0, "", 0, 0, 0, Set.of(), 0, 0, 0, Set.of());

    public Visit {
        source = requireNonNullElse(source, "direct");
        comparedCategory = requireNonNullElse(comparedCategory, "");
        variantFamily = requireNonNullElse(variantFamily, "");
        searchWords = searchWords == null ? Set.of() : Set.copyOf(searchWords);
        seen = seen == null ? Set.of() : Set.copyOf(seen);
    }

    /** Whether one of the searches held this word, in any case. */
    public boolean searchedFor(String word) {
        return searchWords.contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether this candidate was looked at. */
    public boolean saw(Candidate candidate) {
        return seen.contains(candidate.sku());
    }
}
