package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNull;

/**
 * A set of candidates that a share of the shelf is promised to, or limited to.
 *
 * @param by what decides who belongs to it
 * @param value the tag, category path or brand; the number of days or the margin as text
 */
public record Group(By by, String value) {
    /** What decides who belongs to a group. */
    public enum By {
        TAG,
        CATEGORY,
        BRAND,
        NEWER_THAN_DAYS,
        MARGIN_FROM
    }

    public Group {
        requireNonNull(by);
        requireNonNull(value);
        if (value.isBlank()) {
            throw new IllegalArgumentException("a group needs a value");
        }
    }

    /** Whether the candidate belongs to the group. */
    public boolean holds(Candidate candidate) {
        return switch (by) {
            case TAG -> candidate.tagged(value);
            case CATEGORY -> candidate.within(value);
            case BRAND -> candidate.brand().equals(value);
            case NEWER_THAN_DAYS -> candidate.daysSinceLaunch() < Integer.parseInt(value);
            case MARGIN_FROM -> candidate.margin() >= Double.parseDouble(value);
        };
    }

    @Override
    public String toString() {
        return switch (by) {
            case TAG -> value;
            case CATEGORY -> "category " + value;
            case BRAND -> "brand " + value;
            case NEWER_THAN_DAYS -> "newer than " + value + " days";
            case MARGIN_FROM -> "margin from " + value;
        };
    }
}
