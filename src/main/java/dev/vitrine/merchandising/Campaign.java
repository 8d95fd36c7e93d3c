package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

import java.util.Set;

/**
 * A campaign that runs at the moment of the decision. It covers products with one of the tags, in one of the category paths
 * or of the skus.
 *
 * @param mode whether the whole shop turns to it (promo mode) or it runs beside the ordinary policy
 * @param priority the higher, the more it counts, from 0 to 100
 * @param leading whether it has the highest priority of those that run now; of equal ones, the one that began first leads
 * @param hoursLeft whole hours until it ends
 * @param threshold cart value from which a spend-and-save campaign gives its benefit; 0 for other themes
 * @param missingToThreshold what the cart lacks to the threshold, 0 once it is reached
 * @param id its key, which no other campaign ever has
 * @param benefit what shoppers get, in the shop's words, such as {@code free shipping}; "" where it does not say
 */
public record Campaign(
        String name,
        Theme theme,
        Mode mode,
        int priority,
        boolean leading,
        int hoursLeft,
        double threshold,
        double missingToThreshold,
        Set<String> tags,
        Set<String> categories,
        Set<String> skus,
        String id,
        String benefit) {
    public static final Theme SPEND_AND_SAVE = Theme.SPEND_AND_SAVE;
    public static final Theme BUNDLES = Theme.BUNDLES;
    public static final Theme CLEARANCE = Theme.CLEARANCE;
    public static final Theme BRAND = Theme.BRAND;
    public static final Theme SEASON = Theme.SEASON;
    public static final Mode PROMO = Mode.PROMO;
    public static final Mode QUIET = Mode.QUIET;

    public Campaign {
        name = requireNonNullElse(name, "");
        theme = requireNonNullElse(theme, Theme.SEASON);
        mode = requireNonNullElse(mode, Mode.QUIET);
        tags = tags == null ? Set.of() : Set.copyOf(tags);
        categories = categories == null ? Set.of() : Set.copyOf(categories);
        skus = skus == null ? Set.of() : Set.copyOf(skus);
        id = requireNonNullElse(id, "");
        benefit = requireNonNullElse(benefit, "");
    }

    /** Whether the campaign covers this candidate. A campaign that names nothing covers everything. */
    public boolean covers(Candidate candidate) {
        if (tags.isEmpty() && categories.isEmpty() && skus.isEmpty()) {
            return true;
        }
        if (skus.contains(candidate.sku())) {
            return true;
        }
        for (String tag : candidate.tags()) {
            if (tags.contains(tag)) {
                return true;
            }
        }
        for (String category : categories) {
            if (candidate.within(category)) {
                return true;
            }
        }
        return false;
    }
}
