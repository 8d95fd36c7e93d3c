package dev.vitrine.merchandising;

public enum PageType {
    HOME,
    CATEGORY,
    PRODUCT,
    SEARCH,
    CART,
    ORDER_CONFIRMATION
}
