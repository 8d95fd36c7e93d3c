package dev.vitrine.imports;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Pattern;

/** The format of times in a file: ISO 8601, seconds or milliseconds since 1970, or a {@link DateTimeFormatter} pattern. */
final class TimeFormat {
    static final String ISO = "iso";
    static final String EPOCH = "epoch";
    static final String EPOCH_MILLIS = "epoch-millis";

    private static final Pattern SINCE_1970 = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");

    private final String format;
    private final ZoneId zone;
    private final DateTimeFormatter formatter;

    /** @param zone the zone of times without one */
    TimeFormat(String format, ZoneId zone) {
        this.format = format;
        this.zone = zone;
        this.formatter = format.equals(EPOCH) || format.equals(EPOCH_MILLIS)
                ? null
                : (format.equals(ISO) ? iso() : pattern(format)).withZone(zone);
    }

    private static DateTimeFormatter iso() {
        return new DateTimeFormatterBuilder()
                .append(DateTimeFormatter.ISO_LOCAL_DATE)
                .appendPattern("[['T'][' ']")
                .append(DateTimeFormatter.ISO_LOCAL_TIME)
                .appendPattern("[XXX][XX][X]]")
                .toFormatter(Locale.ROOT);
    }

    private static DateTimeFormatter pattern(String format) {
        try {
            return DateTimeFormatter.ofPattern(format, Locale.ENGLISH);
        } catch (IllegalArgumentException e) {
            throw new ImportFailure("--time-format '" + format + "': " + e.getMessage()
                    + "; it is iso, epoch, epoch-millis or a pattern such as \"yyyy-MM-dd HH:mm:ss 'UTC'\"");
        }
    }

    /** @throws IllegalArgumentException if the text is not a time in this format */
    Instant read(String text) {
        try {
            if (formatter == null) {
                return since1970(text);
            }
            TemporalAccessor time = formatter.parseBest(text, Instant::from, LocalDate::from);
            return time instanceof LocalDate day ? day.atStartOfDay(zone).toInstant() : Instant.from(time);
        } catch (DateTimeException e) {
            throw unreadable(text);
        }
    }

    private Instant since1970(String text) {
        if (!SINCE_1970.matcher(text).matches()) {
            throw unreadable(text);
        }
        BigDecimal seconds = new BigDecimal(text).movePointLeft(format.equals(EPOCH) ? 0 : 3);
        long whole = seconds.longValue();
        BigDecimal rest = seconds.subtract(BigDecimal.valueOf(whole));
        return Instant.ofEpochSecond(whole, rest.movePointRight(9).longValue());
    }

    private IllegalArgumentException unreadable(String text) {
        return new IllegalArgumentException("'" + text + "' is not a time in --time-format " + format);
    }
}
