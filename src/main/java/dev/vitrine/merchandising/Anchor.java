package dev.vitrine.merchandising;

/** What a candidate is seen beside: the page's product, the products in the cart, or those of the last order. */
public enum Anchor {
    PAGE,
    CART,
    LAST_ORDER
}
