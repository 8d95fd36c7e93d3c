package dev.vitrine.problem;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/** Checks of single values. Each throws a {@link ProblemException} with the field's path and the limit. */
public final class Check {
    /** Keys such as sku, visit and shopper: longer than the keys of any shop, and short enough to index. */
    public static final int KEY_MAX = 128;
    /** How far a client's clock may be ahead. */
    public static final Duration CLOCK_SKEW_MAX = Duration.ofMinutes(5);

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant EARLIEST_LAUNCH = Instant.parse("1900-01-01T00:00:00Z");
    private static final Duration LAUNCH_AHEAD_MAX = Duration.ofDays(365);

    private static final int YEAR_MAX = 9999;

    private static final double WRITTEN_OUT_MIN = 1e-12;

    private Check() {}

    /** A key of 1 to {@value #KEY_MAX} characters, see {@link TextKind#KEY}. */
    public static String key(String field, String value) {
        required(field, value);
        if (value.isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        return characters(field, value, KEY_MAX, TextKind.KEY);
    }

    /** A name of at most {@code max} characters, see {@link TextKind#NAME}; null stays null. */
    public static String name(String field, String value, int max) {
        return characters(field, value, max, TextKind.NAME);
    }

    /** A name that must be unlike all others of its kind: {@link #name} whose only blanks are plain spaces; not blank. */
    public static String title(String field, String value, int max) {
        if (required(field, value).isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        name(field, value, max);
        int odd = TextKind.firstOddBlank(value);
        if (odd >= 0) {
            throw new ProblemException(field, TextKind.oddBlank(value, odd));
        }
        return value;
    }

    /** Text of at most {@code max} characters that is only shown, see {@link TextKind#TEXT}; null stays null. */
    public static String text(String field, String value, int max) {
        return characters(field, value, max, TextKind.TEXT);
    }

    private static String characters(String field, String value, int max, TextKind kind) {
        if (value == null) {
            return null;
        }
        if (value.length() > max) {
            throw new ProblemException(field, "has " + value.length() + " characters; at most " + max + " are allowed");
        }
        int refused = kind.firstRefused(value);
        if (refused >= 0) {
            throw new ProblemException(field, TextKind.notAllowed(value, refused));
        }
        return value;
    }

    /** A number from {@code min} to {@code max}; neither NaN nor infinite. */
    public static double number(String field, Double value, double min, double max) {
        required(field, value);
        if (!(value >= min && value <= max)) {
            boolean percent = max == 1 && min >= 0 && value > 1 && value <= 100;
            throw new ProblemException(
                    field,
                    "is " + (percent ? plain(value) : shown(value)) + "; must be from " + plain(min) + " to "
                            + plain(max) + (percent ? " (" + plain(value) + " % is " + plain(value / 100) + ")" : ""));
        }
        return value;
    }

    /** A whole number from {@code min} to {@code max}. */
    public static int whole(String field, Integer value, int min, int max) {
        required(field, value);
        if (value < min || value > max) {
            throw new ProblemException(field, "is " + value + "; must be from " + min + " to " + max);
        }
        return value;
    }

    /** A time that the database knows, from the year 1 to 9999. */
    public static Instant storable(String field, OffsetDateTime value) {
        if (value.getYear() < 1 || value.getYear() > YEAR_MAX) {
            throw new ProblemException(field, "is " + value + "; must be from the year 1 to " + YEAR_MAX);
        }
        return value.toInstant();
    }

    /** A time from 2000 to {@link #CLOCK_SKEW_MAX} after {@code now}. */
    public static Instant past(String field, OffsetDateTime value, Instant now) {
        required(field, value);
        Instant at = value.toInstant();
        if (at.isAfter(now.plus(CLOCK_SKEW_MAX))) {
            throw new ProblemException(
                    field, "is " + value + ", more than " + CLOCK_SKEW_MAX.toMinutes() + " minutes in the future");
        }
        if (at.isBefore(EARLIEST)) {
            throw new ProblemException(field, "is " + value + "; must not be before 2000");
        }
        return at;
    }

    /** The launch of a product: from 1900 to a year ahead; null stays null. */
    public static Instant launch(String field, OffsetDateTime value, Instant now) {
        if (value == null) {
            return null;
        }
        Instant at = value.toInstant();
        if (at.isBefore(EARLIEST_LAUNCH) || at.isAfter(now.plus(LAUNCH_AHEAD_MAX))) {
            throw new ProblemException(
                    field,
                    "is " + value + "; must be from 1900 to " + LAUNCH_AHEAD_MAX.toDays() + " days in the future");
        }
        return at;
    }

    /** A time after another one, which {@code what} describes. */
    public static Instant after(String field, OffsetDateTime value, Instant than, String what) {
        required(field, value);
        if (!value.toInstant().isAfter(than)) {
            throw new ProblemException(field, "is " + value + "; must be after " + what);
        }
        return value.toInstant();
    }

    /** A time no further ahead of {@code now} than {@code most}. */
    public static Instant ahead(String field, OffsetDateTime value, Instant now, Duration most) {
        required(field, value);
        if (value.toInstant().isAfter(now.plus(most))) {
            throw new ProblemException(
                    field, "is " + value + "; must be at most " + most.toDays() + " days in the future");
        }
        return value.toInstant();
    }

    /** A list of at most {@code max} elements, none of them null; an absent list is an empty one. */
    public static <T> List<T> list(String field, List<T> value, int max) {
        if (value == null) {
            return List.of();
        }
        if (value.size() > max) {
            throw new ProblemException(field, "has " + value.size() + " elements; at most " + max + " are allowed");
        }
        for (int i = 0; i < value.size(); i++) {
            required(field + "[" + i + "]", value.get(i));
        }
        return value;
    }

    /** A list of at most {@code max} names, each of at most {@code length} characters; an absent list is an empty one. */
    public static List<String> names(String field, List<String> values, int max, int length) {
        List<String> checked = list(field, values, max);
        for (int i = 0; i < checked.size(); i++) {
            name(field + "[" + i + "]", checked.get(i), length);
        }
        return checked;
    }

    public static <T> T required(String field, T value) {
        if (value == null) {
            throw new ProblemException(field, "is required");
        }
        return value;
    }

    private static String plain(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    /** As people write it; a number that nobody would write out keeps its exponent. */
    private static String shown(double value) {
        boolean small = value != 0 && Math.abs(value) < 1 && Math.abs(value) >= WRITTEN_OUT_MIN;
        return small ? plain(value) : Double.toString(value);
    }
}
