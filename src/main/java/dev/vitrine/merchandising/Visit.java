package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Set;

/**
 * What this visit tells so far. It begins with the first event and ends after 30 idle minutes, the time-out that web
 * analytics has settled on (Catledge and Pitkow 1995 measured 25.5 minutes; Google Analytics uses 30). Events count in
 * the order of their own time, in whatever order they come in.
 *
 * <p>A product is looked at when its page is viewed, its specification is opened, or it is put side by side with others.
 * Its family and category are the catalog's; one that the catalog does not know is a family of its own and lies in the
 * category that the event names. Ties go to what was looked at last. (All our choice.)
 *
 * @param source where the visit came from, as its first event that names a source has it: {@code direct},
 *     {@code search-ads}, {@code search}, {@code social}, {@code email}, {@code referral} or the shop's own word;
 *     {@code direct} where no event names one
 * @param pages pages looked at: views, category pages and searches
 * @param seconds from the first event to the last
 * @param secondsIdle from the event before the one that this decision answers to that one, or to now: how long the visitor
 *     has just paused; what we showed ends no pause
 * @param secondsPerPage the pace: from the first page to the last, over the gaps between them; 0 with fewer than two
 *     pages. How long the last page was looked at cannot be known, as everywhere in web analytics
 * @param productPages product pages looked at, each time counted
 * @param products different products looked at
 * @param categoriesSeen different categories (whole paths) of which a product was looked at
 * @param comparedCategory the category in which most different families were looked at; "" before the first look
 * @param compared different families looked at in {@code comparedCategory} (variants count once: five colours of one mat
 *     are not a comparison; our choice)
 * @param goingsBack how often the shopper viewed a product that was viewed before, with another one in between (A→B→A is
 *     one, A→A none)
 * @param variantFamily the family of which most variants were looked at; "" before the first look
 * @param variants different products of {@code variantFamily} looked at
 * @param specViews views of a specification or data sheet
 * @param searches searches made
 * @param searchWords all words searched for, in lower case; a word is a run of letters and digits
 * @param priceSorts how often something was done on a list sorted by price, cheapest first (the event's {@code sort} is
 *     {@code price-asc})
 * @param couponTries coupon codes tried
 * @param salePages product and category pages of the sale section looked at
 * @param cartAdds times that something was put into the cart
 * @param cartRemovals times that something was taken out of it
 * @param purchases products bought in this visit
 * @param tags what the shop said of the visit, such as {@code gift-wrap} or {@code other-address}
 * @param seen skus looked at
 * @param shown skus that earlier decisions of this visit put on the shelf
 */
public record Visit(
        String source,
        int pages,
        double seconds,
        double secondsIdle,
        double secondsPerPage,
        int productPages,
        int products,
        int categoriesSeen,
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
        int cartAdds,
        int cartRemovals,
        int purchases,
        Set<String> tags,
        Set<String> seen,
        Set<String> shown) {
    /** A visit of which nothing is known yet. */
    public static final Visit JUST_BEGUN = new Visit(
            "direct", 0, 0, 0, 0, 0, 0, 0, "", 0, 0, "", 0, 0, 0, Set.of(), 0, 0, 0, 0, 0, 0, Set.of(), Set.of(),
            Set.of());

    public Visit {
        source = requireNonNullElse(source, "direct");
        comparedCategory = requireNonNullElse(comparedCategory, "");
        variantFamily = requireNonNullElse(variantFamily, "");
        searchWords = searchWords == null ? Set.of() : Set.copyOf(searchWords);
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        seen = seen == null ? Set.of() : Set.copyOf(seen);
        shown = shown == null ? Set.of() : Set.copyOf(shown);
    }

    /** Whether one of the searches held this word, in any case. */
    public boolean searchedFor(String word) {
        return searchWords.contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    /** Whether the shop said so of the visit. */
    public boolean tagged(String tag) {
        return tags.contains(tag);
    }

    /** Whether an earlier decision of this visit put the candidate on the shelf. */
    public boolean wasShown(Candidate candidate) {
        return shown.contains(candidate.sku());
    }

    /** How many parts of this bundle were looked at; 0 for anything that is no bundle. */
    public int sawPartsOf(Candidate bundle) {
        int parts = 0;
        for (String part : bundle.parts()) {
            parts += seen.contains(part) ? 1 : 0;
        }
        return parts;
    }

    /** Whether this candidate was looked at. */
    public boolean saw(Candidate candidate) {
        return seen.contains(candidate.sku());
    }
}
