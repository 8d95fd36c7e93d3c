package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The page that the shopper looks at. Fields from {@code sku} on describe its product (the focus), "" or 0 where there is
 * none; the price is in the shop's currency. {@code category} is the path of the page's category, or of the focus product's.
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

    /** Whether its category is this one or below it. */
    public boolean within(String path) {
        return Categories.within(category, path);
    }

    /** What lies beside its category: {@code sport/yoga} of {@code sport/yoga/mats}; a category of two parts or one itself. */
    public String neighbourhood() {
        int last = category.lastIndexOf('/');
        return category.indexOf('/') < last ? category.substring(0, last) : category;
    }
}
