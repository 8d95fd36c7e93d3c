package dev.vitrine.merchandising;

/** What a candidate is: something to buy, something to read, or several things sold as one. */
public enum Kind {
    PRODUCT,
    ARTICLE,
    BUNDLE
}
