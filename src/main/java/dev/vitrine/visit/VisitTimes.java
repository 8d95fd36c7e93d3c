package dev.vitrine.visit;

import java.time.Duration;
import java.time.Instant;

/** When things happened in a visit, in whatever order its events arrive; each null before the first of its kind. */
record VisitTimes(
        Instant first, Instant last, Instant firstPage, Instant lastPage, Instant action, Instant actionBefore) {
    static final VisitTimes NONE = new VisitTimes(null, null, null, null, null, null);

    VisitTimes withEvent(Instant at) {
        return new VisitTimes(earlier(first, at), later(last, at), firstPage, lastPage, action, actionBefore);
    }

    VisitTimes withPage(Instant at) {
        return new VisitTimes(first, last, earlier(firstPage, at), later(lastPage, at), action, actionBefore);
    }

    VisitTimes withAction(Instant at) {
        if (action == null || at.isAfter(action)) {
            return new VisitTimes(first, last, firstPage, lastPage, at, action);
        }
        if (at.isBefore(action) && (actionBefore == null || at.isAfter(actionBefore))) {
            return new VisitTimes(first, last, firstPage, lastPage, action, at);
        }
        return this;
    }

    private static Instant earlier(Instant known, Instant at) {
        return known == null || at.isBefore(known) ? at : known;
    }

    private static Instant later(Instant known, Instant at) {
        return known == null || at.isAfter(known) ? at : known;
    }

    double seconds() {
        return first == null ? 0 : seconds(first, last);
    }

    double secondsOfPages() {
        return firstPage == null ? 0 : seconds(firstPage, lastPage);
    }

    /** The last page may be reported before the decision is requested, or not: so the longer of the last two pauses. */
    double secondsIdle(Instant now) {
        double last = action == null || now.isBefore(action) ? 0 : seconds(action, now);
        return actionBefore == null ? last : Math.max(last, seconds(actionBefore, action));
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
