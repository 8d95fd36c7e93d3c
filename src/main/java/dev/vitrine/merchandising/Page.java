package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The page that the shopper looks at. On a product page, the fields from {@code sku} on describe its product (the focus).
 *
 * @param type the kind of page
 * @param sku the focus product, "" where there is none
 * @param category path of the page's category, or of the focus product's; "" where there is none
 * @param family the focus product's family, "" where there is none
 * @param brand the focus product's brand, "" where there is none
 * @param price the focus product's price in the shop's currency, 0 where there is none
 */
public record Page(PageType type, String sku, String category, String family, String brand, double price) {
    public static final PageType HOME = PageType.HOME;
    public static final PageType CATEGORY = PageType.CATEGORY;
    public static final PageType PRODUCT = PageType.PRODUCT;
    public static final PageType SEARCH = PageType.SEARCH;
    public static final PageType CART = PageType.CART;
    public static final PageType ORDER_CONFIRMATION = PageType.ORDER_CONFIRMATION;

    public Page {
        type = requireNonNullElse(type, PageType.HOME);
        sku = requireNonNullElse(sku, "");
        category = requireNonNullElse(category, "");
        family = requireNonNullElse(family, "");
        brand = requireNonNullElse(brand, "");
    }
}
