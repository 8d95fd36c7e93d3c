package dev.vitrine.merchandising;

/** The kind of page that the shelf is on. */
public enum PageType {
    HOME,
    CATEGORY,
    PRODUCT,
    SEARCH,
    CART,
    ORDER_CONFIRMATION
}
