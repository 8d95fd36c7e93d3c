package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Map;
import java.util.Set;

/**
 * What is known about this visit so far. It begins with the first event and ends after 30 idle minutes, the usual time-out
 * of web analytics (Catledge and Pitkow 1995 measured 25.5 minutes; Google Analytics uses 30). Events count in the order of
 * their own time, in whatever order they arrive.
 *
 * <p>A product is looked at when its page is viewed, its specification is opened, or it is compared with others. Its family
 * and category are the catalog's; a product that the catalog does not know is its own family, in the category that the event
 * names. Of equal groups, the one looked at last counts.
 *
 * @param source where the visit came from, by the first event that names a source: {@code direct}, {@code search-ads},
 *     {@code search}, {@code social}, {@code email}, {@code referral} or the shop's own word; {@code direct} where no event
 *     names one
 * @param pages pages looked at: views, category pages and searches
 * @param seconds from the first event to the last
 * @param secondsIdle how long the visitor has just paused: from the last action to now, or between the last two actions if
 *     that is longer; an impression ends no pause
 * @param secondsPerPage the pace: from the first page to the last, divided by the gaps between them; 0 with fewer than two
 *     pages. The time on the last page is unknown, as everywhere in web analytics
 * @param productPages product pages viewed, repetitions included
 * @param products different products looked at
 * @param categoriesSeen different categories (whole paths) of which a product was looked at
 * @param comparedCategory the category in which most different families were looked at; "" before the first look
 * @param compared different families looked at in {@code comparedCategory}; variants count once, because five colours of one
 *     mat are not a comparison
 * @param goingsBack how often the shopper viewed a product again after another one (A→B→A is one, A→A none)
 * @param variantFamily the family of which most variants were looked at; "" before the first look
 * @param variants different products of {@code variantFamily} looked at
 * @param specViews views of a specification or data sheet
 * @param searchWords all words searched for, in lower case; a word is a run of letters and digits
 * @param priceSorts events on a list sorted by price, cheapest first (the event's {@code sort} is {@code price-asc})
 * @param salePages product and category pages of the sale section looked at
 * @param purchases products bought in this visit
 * @param tags what the shop said about the visit, such as {@code gift-wrap} or {@code other-address}
 * @param shown skus that earlier decisions of this visit put on the shelf
 * @param device as the storefront says it
 * @param country where the visitor is: ISO 3166-1 alpha-2 in upper case, such as {@code DE}; "" where nobody says
 * @param language the language of the page: the primary tag of BCP 47 in lower case, such as {@code de}; "" where nobody says
 * @param context what else the shop says of this moment, under keys of its own, such as {@code weather}
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
        Set<String> shown,
        Device device,
        String country,
        String language,
        Map<String, String> context) {
    public static final Device MOBILE = Device.MOBILE;
    public static final Device TABLET = Device.TABLET;
    public static final Device DESKTOP = Device.DESKTOP;
    public static final Device UNKNOWN = Device.UNKNOWN;
    public static final Visit JUST_BEGUN = new Visit(
            "direct",
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            "",
            0,
            0,
            "",
            0,
            0,
            0,
            Set.of(),
            0,
            0,
            0,
            0,
            0,
            0,
            Set.of(),
            Set.of(),
            Set.of(),
            Device.UNKNOWN,
            "",
            "",
            NamedValues.NONE);

    public Visit {
        source = requireNonNullElse(source, "direct");
        comparedCategory = requireNonNullElse(comparedCategory, "");
        variantFamily = requireNonNullElse(variantFamily, "");
        searchWords = searchWords == null ? Set.of() : Set.copyOf(searchWords);
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        seen = seen == null ? Set.of() : Set.copyOf(seen);
        shown = shown == null ? Set.of() : Set.copyOf(shown);
        device = requireNonNullElse(device, Device.UNKNOWN);
        country = requireNonNullElse(country, "");
        language = requireNonNullElse(language, "");
        context = NamedValues.of(context);
    }

    /** What the shop says of this moment under a key, "" where nothing. In a condition, a comparison of it does not hold then. */
    public String text(String key) {
        return NamedValues.of(context).text(key);
    }

    /** The same as a number without its unit; a comparison of it does not hold where it is missing or no number. */
    public double number(String key) {
        return NamedValues.of(context).number(key);
    }

    public boolean has(String key) {
        return context.containsKey(key);
    }

    public boolean hasNumber(String key) {
        return !Double.isNaN(number(key));
    }

    /** Whether one of the searches contained this word, in upper or lower case. */
    public boolean searchedFor(String word) {
        return searchWords.contains(word.toLowerCase(java.util.Locale.ROOT));
    }

    public boolean tagged(String tag) {
        return tags.contains(tag);
    }

    public boolean wasShown(Candidate candidate) {
        return shown.contains(candidate.sku());
    }

    /** How many parts of this bundle were looked at; 0 for anything that is not a bundle. */
    public int sawPartsOf(Candidate bundle) {
        int parts = 0;
        for (String part : bundle.parts()) {
            parts += seen.contains(part) ? 1 : 0;
        }
        return parts;
    }

    public boolean saw(Candidate candidate) {
        return seen.contains(candidate.sku());
    }
}
