package dev.vitrine.rulebook.language;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What is wrong with the day of a rule, and which day was meant. */
public final class DayDiagnosis {
    private static final Pattern WITH_TIME = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[T ]?(\\d{1,2}):\\d\\d.*");

    /** How days are written elsewhere. A date of strokes can be of two days, so it is only read where one of them is none. */
    private static final List<DateTimeFormatter> OTHERS = Stream.of(
                    "uuuu-MM-dd", "d.M.uuuu", "uuuu/M/d", "uuuu.M.d", "d-MMM-uuuu", "d MMM uuuu", "uuuuMMdd")
            .map(DayDiagnosis::pattern)
            .toList();

    private static final List<DateTimeFormatter> STROKES =
            Stream.of("d/M/uuuu", "M/d/uuuu").map(DayDiagnosis::pattern).toList();

    private DayDiagnosis() {}

    private static DateTimeFormatter pattern(String pattern) {
        return new DateTimeFormatterBuilder()
                .parseCaseInsensitive()
                .appendPattern(pattern)
                .toFormatter(Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT);
    }

    record Found(String message, String cure) {}

    /** @param attribute {@code date-effective} or {@code date-expires} */
    static Found of(String attribute, String written) {
        Matcher time = WITH_TIME.matcher(written);
        if (time.matches()) {
            return new Found(
                    attribute + " is a day, without a time.",
                    "Write: " + attribute + " \"" + time.group(1)
                            + "\". For hours, add a condition such as: Shop( hour >= "
                            + time.group(2).replaceFirst("^0(?=\\d)", "") + " )");
        }
        Optional<String> meant = meant(written);
        if (meant.isEmpty() && written.matches("\\d{4}-\\d{1,2}-\\d{1,2}")) {
            return new Found(
                    attribute + " is a day that no calendar has.",
                    "Write a year, a month and a day, as in \"2026-11-25\".");
        }
        return new Found(
                attribute + " is not a date.",
                meant.map(day -> "Write: " + attribute + " \"" + day + "\"")
                        .orElse("Write a year, a month and a day, as in \"2026-11-25\"."));
    }

    /** The day as rules write it, empty if it cannot be told. */
    public static Optional<String> meant(String written) {
        List<LocalDate> strokes = STROKES.stream()
                .flatMap(format -> day(written, format).stream())
                .distinct()
                .toList();
        return OTHERS.stream()
                .flatMap(format -> day(written, format).stream())
                .findFirst()
                .or(() -> strokes.size() == 1 ? Optional.of(strokes.get(0)) : Optional.empty())
                .map(LocalDate::toString);
    }

    private static Optional<LocalDate> day(String written, DateTimeFormatter format) {
        try {
            return Optional.of(LocalDate.parse(written, format));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
