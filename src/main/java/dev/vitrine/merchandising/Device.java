package dev.vitrine.merchandising;

/** What the shopper holds in the hand, as the storefront says it. */
public enum Device {
    MOBILE,
    TABLET,
    DESKTOP,
    UNKNOWN
}
