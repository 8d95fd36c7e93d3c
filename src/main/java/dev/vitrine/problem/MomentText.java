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
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A moment as people write it: ISO 8601 with an offset, or local in a zone. */
public final class MomentText {
    private static final int LENGTH_MAX = 40;
    /** An offset at the end, whose unescaped plus arrives as a blank. */
    private static final Pattern BLANK_OFFSET = Pattern.compile("(.*T.*) (\\d{2}(?::?\\d{2})?)");

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

    /** A moment that stands in an address, of any year that the database knows; a local time is one of this zone. */
    public static Instant inAddress(String field, String value, ZoneId zone) {
        Matcher plus = BLANK_OFFSET.matcher(value);
        String text = plus.matches() ? plus.group(1) + "+" + plus.group(2) : value;
        return Check.storable(field, parsed(field, text, zone));
    }

    /** The same as {@link #read}, with the offset that it has, or that the zone has then. */
    public static OffsetDateTime readLocal(String field, String value, ZoneId zone) {
        return read(field, value, zone).atZone(zone).toOffsetDateTime();
    }

    /** A local time that a change of clocks skips moves ahead as far as the clocks; of one that comes twice, the first. */
    public static Instant read(String field, String value, ZoneId zone) {
        OffsetDateTime read = parsed(field, value, zone);
        int year = read.getYear();
        if (year < YEAR_FIRST || year > YEAR_LAST) {
            throw new ProblemException(field, "is in " + year + "; must be from " + YEAR_FIRST + " to " + YEAR_LAST);
        }
        // as finely as the database stores it, so that a restart changes nothing
        return read.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    private static OffsetDateTime parsed(String field, String value, ZoneId zone) {
        Check.name(field, Check.required(field, value), LENGTH_MAX);
        try {
            TemporalAccessor read = TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
            return read instanceof OffsetDateTime exact
                    ? exact
                    // java.time moves a time in a gap ahead by its length, and takes the earlier offset in an overlap
                    : ((LocalDateTime) read).atZone(zone).toOffsetDateTime();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    field,
                    "'" + value
                            + "' is not an ISO 8601 time; write one with offset, such as 2026-11-27T00:00:00+01:00, or a"
                            + " local one, such as 2026-11-27T00:00:00");
        }
    }
}
