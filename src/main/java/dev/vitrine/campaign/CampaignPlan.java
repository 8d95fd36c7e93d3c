package dev.vitrine.campaign;

import static dev.vitrine.problem.Check.required;

import dev.vitrine.merchandising.Mode;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.MomentText;
import dev.vitrine.problem.Nearest;
import dev.vitrine.problem.ProblemException;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A campaign as a shop sends it. */
@Schema(
        description =
                "A campaign as the shop sends it. Unknown fields are refused. A campaign covers the products that have"
                        + " one of its tags, are in one of its categories or are one of its skus; one that names none of"
                        + " these covers all products.")
public record CampaignPlan(
        @Schema(pattern = "[A-Za-z0-9][A-Za-z0-9_-]{0,127}", description = "Its key; made from the name if absent.")
                String id,
        @Schema(required = true, minLength = 1, maxLength = NAME_MAX, description = "As the shop calls it.")
                String name,
        @Schema(required = true, description = "What it is about.") Theme theme,
        @Schema(
                        defaultValue = "quiet",
                        description =
                                "Whether it changes the whole shop (promo) or runs beside the ordinary policy (quiet).")
                Mode mode,
        @Schema(
                        defaultValue = "0",
                        minimum = "0",
                        maximum = "100",
                        description = "The running campaign with the highest priority leads.")
                Integer priority,
        @Schema(
                        maximum = "1000000000",
                        description = "Cart value from which spend-and-save gives its benefit, above 0: required for"
                                + " that theme, refused for others.")
                Double threshold,
        @Schema(
                        maxLength = BENEFIT_MAX,
                        example = "free shipping",
                        description = "What shoppers get, in words that the storefront can show.")
                String benefit,
        @Schema(maxItems = WORDS_MAX, description = "Each of at most 64 characters.") List<String> tags,
        @Schema(maxItems = WORDS_MAX, description = "Paths, each of at most 200 characters.") List<String> categories,
        @Schema(maxItems = WORDS_MAX, description = "Each of at most 128 characters.") List<String> skus,
        @Schema(
                        required = true,
                        example = "2026-11-27T00:00:00",
                        description = "It runs from this moment on: ISO 8601 with offset, or a local date and time in"
                                + " 'zone'. A local time that a change of clocks skips moves ahead as far as the clocks;"
                                + " a local time that comes twice means the first.")
                String startsAt,
        @Schema(
                        required = true,
                        example = "2026-11-30T23:59:59",
                        description = "It ends at this moment: after 'startsAt', by at most 5 years.")
                String endsAt,
        @Schema(
                        example = "Europe/Berlin",
                        description = "IANA time zone of local times, in which all times are shown; the shop's own"
                                + " (vitrine.decision.zone) if absent.")
                String zone) {
    static final int NAME_MAX = 200;
    static final int BENEFIT_MAX = 200;
    static final int WORDS_MAX = 200;
    private static final int TAG_MAX = 64;
    private static final int CATEGORY_MAX = 200;
    private static final int PRIORITY_MAX = 100;
    private static final int TIME_MAX = 40;
    private static final double THRESHOLD_MAX = 1e9;
    private static final int YEARS_MAX = 5;
    /** Leaves room for a number that makes it unique. */
    private static final int SLUG_MAX = 100;

    /** Safe in an address as it is. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** The id that was given, checked; null if it is made from the name. */
    String givenId() {
        if (id != null && !isId(id)) {
            throw new ProblemException(
                    "id",
                    "must be 1 to " + Check.KEY_MAX
                            + " letters a to z, digits, '-' and '_', and must begin with a letter or digit");
        }
        return id;
    }

    /** {@code winter-sale} for "Winter Sale!"; {@code campaign} if nothing is left of the name. */
    String slug() {
        String plain = Normalizer.normalize(checkedName().replace("ß", "ss"), Normalizer.Form.NFKD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
        String cut = plain.substring(0, Math.min(SLUG_MAX, plain.length())).replaceAll("^-|-$", "");
        return cut.isEmpty() ? "campaign" : cut;
    }

    /** @throws ProblemException naming the field that is wrong */
    PlannedCampaign campaign(String id, ZoneId shopZone) {
        String checkedName = checkedName();
        required("theme", theme);
        ZoneId checkedZone = zone(shopZone);
        Instant starts = MomentText.read("startsAt", startsAt, checkedZone);
        Instant ends = MomentText.read("endsAt", endsAt, checkedZone);
        if (!ends.isAfter(starts)) {
            throw new ProblemException(
                    "endsAt",
                    "is " + PlannedCampaign.local(ends, checkedZone) + "; must be after startsAt, which is "
                            + PlannedCampaign.local(starts, checkedZone));
        }
        if (ends.isAfter(starts.atZone(checkedZone).plusYears(YEARS_MAX).toInstant())) {
            throw new ProblemException("endsAt", "is more than " + YEARS_MAX + " years after startsAt");
        }
        return new PlannedCampaign(
                id,
                checkedName,
                theme,
                mode == null ? Mode.QUIET : mode,
                priority == null ? 0 : Check.whole("priority", priority, 0, PRIORITY_MAX),
                checkedThreshold(),
                names("tags", tags, TAG_MAX),
                names("categories", categories, CATEGORY_MAX),
                names("skus", skus, Check.KEY_MAX),
                starts,
                ends,
                checkedZone,
                null,
                null,
                benefit == null
                        ? ""
                        : Check.text("benefit", benefit, BENEFIT_MAX).strip());
    }

    /** Whether it is nothing but the id of a campaign that is planned. */
    boolean namesOnly() {
        return id != null
                && Stream.of(
                                name,
                                theme,
                                mode,
                                priority,
                                threshold,
                                benefit,
                                tags,
                                categories,
                                skus,
                                startsAt,
                                endsAt,
                                zone)
                        .allMatch(Objects::isNull);
    }

    /** The campaign as it is tried at a moment: without dates of its own, it runs then, for a day. */
    PlannedCampaign tried(Instant at, ZoneId shopZone) {
        String begin = startsAt == null ? at.toString() : startsAt;
        String end = endsAt == null ? at.plus(Duration.ofDays(1)).toString() : endsAt;
        CampaignPlan dated = new CampaignPlan(
                id, name, theme, mode, priority, threshold, benefit, tags, categories, skus, begin, end, zone);
        return dated.campaign(id == null ? slug() : givenId(), shopZone);
    }

    private String checkedName() {
        return Check.title("name", name, NAME_MAX).strip();
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

    private static Set<String> names(String field, List<String> given, int max) {
        Set<String> distinct = new HashSet<>();
        List<String> all = Check.list(field, given, WORDS_MAX);
        for (int i = 0; i < all.size(); i++) {
            distinct.add(notBlank(field + "[" + i + "]", all.get(i), max));
        }
        return distinct;
    }

    private static String notBlank(String field, String value, int max) {
        if (required(field, value).isBlank()) {
            throw new ProblemException(field, "must not be blank");
        }
        return Check.name(field, value, max);
    }

    private ZoneId zone(ZoneId shopZone) {
        if (zone == null) {
            return shopZone;
        }
        Check.name("zone", zone, TIME_MAX);
        Set<String> known = ZoneId.getAvailableZoneIds();
        if (!known.contains(zone)) {
            throw new ProblemException(
                    "zone",
                    "'" + zone + "' is not an IANA time zone such as Europe/Berlin" + Nearest.hint(zone, known));
        }
        return ZoneId.of(zone);
    }
}
