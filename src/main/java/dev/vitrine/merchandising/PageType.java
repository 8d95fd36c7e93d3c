package dev.vitrine.merchandising;

/** The kind of page on which the shelf stands. */
public enum PageType {
    HOME,
    CATEGORY,
    PRODUCT,
    SEARCH,
    CART,
    ORDER_CONFIRMATION
}
