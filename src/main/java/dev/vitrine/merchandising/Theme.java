package dev.vitrine.merchandising;

public enum Theme {
    SPEND_AND_SAVE,
    BUNDLES,
    CLEARANCE,
    BRAND,
    SEASON
}
