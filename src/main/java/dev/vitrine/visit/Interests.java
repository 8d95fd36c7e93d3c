package dev.vitrine.visit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a shopper is interested in, judged by visits; the category touched last is at the end. */
record Interests(List<Interest> categories, List<PastVisit> visits) {
    /** More than a shop has departments; the history is read and written as a whole, so it must stay small. */
    private static final int CATEGORIES = 100;

    /** The categories with one more event, whose product is in {@code category}, "" for none. */
    List<Interest> with(Event event, String category) {
        if (PastVisit.points(event.type()) == 0 || category.isEmpty()) {
            return categories;
        }
        Interest touched = Interest.begun(category, event.at());
        List<Interest> all = new ArrayList<>(categories.size() + 1);
        for (Interest known : categories) {
            if (known.category().equals(category)) {
                touched = known.since(event.at());
            } else {
                all.add(known);
            }
        }
        all.add(touched);
        return all.size() > CATEGORIES ? all.subList(1, all.size()) : all;
    }

    /** The categories once this visit is no longer remembered itself. */
    List<Interest> without(PastVisit visit, Duration halfLife) {
        return categories.stream()
                .map(interest -> interest.withPointsOf(visit, visits, halfLife))
                .toList();
    }

    Set<String> before(Instant begun) {
        if (categories.isEmpty()) {
            return Set.of();
        }
        Set<String> known = new HashSet<>();
        for (Interest interest : categories) {
            if (interest.since().isBefore(begun)) {
                known.add(interest.category());
            }
        }
        return known;
    }

    /** Each category's share of all points, without the current visit and visits for a gift. The shares sum to 1. */
    Map<String, Double> shares(PastVisit current, Instant now, Duration halfLife) {
        if (categories.isEmpty()) {
            return Map.of();
        }
        Map<String, Double> points = new HashMap<>();
        for (Interest interest : categories) {
            Interest.Older older = interest.older();
            points.put(interest.category(), older == null ? 0 : older.left(now, halfLife));
        }
        for (PastVisit visit : visits) {
            if (!visit.equals(current) && !visit.forGift() && !visit.touched().isEmpty()) {
                double left = Interest.left(visit.to(), now, halfLife);
                visit.touched()
                        .forEach((category, touched) ->
                                points.computeIfPresent(category, (path, sum) -> sum + touched * left));
            }
        }
        points.values().removeIf(sum -> sum == 0);
        double all = 0;
        for (double sum : points.values()) {
            all += sum;
        }
        for (Map.Entry<String, Double> share : points.entrySet()) {
            share.setValue(share.getValue() / all);
        }
        return points;
    }

    /** What is left of the categories that only gifts touched, without those of the current visit if it is for a gift. */
    Map<String, Double> gifts(PastVisit current, Instant now, Duration halfLife) {
        Map<String, Instant> last = new HashMap<>();
        for (Interest interest : categories) {
            if (interest.gift() != null) {
                last.put(interest.category(), interest.gift());
            }
        }
        for (PastVisit visit : visits) {
            if (visit.forGift() && !visit.equals(current)) {
                visit.touched().keySet().forEach(category -> last.merge(category, visit.to(), Interests::later));
            }
        }
        if (last.isEmpty()) {
            return Map.of();
        }
        if (current != null && current.forGift()) {
            last.keySet().removeAll(current.touched().keySet());
        }
        Map<String, Double> left = new HashMap<>();
        for (Interest interest : categories) {
            Instant touched = last.get(interest.category());
            if (touched != null && interest.onlyForGifts(visits)) {
                left.put(interest.category(), Interest.left(touched, now, halfLife));
            }
        }
        return left;
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
