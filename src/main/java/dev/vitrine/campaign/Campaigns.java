package dev.vitrine.campaign;

import dev.vitrine.merchandising.Campaign;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * All campaigns, in memory. Which of them run is asked anew by each decision with its own moment, so that a campaign goes
 * live and ends at the very instant that its dates name, and nothing has to happen for it.
 */
@Singleton
public final class Campaigns {
    private volatile Timetable timetable = new Timetable(Map.of());

    /** Whether there is a campaign of this id. */
    public boolean planned(String id) {
        return timetable.byId.containsKey(id);
    }

    /** The campaign of this id, or null. */
    PlannedCampaign campaign(String id) {
        return timetable.byId.get(id);
    }

    Collection<PlannedCampaign> all() {
        return timetable.byId.values();
    }

    /** The facts of the campaigns that run at this moment, for a cart of this value; the leading one first. */
    public List<Campaign> running(Instant now, double cartValue) {
        return facts(timetable.running(now), now, cartValue);
    }

    /** The facts of these campaigns, which are in the order of {@link PlannedCampaign#LEADING_FIRST}. */
    static List<Campaign> facts(List<PlannedCampaign> running, Instant now, double cartValue) {
        if (running.isEmpty()) {
            return List.of();
        }
        List<Campaign> facts = new ArrayList<>(running.size());
        for (PlannedCampaign campaign : running) {
            facts.add(campaign.fact(now, cartValue, facts.isEmpty()));
        }
        return facts;
    }

    /** Takes these campaigns in, in place of those of the same id; they count from the next decision on. */
    synchronized void put(List<PlannedCampaign> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Map<String, PlannedCampaign> byId = new HashMap<>(timetable.byId);
        changed.forEach(campaign -> byId.put(campaign.id(), campaign));
        timetable = new Timetable(byId);
    }

    /** The campaigns as they stand; replaced whole. Remembers who runs until the next one goes live or ends. */
    private static final class Timetable {
        final Map<String, PlannedCampaign> byId;
        private final List<PlannedCampaign> leadingFirst;
        private volatile Stretch last = new Stretch(Instant.MAX, Instant.MAX, List.of());

        Timetable(Map<String, PlannedCampaign> byId) {
            this.byId = Map.copyOf(byId);
            this.leadingFirst = byId.values().stream()
                    .filter(PlannedCampaign::everRuns)
                    .sorted(PlannedCampaign.LEADING_FIRST)
                    .toList();
        }

        List<PlannedCampaign> running(Instant now) {
            Stretch stretch = last;
            if (now.isBefore(stretch.from) || !now.isBefore(stretch.until)) {
                stretch = around(now);
                last = stretch;
            }
            return stretch.running;
        }

        private Stretch around(Instant now) {
            Instant from = Instant.MIN;
            Instant until = Instant.MAX;
            List<PlannedCampaign> running = new ArrayList<>();
            for (PlannedCampaign campaign : leadingFirst) {
                for (Instant turn : List.of(campaign.since(), campaign.until())) {
                    if (turn.isAfter(now)) {
                        until = turn.isBefore(until) ? turn : until;
                    } else {
                        from = turn.isAfter(from) ? turn : from;
                    }
                }
                if (campaign.runs(now)) {
                    running.add(campaign);
                }
            }
            return new Stretch(from, until, List.copyOf(running));
        }
    }

    /** A stretch of time, its end excluded, in which the same campaigns run. */
    private record Stretch(Instant from, Instant until, List<PlannedCampaign> running) {}
}
