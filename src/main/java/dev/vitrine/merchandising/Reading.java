package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/** What a rule reads the visit as; other rules can match it. The confidence is above 0 and at most 1. */
public record Reading(Mood mood, String category, double confidence, String evidence) {
    public static final Mood COMPARING = Mood.COMPARING;
    public static final Mood DECIDED = Mood.DECIDED;
    public static final Mood BROWSING = Mood.BROWSING;
    public static final Mood LEAVING = Mood.LEAVING;
    public static final Mood GIFT = Mood.GIFT;
    public static final Mood KIT = Mood.KIT;
    public static final Mood CHOOSING_VARIANT = Mood.CHOOSING_VARIANT;
    public static final Mood REPLENISHING = Mood.REPLENISHING;
    public static final Mood SAVING = Mood.SAVING;
    public static final Mood NEWCOMER = Mood.NEWCOMER;
    public static final Mood REGULAR = Mood.REGULAR;
    public static final Mood JUST_BOUGHT = Mood.JUST_BOUGHT;

    public Reading {
        if (mood == null) {
            throw new IllegalArgumentException("a reading needs a mood");
        }
        if (!(confidence > 0 && confidence <= 1)) {
            throw new IllegalArgumentException("a confidence is above 0 and at most 1, not " + confidence);
        }
        category = requireNonNullElse(category, "");
        evidence = requireNonNullElse(evidence, "");
    }
}
