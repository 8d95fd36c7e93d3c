package dev.vitrine.problem;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;

/** A moment as people write it: ISO 8601 with an offset, or local in a zone. */
public final class MomentText {
    private static final int LENGTH_MAX = 40;
    private static final int YEAR_FIRST = 2000;
    private static final int YEAR_LAST = 2100;
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

    private MomentText() {}

    /** A local time that a change of clocks skips moves ahead as far as the clocks; of one that comes twice, the first. */
    public static Instant read(String field, String value, ZoneId zone) {
        Check.name(field, Check.required(field, value), LENGTH_MAX);
        try {
            TemporalAccessor read = TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
            int year = read.get(ChronoField.YEAR);
            if (year < YEAR_FIRST || year > YEAR_LAST) {
                throw new ProblemException(
                        field, "is in " + year + "; must be from " + YEAR_FIRST + " to " + YEAR_LAST);
            }
            Instant at = read instanceof OffsetDateTime exact
                    ? exact.toInstant()
                    // java.time moves a time in a gap ahead by its length, and takes the earlier offset in an overlap
                    : ((LocalDateTime) read).atZone(zone).toInstant();
            // as finely as the database stores it, so that a restart changes nothing
            return at.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    field,
                    "'" + value
                            + "' is not an ISO 8601 time; write one with offset, such as 2026-11-27T00:00:00+01:00, or a"
                            + " local one, such as 2026-11-27T00:00:00");
        }
    }
}
