package dev.vitrine.insight;

import dev.vitrine.problem.Check;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** A checked request for shares; placement and group are null for all, and {@code to} is when the last line ends. */
record SharesQuestion(String placement, String group, Span by, Instant from, Instant to) {
    private static final Duration USUAL = Duration.ofHours(24);
    /** The default time for which hourly counts are kept. */
    private static final Duration LONGEST = Duration.ofDays(400);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final int GROUP_MAX = 500;

    /** @throws ProblemException naming the parameter that is wrong */
    static SharesQuestion of(
            String placement,
            String group,
            String from,
            String to,
            String by,
            Collection<String> placements,
            ZoneId zone,
            Instant now) {
        if (placement != null && !placements.contains(placement)) {
            Check.key("placement", placement);
            throw new ProblemException(
                    "placement",
                    "is not a known placement" + Nearest.hint(placement, placements) + "; known are "
                            + String.join(", ", placements));
        }
        Span span = by == null ? Span.HOUR : span(by);
        Instant last = to == null ? now : moment("to", to, zone, now);
        Instant first = from == null ? last.minus(USUAL) : moment("from", from, zone, now);
        if (!first.isBefore(last)) {
            throw new ProblemException(
                    "from", "is not before 'to', which is " + last.atZone(zone).toOffsetDateTime());
        }
        if (Duration.between(first, last).compareTo(LONGEST) > 0) {
            throw new ProblemException("from", "is more than " + LONGEST.toDays() + " days before 'to'");
        }
        Instant lastBegin = span.begin(last, zone);
        return new SharesQuestion(
                placement,
                Check.name("group", group, GROUP_MAX),
                span,
                span.begin(first, zone),
                lastBegin.equals(last) ? last : span.next(lastBegin, zone));
    }

    private static Span span(String by) {
        return Arrays.stream(Span.values())
                .filter(span -> Json.wireName(span).equals(by))
                .findFirst()
                .orElseThrow(() -> new ProblemException("by", "is not one of hour, day"));
    }

    private static Instant moment(String field, String text, ZoneId zone, Instant now) {
        Instant at = MomentText.inAddress(field, text, zone);
        if (at.isBefore(EARLIEST) || at.isAfter(now.plus(LONGEST))) {
            throw new ProblemException(field, "must be from 2000 to " + LONGEST.toDays() + " days in the future");
        }
        return at;
    }

    /** The beginning of each day. */
    List<Instant> days(ZoneId zone) {
        List<Instant> days = new ArrayList<>();
        for (Instant day = Span.DAY.begin(from, zone); day.isBefore(to); day = Span.DAY.next(day, zone)) {
            days.add(day);
        }
        return days;
    }
}
