package dev.vitrine.merchandising;

import java.util.Locale;

public enum PageType {
    HOME,
    CATEGORY,
    PRODUCT,
    SEARCH,
    CART,
    ORDER_CONFIRMATION;

    /** The kind of page that a placement of this name usually stands on: {@code CART} for {@code cart} and {@code cart-page}. */
    public static PageType of(String placement) {
        for (PageType type : values()) {
            String word = type.name().toLowerCase(Locale.ROOT).replace('_', '-');
            if (placement.equals(word) || placement.equals(word + "-page")) {
                return type;
            }
        }
        return HOME;
    }
}
