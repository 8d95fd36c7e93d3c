package dev.vitrine.merchandising;

/** How far a campaign changes the shop. */
public enum Mode {
    /** The whole shop turns to the campaign: rules for the campaign replace rules for ordinary days. */
    PROMO,
    /** The campaign runs beside the ordinary policy. */
    QUIET
}
