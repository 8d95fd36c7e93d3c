package dev.vitrine.campaign;

import static dev.vitrine.problem.Check.required;
import static dev.vitrine.problem.Check.text;

import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import java.text.Normalizer;
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
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A campaign as a shop sends it; the limits are our choice. */
@Schema(
        description =
                "A campaign as the shop sends it. Unknown fields are refused. One that names no tags, categories or"
                        + " skus covers everything; else it covers what has one of the tags, or lies within one of the"
                        + " categories, or is one of the skus.")
record CampaignPlan(
        @Schema(pattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,127}", description = "Its key, made from the name where absent.")
                String id,
        @Schema(required = true, minLength = 1, maxLength = NAME_MAX, description = "As the shop calls it.")
                String name,
        @Schema(required = true, description = "What it is about.") Theme theme,
        @Schema(
                        defaultValue = "quiet",
                        description = "Whether it turns the whole shop (promo), or runs beside the ordinary policy.")
                Mode mode,
        @Schema(
                        defaultValue = "0",
                        minimum = "0",
                        maximum = "100",
                        description = "The higher, the more it counts; the highest of those that run leads.")
                Integer priority,
        @Schema(
                        maximum = "1000000000",
                        description = "Cart value from which spend-and-save gives its benefit, above 0: required for"
                                + " that theme, refused for others.")
                Double threshold,
        @Schema(maxItems = WORDS_MAX, description = "Each of at most 64 characters.") List<String> tags,
        @Schema(maxItems = WORDS_MAX, description = "Paths, each of at most 200 characters.") List<String> categories,
        @Schema(maxItems = WORDS_MAX, description = "Each of at most 128 characters.") List<String> skus,
        @Schema(
                        required = true,
                        example = "2026-11-27T00:00:00",
                        description = "Runs from this moment on: ISO 8601 with offset, or a local date and time in"
                                + " 'zone'. A local time that a change of clocks skips moves ahead by as much as the"
                                + " clocks do; of one that comes twice the first is meant.")
                String startsAt,
        @Schema(
                        required = true,
                        example = "2026-11-30T23:59:59",
                        description = "Runs no more from this moment on; after 'startsAt', at most 5 years.")
                String endsAt,
        @Schema(
                        example = "Europe/Berlin",
                        description = "IANA time zone of local times, in which all times are shown; the shop's own"
                                + " (vitrine.decision.zone) where absent.")
                String zone) {
    static final int NAME_MAX = 200;
    static final int WORDS_MAX = 200;
    private static final int TAG_MAX = 64;
    private static final int CATEGORY_MAX = 200;
    private static final int PRIORITY_MAX = 100;
    private static final int TIME_MAX = 40;
    private static final double THRESHOLD_MAX = 1e9;
    private static final int YEARS_MAX = 5;
    private static final int YEAR_FIRST = 2000;
    private static final int YEAR_LAST = 2100;
    /** Leaves room for a number that makes it unique. */
    private static final int SLUG_MAX = 100;

    /** Safe in an address as it is. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT)
            .withChronology(IsoChronology.INSTANCE);

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id that was given, checked; null where it is to be made. */
    String givenId() {
        if (id != null && !isId(id)) {
            throw new ProblemException(
                    "id",
                    "must be 1 to " + Check.KEY_MAX
                            + " letters a to z, digits, '-' and '_', not beginning with one of these two");
        }
        return id;
    }

    /** {@code winter-sale} for "Winter Sale!"; {@code campaign} where nothing is left of the name. */
    String slug() {
        String plain = Normalizer.normalize(checkedName().replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(SLUG_MAX, plain.length())).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "campaign" : cut;
    }

    /**
     * The campaign that this describes, under this id.
     *
     * @throws ProblemException naming the field that cannot be taken
     */
    PlannedCampaign campaign(String id, ZoneId shopZone) {
        String called = checkedName();
        required("theme", theme);
        ZoneId there = zone(shopZone);
        Instant starts = moment("startsAt", startsAt, there);
        Instant ends = moment("endsAt", endsAt, there);
        if (!ends.isAfter(starts)) {
            throw new ProblemException("endsAt", "is " + ends + "; must be after startsAt, which is " + starts);
        }
        if (ends.isAfter(starts.atZone(there).plusYears(YEARS_MAX).toInstant())) {
            throw new ProblemException("endsAt", "is more than " + YEARS_MAX + " years after startsAt");
        }
        return new PlannedCampaign(
                id,
                called,
                theme,
                mode == null ? Mode.QUIET : mode,
                priority == null ? 0 : Check.whole("priority", priority, 0, PRIORITY_MAX),
                checkedThreshold(),
                words("tags", tags, TAG_MAX),
                words("categories", categories, CATEGORY_MAX),
                words("skus", skus, Check.KEY_MAX),
                starts,
                ends,
                there,
                null,
                null);
    }

    private String checkedName() {
        return worded("name", name, NAME_MAX).strip();
    }

    private double checkedThreshold() {
        if (theme != Theme.SPEND_AND_SAVE) {
            if (threshold != null) {
                throw new ProblemException("threshold", "must be absent: only a spend-and-save campaign has one");
            }
            return 0;
        }
        if (Check.number("threshold", threshold, 0, THRESHOLD_MAX) == 0) {
            throw new ProblemException("threshold", "is 0; must be above 0");
        }
        return threshold;
    }

    private static Set<String> words(String field, List<String> given, int max) {
        Set<String> distinct = new HashSet<>();
        List<String> all = Check.list(field, given, WORDS_MAX);
        for (int i = 0; i < all.size(); i++) {
            distinct.add(worded(field + "[" + i + "]", all.get(i), max));
        }
        return distinct;
    }

    private static String worded(String field, String value, int max) {
        if (required(field, value).isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        return text(field, value, max);
    }

    private ZoneId zone(ZoneId shopZone) {
        if (zone == null) {
            return shopZone;
        }
        text("zone", zone, TIME_MAX);
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(zone)) {
            throw new ProblemException(
                    "zone",
                    "'" + zone + "' is not an IANA time zone such as Europe/Berlin" + Nearest.hint(zone, known));
        }
        return ZoneId.of(zone);
    }

    private static Instant moment(String field, String value, ZoneId zone) {
        text(field, required(field, value), TIME_MAX);
        try {
            TemporalAccessor read = TIME.parseBest(value, OffsetDateTime::from, LocalDateTime::from);
            int year = read.get(java.time.temporal.ChronoField.YEAR);
            if (year < YEAR_FIRST || year > YEAR_LAST) {
                throw new ProblemException(
                        field, "is in " + year + "; must be from " + YEAR_FIRST + " to " + YEAR_LAST);
            }
            Instant at = read instanceof OffsetDateTime exact
                    ? exact.toInstant()
                    // in a gap java.time moves ahead by its length, in an overlap it takes the earlier offset
                    : ((LocalDateTime) read).atZone(zone).toInstant();
            // what the database keeps, so that a restart changes nothing
            return at.truncatedTo(ChronoUnit.MICROS);
        } catch (DateTimeException e) {
            throw new ProblemException(
                    field,
                    "'" + value
                            + "' is not a time as ISO 8601 has it, with offset such as 2026-11-27T00:00:00+01:00, or"
                            + " local such as 2026-11-27T00:00:00");
        }
    }
}
