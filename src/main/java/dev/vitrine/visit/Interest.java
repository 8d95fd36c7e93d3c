package dev.vitrine.visit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A category that a shopper touched. Recent visits tell of it by themselves ({@link PastVisit}); what older ones told is kept
 * here in sum.
 *
 * @param category its path
 * @param since when it was first touched
 * @param older points of older visits, null where there were none
 * @param gift last touch in an older visit for a gift, null where it is no gift's category for these
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Interest(String category, Instant since, Older older, Instant gift) {
    /**
     * So many points in one visit that is not for a gift make a gift's category an ordinary one. Our choice: two looks, or
     * one of more weight; a single look may be no more than a click on what we showed ourselves.
     */
    static final int ORDINARY = 2;

    /** Points as they weighed at a moment. */
    record Older(double points, Instant at) {
        double left(Instant now, Duration halfLife) {
            return points * Interest.left(at, now, halfLife);
        }
    }

    /** What is left now of something that halves with each half-life: 1 at its moment and before, towards 0 after. */
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

    /** Takes in a visit that is no longer remembered by itself; {@code visits} are all that were until now. */
    Interest without(PastVisit visit, List<PastVisit> visits, Duration halfLife) {
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

    /**
     * Whether nothing but visits for a gift told of it: none touched it before the first of these, and none made it an
     * ordinary one since.
     */
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
