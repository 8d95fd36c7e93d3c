package dev.vitrine.rulebook.schedule;

import java.time.Instant;
import java.util.List;

/** The campaigns of the calendar. */
public interface CampaignDays {
    /** A campaign and when it runs. */
    record Span(String id, String name, boolean promo, Instant since, Instant until) {}

    /** Those that run at some moment of this span, in the order in which they begin. */
    List<Span> between(Instant from, Instant until);
}
