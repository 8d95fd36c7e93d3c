package dev.vitrine.merchandising;

/** How much of the shop a campaign turns. */
public enum Mode {
    /** The whole shop turns to the campaign: rules for ordinary days step back, rules for the campaign step in. */
    PROMO,
    /** The campaign runs beside the ordinary policy. */
    QUIET
}
