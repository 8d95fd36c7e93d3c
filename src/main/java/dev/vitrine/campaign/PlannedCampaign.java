package dev.vitrine.campaign;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import java.time.Instant;
import java.util.Set;

/**
 * A campaign and when it runs.
 *
 * @param id its key
 * @param name as the shop calls it
 * @param theme what it is about
 * @param threshold cart value from which spend-and-save gives its benefit, 0 for other themes
 * @param tags products with one of these tags are covered
 * @param categories products within one of these category paths are covered
 * @param skus these products are covered
 * @param startsAt runs from this moment on
 * @param endsAt runs no more from this moment on
 */
public record PlannedCampaign(
        String id,
        String name,
        Theme theme,
        double threshold,
        Set<String> tags,
        Set<String> categories,
        Set<String> skus,
        Instant startsAt,
        Instant endsAt) {
    public PlannedCampaign {
        tags = Set.copyOf(tags);
        categories = Set.copyOf(categories);
        skus = Set.copyOf(skus);
    }

    boolean runs(Instant now) {
        return !now.isBefore(startsAt) && now.isBefore(endsAt);
    }

    /** The fact that rules match, for a cart of this value. */
    Campaign fact(double cartValue) {
        double missing = theme == Theme.SPEND_AND_SAVE ? Math.max(0, threshold - cartValue) : 0;
        return new Campaign(name, theme, Mode.QUIET, 0, true, 0, threshold, missing, tags, categories, skus);
    }
}
