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
 * A campaign and when it runs: from its start until its end, either of which may be earlier by hand.
 *
 * @param priority from 0 to 100; the running campaign with the highest leads
 * @param threshold cart value from which spend-and-save gives its benefit; 0 for other themes
 * @param categories products within one of these category paths are covered, beside those by tag or sku
 * @param endsAt its planned end; it no longer runs at this moment
 * @param benefit what shoppers get, in the shop's words; "" where it does not say
 * @param activatedAt when it was started by hand before its start, null if it was not
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
        Instant endedAt,
        String benefit) {
    /** The higher priority first, then the earlier start, then the id. */
    static final Comparator<PlannedCampaign> LEADING_FIRST = Comparator.comparingInt(PlannedCampaign::priority)
            .reversed()
            .thenComparing(PlannedCampaign::since)
            .thenComparing(PlannedCampaign::id);

    /** Finer than any currency. Without rounding, 60 − 47.90 is more than 12.10. */
    private static final double FINENESS = 1e6;

    public PlannedCampaign {
        tags = Set.copyOf(tags);
        categories = Set.copyOf(categories);
        skus = Set.copyOf(skus);
    }

    /** A moment as people write it in this zone, such as {@code 2026-11-27T00:00+01:00}. */
    static String local(Instant moment, ZoneId zone) {
        return moment.atZone(zone).toOffsetDateTime().toString();
    }

    /** When it starts, by hand or by its plan. */
    Instant since() {
        return activatedAt != null && activatedAt.isBefore(startsAt) ? activatedAt : startsAt;
    }

    /** When it ends, by hand or by its plan. */
    Instant until() {
        return endedAt != null && endedAt.isBefore(endsAt) ? endedAt : endsAt;
    }

    boolean runs(Instant now) {
        return !now.isBefore(since()) && now.isBefore(until());
    }

    /** False if it was ended by hand before its start. */
    boolean everRuns() {
        return since().isBefore(until());
    }

    CampaignState state(Instant now) {
        if (!now.isBefore(until())) {
            return CampaignState.ENDED;
        }
        return now.isBefore(since()) ? CampaignState.PLANNED : CampaignState.RUNNING;
    }

    PlannedCampaign activated(Instant now) {
        return now.isBefore(since()) ? byHand(now, endedAt) : this;
    }

    PlannedCampaign ended(Instant now) {
        return byHand(activatedAt, now);
    }

    /** The same campaign, as if it was never started or ended by hand. */
    PlannedCampaign asPlanned() {
        return byHand(null, null);
    }

    /**
     * Stays started or ended by hand, unless it has ended and the plan is of another run: it is still to begin, as after a trial,
     * or has a new, future end. Then its dates count. A change of the name alone must not start what somebody ended.
     */
    PlannedCampaign changed(PlannedCampaign plan, Instant now) {
        boolean runsAgain = state(now) == CampaignState.ENDED
                && plan.endsAt().isAfter(now)
                && (plan.startsAt().isAfter(now) || !plan.endsAt().equals(endsAt));
        return runsAgain ? plan.asPlanned() : plan.byHand(activatedAt, endedAt);
    }

    /** Why it does not run, although somebody may expect it to after a change; null where there is nothing to say. */
    String whyEnded(Instant now) {
        if (state(now) != CampaignState.ENDED) {
            return null;
        }
        return endsAt.isAfter(now)
                ? "it was ended by hand, and its dates have begun: it stays ended until it gets another 'endsAt'"
                : "its 'endsAt' has passed: it runs again when it gets a later one";
    }

    /** The same campaign, running at a moment: as it is planned, or else as if it was started then, for as long as planned. */
    PlannedCampaign runningAt(Instant at) {
        if (everRuns() && runs(at)) {
            return this;
        }
        return with(at, at.plus(Duration.between(startsAt, endsAt)), null, null);
    }

    private PlannedCampaign byHand(Instant activated, Instant ended) {
        return with(startsAt, endsAt, activated, ended);
    }

    private PlannedCampaign with(Instant begin, Instant end, Instant activated, Instant ended) {
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
                begin,
                end,
                zone,
                activated,
                ended,
                benefit);
    }

    /** The fact that rules match; {@code now} is a moment at which it runs. */
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
                skus,
                id,
                benefit);
    }
}
