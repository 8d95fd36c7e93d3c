package dev.vitrine.campaign;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.Set;

/**
 * A campaign and when it runs: from its start, or from the moment when it was started by hand if that is earlier, to its
 * end, or to the moment when it was ended by hand.
 *
 * @param id its key
 * @param name as the shop calls it
 * @param theme what it is about
 * @param mode whether it turns the whole shop or runs quietly
 * @param priority the higher, the more it counts, from 0 to 100
 * @param threshold cart value from which spend-and-save gives its benefit, 0 for other themes
 * @param tags products with one of these tags are covered
 * @param categories products within one of these category paths are covered
 * @param skus these products are covered
 * @param startsAt planned to run from this moment on
 * @param endsAt runs no more from this moment on
 * @param zone in which its times were given, and are shown
 * @param activatedAt when it was started by hand before its start, null where it was not
 * @param endedAt when it was ended by hand, null where it was not
 */
public record PlannedCampaign(
        String id,
        String name,
        Theme theme,
        Mode mode,
        int priority,
        double threshold,
        Set<String> tags,
        Set<String> categories,
        Set<String> skus,
        Instant startsAt,
        Instant endsAt,
        ZoneId zone,
        Instant activatedAt,
        Instant endedAt) {
    /** Who counts more goes first: the higher priority, then the one that begins first, then by id. */
    static final Comparator<PlannedCampaign> LEADING_FIRST = Comparator.comparingInt(PlannedCampaign::priority)
            .reversed()
            .thenComparing(PlannedCampaign::since)
            .thenComparing(PlannedCampaign::id);

    /** Finer than any currency; without it 60 − 47.90 would be more than the 12.10 that closes the gap. */
    private static final double FINENESS = 1e6;

    public PlannedCampaign {
        tags = Set.copyOf(tags);
        categories = Set.copyOf(categories);
        skus = Set.copyOf(skus);
    }

    /** From when on it really runs. */
    Instant since() {
        return activatedAt != null && activatedAt.isBefore(startsAt) ? activatedAt : startsAt;
    }

    /** From when on it really runs no more. */
    Instant until() {
        return endedAt != null && endedAt.isBefore(endsAt) ? endedAt : endsAt;
    }

    boolean runs(Instant now) {
        return !now.isBefore(since()) && now.isBefore(until());
    }

    /** Whether it runs at all: what is ended by hand before its start does not. */
    boolean everRuns() {
        return since().isBefore(until());
    }

    CampaignState state(Instant now) {
        if (!now.isBefore(until())) {
            return CampaignState.ENDED;
        }
        return now.isBefore(since()) ? CampaignState.PLANNED : CampaignState.RUNNING;
    }

    /** Started by hand: runs from now on. */
    PlannedCampaign activated(Instant now) {
        return now.isBefore(since()) ? byHand(now, endedAt) : this;
    }

    /** Ended by hand: runs no more from now on. */
    PlannedCampaign ended(Instant now) {
        return byHand(activatedAt, now);
    }

    /** As if nobody had ever started or ended it by hand. */
    PlannedCampaign asPlanned() {
        return byHand(null, null);
    }

    /**
     * The same campaign after this change of its plan. What was done by hand stays, unless it is over and the change gives
     * it another end that is still to come: then its dates alone decide again.
     */
    PlannedCampaign changed(PlannedCampaign plan, Instant now) {
        boolean again = state(now) == CampaignState.ENDED
                && !plan.endsAt().equals(endsAt)
                && plan.endsAt().isAfter(now);
        return again ? plan.asPlanned() : plan.byHand(activatedAt, endedAt);
    }

    private PlannedCampaign byHand(Instant activated, Instant ended) {
        return new PlannedCampaign(
                id,
                name,
                theme,
                mode,
                priority,
                threshold,
                tags,
                categories,
                skus,
                startsAt,
                endsAt,
                zone,
                activated,
                ended);
    }

    /**
     * The fact that rules match.
     *
     * @param now a moment at which it runs
     * @param leading whether it leads those that run then
     */
    Campaign fact(Instant now, double cartValue, boolean leading) {
        double missing = theme == Theme.SPEND_AND_SAVE ? Math.max(0, threshold - cartValue) : 0;
        return new Campaign(
                name,
                theme,
                mode,
                priority,
                leading,
                (int) Duration.between(now, until()).toHours(),
                threshold,
                Math.round(missing * FINENESS) / FINENESS,
                tags,
                categories,
                skus);
    }
}
