package dev.vitrine.campaign;

import dev.vitrine.merchandising.Campaign;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleFunction;

/** All campaigns, in memory. Each decision asks which of them run, so they start and end on time without any job. */
@Singleton
public final class Campaigns {
    private volatile Timetable timetable = new Timetable(Map.of());

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

    /**
     * The campaigns of another moment: planned ones as they will run then, and others that are only tried.
     *
     * @param tried made-up ones, in place of those with the same id; one that is nothing but an id is that campaign, running
     * @return what runs then, by the value of the cart; the leading one first
     */
    public DoubleFunction<List<Campaign>> at(Instant at, List<CampaignPlan> tried, ZoneId zone) {
        Map<String, PlannedCampaign> byId = new HashMap<>(timetable.byId);
        for (int i = 0; i < tried.size(); i++) {
            PlannedCampaign campaign = tried("campaigns[" + i + "]", tried.get(i), at, zone);
            byId.put(campaign.id(), campaign);
        }
        List<PlannedCampaign> running = byId.values().stream()
                .filter(campaign -> campaign.everRuns() && campaign.runs(at))
                .sorted(PlannedCampaign.LEADING_FIRST)
                .toList();
        return cartValue -> facts(running, at, cartValue);
    }

    private PlannedCampaign tried(String field, CampaignPlan plan, Instant at, ZoneId zone) {
        Check.required(field, plan);
        if (!plan.namesOnly()) {
            try {
                return plan.tried(at, zone);
            } catch (ProblemException bad) {
                throw new ProblemException(bad.status(), field + "." + bad.field(), bad.getMessage());
            }
        }
        PlannedCampaign planned = campaign(plan.id());
        if (planned == null) {
            throw new ProblemException(
                    field + ".id",
                    "there is no campaign '" + plan.id() + "'" + Nearest.hint(plan.id(), timetable.byId.keySet())
                            + "; describe one that is only tried by its name and theme");
        }
        return planned.runningAt(at);
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

    synchronized void put(List<PlannedCampaign> changed) {
        if (changed.isEmpty()) {
            return;
        }
        Map<String, PlannedCampaign> byId = new HashMap<>(timetable.byId);
        changed.forEach(campaign -> byId.put(campaign.id(), campaign));
        timetable = new Timetable(byId);
    }

    synchronized void removeEndedBefore(Instant oldest) {
        Map<String, PlannedCampaign> byId = new HashMap<>(timetable.byId);
        if (byId.values().removeIf(campaign -> campaign.until().isBefore(oldest))) {
            timetable = new Timetable(byId);
        }
    }

    /** All campaigns, replaced whole. It remembers which ones run until the next one starts or ends. */
    private static final class Timetable {
        final Map<String, PlannedCampaign> byId;
        private final List<PlannedCampaign> leadingFirst;
        private volatile Interval last = new Interval(Instant.MAX, Instant.MAX, List.of());

        Timetable(Map<String, PlannedCampaign> byId) {
            this.byId = Map.copyOf(byId);
            this.leadingFirst = byId.values().stream()
                    .filter(PlannedCampaign::everRuns)
                    .sorted(PlannedCampaign.LEADING_FIRST)
                    .toList();
        }

        List<PlannedCampaign> running(Instant now) {
            Interval interval = last;
            if (now.isBefore(interval.from) || !now.isBefore(interval.until)) {
                interval = around(now);
                last = interval;
            }
            return interval.running;
        }

        private Interval around(Instant now) {
            Instant from = Instant.MIN;
            Instant until = Instant.MAX;
            List<PlannedCampaign> running = new ArrayList<>();
            for (PlannedCampaign campaign : leadingFirst) {
                for (Instant boundary : List.of(campaign.since(), campaign.until())) {
                    if (boundary.isAfter(now)) {
                        until = boundary.isBefore(until) ? boundary : until;
                    } else {
                        from = boundary.isAfter(from) ? boundary : from;
                    }
                }
                if (campaign.runs(now)) {
                    running.add(campaign);
                }
            }
            return new Interval(from, until, List.copyOf(running));
        }
    }

    /** A time, its end excluded, in which the same campaigns run. */
    private record Interval(Instant from, Instant until, List<PlannedCampaign> running) {}
}
