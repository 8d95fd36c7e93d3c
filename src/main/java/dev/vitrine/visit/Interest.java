package dev.vitrine.visit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A category that a shopper touched; recent visits hold their own points ({@link PastVisit}), older ones are here.
 *
 * @param gift last touch in an older visit for a gift, null if older visits make it an ordinary category or say nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Interest(String category, Instant since, Older older, Instant gift) {
    /** Points in one ordinary visit that end a gift's category: two looks, as one may be a click on what we showed. */
    static final int ORDINARY = 2;

    record Older(double points, Instant at) {
        double left(Instant now, Duration halfLife) {
            return points * Interest.left(at, now, halfLife);
        }
    }

    /** What is left of a weight that halves with each half-life: 1 until its moment, then towards 0. */
    static double left(Instant at, Instant now, Duration halfLife) {
        double elapsed = Duration.between(at, now).toMillis();
        return elapsed <= 0 ? 1 : Math.pow(0.5, elapsed / halfLife.toMillis());
    }

    static Interest begun(String category, Instant at) {
        return new Interest(category, at, null, null);
    }

    Interest since(Instant at) {
        return at.isBefore(since) ? new Interest(category, at, older, gift) : this;
    }

    /** Adds the points of a visit that is no longer remembered itself; {@code visits} are all that were until now. */
    Interest withPointsOf(PastVisit visit, List<PastVisit> visits, Duration halfLife) {
        Integer points = visit.touched().get(category);
        if (points == null) {
            return this;
        }
        if (visit.forGift()) {
            return onlyForGifts(visits) ? new Interest(category, since, older, visit.to()) : this;
        }
        Instant at = older == null || older.at().isBefore(visit.to()) ? visit.to() : older.at();
        double before = older == null ? 0 : older.left(at, halfLife);
        double sum = before + points * left(visit.to(), at, halfLife);
        return new Interest(category, since, new Older(sum, at), points >= ORDINARY ? null : gift);
    }

    /** Whether only visits for a gift touched it: no visit before the first of these, no ordinary one since. */
    boolean onlyForGifts(List<PastVisit> visits) {
        Instant first = null;
        for (PastVisit visit : visits) {
            Integer points = visit.touched().get(category);
            if (points == null) {
                continue;
            }
            if (!visit.forGift()) {
                if (points >= ORDINARY) {
                    return false;
                }
            } else if (first == null || visit.from().isBefore(first)) {
                first = visit.from();
            }
        }
        return gift != null || (first != null && !since.isBefore(first));
    }
}
