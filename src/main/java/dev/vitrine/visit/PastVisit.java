package dev.vitrine.visit;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * One visit of a shopper's history.
 *
 * @param order key of the order made of its purchases that name none, null without one
 * @param touched points of interest by category path (see {@link #points}); none in a visit stored by an old version
 * @param gift when the visit was first marked as one for a gift, null where it is not
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PastVisit(String visit, Instant from, Instant to, String order, Map<String, Integer> touched, Instant gift) {
    /** More categories than a person looks into within one visit; a robot looks into all. */
    private static final int CATEGORIES = 30;

    PastVisit {
        touched = Map.copyOf(requireNonNullElse(touched, Map.of()));
    }

    static PastVisit begunBy(Event event) {
        return new PastVisit(event.visit(), event.at(), event.at(), null, Map.of(), null);
    }

    /** How much interest in its category an event shows: the fewer visitors go so far, the more points. */
    static int points(EventType type) {
        return switch (type) {
            case VIEW, CATEGORY -> 1;
            case SPEC_VIEW, COMPARE -> 2;
            case ADD_TO_CART -> 3;
            case PURCHASE -> 5;
            case SEARCH, REMOVE_FROM_CART, COUPON, IMPRESSION, CLICK, GIFT -> 0;
        };
    }

    boolean holds(String visitId, Instant at, Duration idle) {
        return visit.equals(visitId) && !at.isBefore(from.minus(idle)) && !at.isAfter(to.plus(idle));
    }

    boolean forGift() {
        return gift != null;
    }

    /** With one more event, whose product is in {@code category}, "" for none. */
    PastVisit with(Event event, String category) {
        Instant at = event.at();
        if (event.type() == EventType.GIFT) {
            return new PastVisit(visit, from, to, order, touched, gift == null || at.isBefore(gift) ? at : gift);
        }
        return new PastVisit(
                visit,
                at.isBefore(from) ? at : from,
                at.isAfter(to) ? at : to,
                order,
                touching(category, points(event.type())),
                gift);
    }

    private Map<String, Integer> touching(String category, int points) {
        boolean room = touched.size() < CATEGORIES || touched.containsKey(category);
        if (points == 0 || category.isEmpty() || !room) {
            return touched;
        }
        Map<String, Integer> more = new HashMap<>(touched);
        more.merge(category, points, Integer::sum);
        return more;
    }

    PastVisit ordering(String key) {
        return new PastVisit(visit, from, to, key, touched, gift);
    }
}
