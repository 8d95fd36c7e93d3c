package dev.vitrine.merchandising;

/** What a campaign is about. */
public enum Theme {
    SPEND_AND_SAVE,
    BUNDLES,
    CLEARANCE,
    BRAND,
    SEASON
}
