package dev.vitrine.visit;

import com.fasterxml.jackson.annotation.JsonProperty;

public enum EventType {
    @JsonProperty("view")
    VIEW,
    @JsonProperty("category")
    CATEGORY,
    @JsonProperty("search")
    SEARCH,
    /** Opened a product's specification or data sheet. */
    @JsonProperty("spec-view")
    SPEC_VIEW,
    @JsonProperty("compare")
    COMPARE,
    @JsonProperty("add-to-cart")
    ADD_TO_CART,
    @JsonProperty("remove-from-cart")
    REMOVE_FROM_CART,
    @JsonProperty("purchase")
    PURCHASE,
    @JsonProperty("coupon")
    COUPON,
    /** Was shown an item of a decision. */
    @JsonProperty("impression")
    IMPRESSION,
    /** Clicked an item of a decision. */
    @JsonProperty("click")
    CLICK,
    /** The visit is one for a gift, as a decision reads it or the shop knows. The visitor did nothing. */
    @JsonProperty("gift")
    GIFT;

    public boolean ofProduct() {
        return this != CATEGORY && this != SEARCH && this != COUPON && this != GIFT;
    }
}
